import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import { WORKSPACE_COMMANDS } from '../../core/catalog/commandNames.ts';
import { DATA_FILE } from '../contributions/views.ts';

export interface Folder {
  readonly name: string;
  readonly path: string;
}

/** The folders of the window, and whether they are trusted. The first one holds the panel's data. */
export class WorkspaceFolders implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<void>());
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#changed.fire()));
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
  }

  get all(): readonly Folder[] {
    return (vscode.workspace.workspaceFolders ?? [])
      .filter(folder => folder.uri.scheme === 'file')
      .map(folder => ({ name: folder.name, path: folder.uri.fsPath }));
  }

  get first(): Folder | undefined {
    return this.all[0];
  }

  get isTrusted(): boolean {
    return vscode.workspace.isTrusted;
  }

  /** Whether the panel was used here before. */
  get hasData(): boolean {
    return this.first !== undefined && existsSync(path.join(this.first.path, DATA_FILE));
  }

  /** Whether a folder brings commands of its own. */
  get hasCommands(): boolean {
    return this.all.some(folder => existsSync(path.join(folder.path, WORKSPACE_COMMANDS)));
  }

  /** The folder's path when it is one of the window's; nothing otherwise. */
  known(folder: string): string | undefined {
    return this.all.find(other => other.path === folder)?.path;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
