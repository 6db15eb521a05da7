import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { toFailure } from '../../base/panelError.ts';
import { VIEW_SCHEME } from '../contributions/views.ts';
import { type DocumentSource, readViewPath, viewAddress } from './documentUris.ts';

/** Documents that can only be read. Their text is made when VS Code asks for it, also after a reload. */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #text: (source: DocumentSource) => Promise<string>;

  readonly onDidChange = this.#changed.event;

  constructor(text: (source: DocumentSource) => Promise<string>) {
    this.#text = text;
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(VIEW_SCHEME, this));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const source = readViewPath(uri.path);
    if (source === undefined) {
      return '';
    }
    try {
      return await this.#text(source);
    } catch (error) {
      const { message, detail, remedy } = toFailure(error);
      return [message, detail, remedy].filter(part => part !== undefined).join('\n');
    }
  }

  /** Makes the text anew where it is open. */
  refresh(uri: vscode.Uri): void {
    this.#changed.fire(uri);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

export function viewUri(source: DocumentSource, fileName: string): vscode.Uri {
  return vscode.Uri.from(viewAddress(source, fileName));
}
