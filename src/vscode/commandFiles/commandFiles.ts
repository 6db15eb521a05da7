import path from 'node:path';
import * as vscode from 'vscode';
import { ACTION_NAMES } from '../../app/actions/actionNames.ts';
import { checkCommandText } from '../../app/commandCheck.ts';
import { type CommandPlaces, commandSources } from '../../app/commandSources.ts';
import { FolderWatch } from '../../app/folderWatch.ts';
import { systemClock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { resolveCatalog } from '../../core/catalog/catalog.ts';
import type { CommandFault } from '../../core/catalog/catalogFaults.ts';
import { type CommandEntry, readCommandFolder } from '../../core/catalog/commandFolder.ts';
import type { CommandKnowledge } from './commandCompletion.ts';
import { faultDiagnostic } from './faultDiagnostic.ts';

interface Parts {
  /** Those of each folder of the workspace. */
  readonly places: () => readonly CommandPlaces[];
  readonly log: (text: string) => void;
}

/** How long a person must pause in typing before the text is checked. */
const PAUSE_MS = 200;

/** Says in the Problems panel what is wrong with files of commands, as they are saved and as they are typed. */
export class CommandFiles implements Disposable {
  readonly #parts: Parts;
  readonly #owned = new DisposableStore();
  readonly #shown = this.#owned.add(vscode.languages.createDiagnosticCollection('claude-panel-commands'));
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #watchers = this.#owned.add(new DisposableStore());
  #entries: readonly CommandEntry[] = [];
  #reading: Promise<void> | undefined;
  #isStale = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#owned.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#typed(document)));
    this.#owned.add(vscode.workspace.onDidCloseTextDocument(() => this.refresh()));
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#watch()));
    this.#watch();
  }

  get names(): Omit<CommandKnowledge, 'schema'> {
    const names = this.#entries.map(({ namespace, name }) => `${namespace}:${name}`);
    const bare = this.#entries.map(({ name }) => name);
    return { commands: [...new Set([...bare, ...names])], actions: ACTION_NAMES };
  }

  /** Reads all files once more; what comes in the meantime is read after it. */
  refresh(): void {
    this.#isStale = true;
    this.#reading ??= this.#read()
      .catch((error: unknown) => this.#parts.log(`The files of commands could not be checked: ${String(error)}`))
      .finally(() => {
        this.#reading = undefined;
      });
  }

  /** Whether a document is a command's file, of a workspace or the user's. */
  owns(document: Pick<vscode.TextDocument, 'uri'>): boolean {
    return this.#namespaceOf(document) !== undefined;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) {
      clearTimeout(timer);
    }
    this.#owned.dispose();
  }

  async #read(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const faults = new Map<string, CommandFault[]>();
      const entries: CommandEntry[] = [];
      for (const places of this.#parts.places()) {
        const contents = await Promise.all(commandSources(places).map(readCommandFolder));
        entries.push(...contents.flatMap(content => content.entries));
        for (const fault of resolveCatalog(contents, ACTION_NAMES).faults) {
          const known = faults.get(fault.place.file) ?? [];
          // Several folders share the user's commands.
          if (!known.some(other => other.message === fault.message && other.place.line === fault.place.line)) {
            faults.set(fault.place.file, [...known, fault]);
          }
        }
      }
      this.#entries = entries;
      this.#show(faults);
    }
  }

  #show(faults: ReadonlyMap<string, readonly CommandFault[]>): void {
    const typed = vscode.workspace.textDocuments.filter(document => document.isDirty && this.owns(document));
    this.#shown.clear();
    for (const [file, found] of faults) {
      this.#shown.set(vscode.Uri.file(file), found.map(faultDiagnostic));
    }
    for (const document of typed) {
      void this.#check(document);
    }
  }

  #typed(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (!this.owns(document)) {
      return;
    }
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        void this.#check(document);
      }, PAUSE_MS),
    );
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const namespace = this.#namespaceOf(document);
    if (namespace !== undefined && !document.isClosed) {
      const file = document.uri.fsPath;
      const { version } = document;
      const faults = await checkCommandText({ text: document.getText(), file, namespace }, this.#entries);
      // Typed or closed in the meantime: it is checked again.
      if (document.version === version && !document.isClosed && !this.#owned.isDisposed) {
        this.#shown.set(document.uri, faults.map(faultDiagnostic));
      }
    }
  }

  #namespaceOf({ uri }: Pick<vscode.TextDocument, 'uri'>): 'project' | 'user' | undefined {
    if (uri.scheme !== 'file' || !/\.ya?ml$/i.test(uri.fsPath)) {
      return undefined;
    }
    const folder = path.dirname(uri.fsPath);
    const sources = this.#parts.places().flatMap(commandSources);
    const source = sources.find(one => path.join(one.root, one.folder) === folder);
    return source?.namespace === 'global' ? undefined : source?.namespace;
  }

  #watch(): void {
    this.#owned.delete(this.#watchers);
    this.#watchers = this.#owned.add(new DisposableStore());
    const onChange = (): void => this.refresh();
    for (const { root, folder } of this.#parts.places().flatMap(commandSources)) {
      this.#watchers.add(new FolderWatch({ root, folder, clock: systemClock, onChange }));
    }
    this.refresh();
  }
}
