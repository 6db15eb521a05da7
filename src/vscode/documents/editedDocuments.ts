import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { EDIT_SCHEME } from '../contributions/views.ts';
import type { OpenedProposal } from './documentTexts.ts';
import { editAddress, readEditPath } from './documentUris.ts';

interface Edited {
  readonly proposal: OpenedProposal;
  content: Uint8Array;
  changed: number;
}

/**
 * Proposals that a person edits: files in memory, so that VS Code's editor can be used and saving them answers nothing.
 * A proposal is kept while it is open.
 */
export class EditedDocuments implements vscode.FileSystemProvider, Disposable {
  readonly #owned = new DisposableStore();
  readonly #files = new Map<string, Edited>();
  readonly #events = this.#owned.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly #open: (approvalId: string) => Promise<OpenedProposal>;

  readonly onDidChangeFile = this.#events.event;

  constructor(open: (approvalId: string) => Promise<OpenedProposal>) {
    this.#open = open;
    this.#owned.add(vscode.workspace.registerFileSystemProvider(EDIT_SCHEME, this, { isCaseSensitive: true }));
    this.#owned.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === EDIT_SCHEME) {
          this.#files.delete(uri.path);
        }
      }),
    );
  }

  /** What was proposed, and the file as it was when this document was opened. */
  async proposal(uri: vscode.Uri): Promise<OpenedProposal> {
    return (await this.#find(uri)).proposal;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { content, changed } = await this.#find(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: changed, size: content.byteLength };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#find(uri)).content;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const file = await this.#find(uri);
    file.content = content;
    file.changed = Date.now();
    this.#events.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#files.clear();
    this.#owned.dispose();
  }

  async #find(uri: vscode.Uri): Promise<Edited> {
    const known = this.#files.get(uri.path);
    if (known !== undefined) {
      return known;
    }
    const approvalId = readEditPath(uri.path);
    if (approvalId === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    try {
      const proposal = await this.#open(approvalId);
      const made: Edited = { proposal, content: new TextEncoder().encode(proposal.text), changed: Date.now() };
      // Two looks at the same document may have been under way at once; the first one counts.
      const file = this.#files.get(uri.path) ?? made;
      this.#files.set(uri.path, file);
      return file;
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  }
}

export function editUri(approvalId: string, fileName: string): vscode.Uri {
  return vscode.Uri.from(editAddress(approvalId, fileName));
}
