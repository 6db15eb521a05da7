import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/event.ts';
import { type BrokenCommand, type Catalog, findCommand, type ListedCommand } from '../core/catalog/catalog.ts';
import type { CommandFault } from '../core/catalog/catalogFaults.ts';
import { readClaudeOwnCommands } from '../core/catalog/claudeOwnCommands.ts';
import type { CatalogCommand, ClaudeOwnCommand, CommandNamespace } from '../core/catalog/command.ts';
import { WORKSPACE_COMMANDS } from '../core/catalog/commandNames.ts';
import type { GrantStore } from '../core/security/grantStore.ts';
import { commandContent } from './commandContent.ts';
import { readCommands } from './commandSources.ts';
import type { ShownContent } from './contentApproval.ts';
import type { ContentQuestions } from './contentQuestions.ts';
import { folderOf } from './folderOf.ts';
import { FolderWatch } from './folderWatch.ts';

interface Parts {
  readonly folder: string;
  /** All folders of the workspace: each has commands of its own. */
  readonly folders: () => readonly string[];
  /** Where the built-in ones are: a folder with a folder `commands`. */
  readonly builtIn: string;
  /** Where the user's are: a folder with a folder `commands`. */
  readonly home: string;
  /** Where Claude Code keeps what is the user's. */
  readonly claudeConfig: string;
  readonly grants: GrantStore;
  readonly questions: ContentQuestions;
  readonly clock: Clock;
}

export interface CommandListing {
  readonly commands: readonly CatalogCommand[];
  readonly broken: readonly BrokenCommand[];
  /** All that is wrong with files of commands, those of broken ones included. */
  readonly faults: readonly CommandFault[];
  /** What Claude Code itself offers. */
  readonly claude: readonly ClaudeOwnCommand[];
}

export interface FoundCommand {
  readonly command: CatalogCommand;
  /** What a person has to approve first: its own file, and those of the workspace's commands that it runs. */
  readonly unapproved?: ShownContent;
}

/** What others use of it. */
export type CommandService = Pick<CommandCatalog, 'onDidChange' | 'list' | 'problems' | 'find' | 'requestApproval'>;

/** The commands of the panel, as their files are at the moment. */
export class CommandCatalog implements Disposable {
  readonly #parts: Parts;
  readonly #changes = new Emitter<void>();
  readonly #watches = new DisposableStore();
  #isWatching = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Fires when files of commands may have changed. Nothing is watched before somebody listens. */
  readonly onDidChange: Event<void> = listener => {
    const subscription = this.#changes.event(listener);
    this.#watch();
    return subscription;
  };

  /** Reads everything anew. Never throws: what is wrong stands in the result. `cwd` is where they would run. */
  async list(cwd = this.#parts.folder): Promise<CommandListing> {
    const folder = this.#workspaceOf(cwd);
    const [catalog, claude] = await Promise.all([
      this.#read(folder),
      readClaudeOwnCommands(folder, this.#parts.claudeConfig),
    ]);
    return { ...catalog, commands: catalog.commands.map(({ command }) => command), claude };
  }

  async problems(cwd?: string): Promise<readonly CommandFault[]> {
    return (await this.list(cwd)).faults;
  }

  /**
   * The command that a name reaches now.
   *
   * @param options.from where the name is written: `global` reaches only what is built in
   * @throws CatalogError `unknownCommand` or `brokenCommand`
   */
  async find(
    reference: string,
    options: { readonly cwd?: string; readonly from?: CommandNamespace } = {},
  ): Promise<FoundCommand> {
    const folder = this.#workspaceOf(options.cwd ?? this.#parts.folder);
    const catalog = await this.#read(folder);
    const found = findCommand(catalog, reference, options.from);
    const unapproved = this.#unapproved(found, catalog, folder);
    return { command: found.command, ...(unapproved === undefined ? {} : { unapproved }) };
  }

  /** The id of the approval that a person has to answer before the command runs; nothing when all of it is approved. */
  requestApproval({ command, unapproved }: FoundCommand): string | undefined {
    return unapproved === undefined
      ? undefined
      : this.#parts.questions.ask({
          content: unapproved,
          taskTitle: `Command "${command.title}"`,
          why: 'The command comes with the files of this workspace. You are asked once for exactly this content, and again when it changes.',
          blocks: `The command "${command.name}" waits for it.`,
        });
  }

  dispose(): void {
    this.#watches.dispose();
    this.#changes.dispose();
  }

  #read(folder: string): Promise<Catalog> {
    const { home, builtIn } = this.#parts;
    return readCommands({ folder, home, builtIn });
  }

  #workspaceOf(cwd: string): string {
    return folderOf(cwd, this.#parts.folders()) ?? this.#parts.folder;
  }

  #unapproved(found: ListedCommand, catalog: Catalog, folder: string): ShownContent | undefined {
    const { grants, clock } = this.#parts;
    const needed = withUsed(found, catalog).filter(({ command }) => command.namespace === 'project');
    const [first, ...others] = needed.filter(({ command }) => !grants.isGranted(command.fingerprint));
    if (first === undefined) {
      return undefined;
    }
    const content = commandContent([first, ...others], file => shortPath(folder, file));
    if (!grants.isGranted(content.fingerprint)) {
      return content;
    }
    // Approved together: from now on each of them counts by itself, too.
    const by = grants.list().find(({ fingerprint }) => fingerprint === content.fingerprint)?.by ?? '';
    for (const { command } of [first, ...others]) {
      const { fingerprint } = command;
      const headline = `The command "${command.name}" of this folder would be run.`;
      grants.grant({ fingerprint, headline, kind: 'workspaceContent', by, at: clock.now() });
    }
    return undefined;
  }

  #watch(): void {
    if (this.#isWatching) {
      return;
    }
    this.#isWatching = true;
    const { folders, folder, home, claudeConfig, clock } = this.#parts;
    const onChange = (): void => this.#changes.fire();
    for (const root of new Set([folder, ...folders()])) {
      this.#watches.add(new FolderWatch({ root, folder: WORKSPACE_COMMANDS, clock, onChange }));
      for (const own of CLAUDE_FOLDERS) {
        this.#watches.add(new FolderWatch({ root, folder: `.claude/${own}`, isRecursive: true, clock, onChange }));
      }
    }
    this.#watches.add(new FolderWatch({ root: home, folder: 'commands', clock, onChange }));
    const [root, config] = [path.dirname(claudeConfig), path.basename(claudeConfig)];
    for (const own of CLAUDE_FOLDERS) {
      this.#watches.add(new FolderWatch({ root, folder: `${config}/${own}`, isRecursive: true, clock, onChange }));
    }
  }
}

const CLAUDE_FOLDERS = ['commands', 'skills', 'agents'];

/** The command and all that it runs, each once. */
function withUsed(found: ListedCommand, catalog: Catalog): readonly ListedCommand[] {
  const all = new Map([[found.command.fullName, found]]);
  for (const listed of all.values()) {
    for (const { reference } of listed.uses) {
      const used = findCommand(catalog, reference, listed.command.namespace);
      all.set(used.command.fullName, used);
    }
  }
  return [...all.values()];
}

function shortPath(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}
