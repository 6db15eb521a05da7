import path from 'node:path';
import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { VIEW_SCHEME } from '../contributions/views.ts';
import {
  type DocumentSource,
  readViewAddress,
  type SnapshotSource,
  snapshotAddress,
  viewAddress,
} from './documentUris.ts';

/** Documents that can only be read. Their text is made when VS Code asks for it, also after a reload. */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #owned = new DisposableStore();
  readonly #text: (source: DocumentSource) => Promise<string>;

  constructor(text: (source: DocumentSource) => Promise<string>) {
    this.#text = text;
    this.#owned.add(vscode.workspace.registerTextDocumentContentProvider(VIEW_SCHEME, this));
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const source = readViewAddress(uri);
    return source === undefined ? '' : this.#text(source);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

export function viewUri(source: Exclude<DocumentSource, SnapshotSource>, fileName: string): vscode.Uri {
  return vscode.Uri.from(viewAddress(source, fileName));
}

/** A file as it is in a snapshot. */
export function snapshotUri(root: string, relative: string, blob: string): vscode.Uri {
  const { path: filePath } = vscode.Uri.file(path.join(root, relative));
  return vscode.Uri.from(snapshotAddress({ kind: 'snapshot', root, blob }, filePath));
}
