import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { VIEW_SCHEME } from '../contributions/views.ts';
import { type DocumentSource, readViewPath, viewAddress } from './documentUris.ts';

/** Documents that can only be read. Their text is made when VS Code asks for it, also after a reload. */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #owned = new DisposableStore();
  readonly #text: (source: DocumentSource) => Promise<string>;

  constructor(text: (source: DocumentSource) => Promise<string>) {
    this.#text = text;
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(VIEW_SCHEME, this));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const source = readViewPath(uri.path);
    return source === undefined ? '' : this.#text(source);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

export function viewUri(source: DocumentSource, fileName: string): vscode.Uri {
  return vscode.Uri.from(viewAddress(source, fileName));
}
