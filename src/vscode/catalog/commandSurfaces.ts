import type * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { CatalogCommand } from '../../core/catalog/command.ts';
import { AuditProblems } from '../attention/auditProblems.ts';
import { ChainNotices } from '../attention/chainNotices.ts';
import type { WriteText } from '../inputs/inputEditors.ts';
import type { ChainPlans } from '../panel/chainPlans.ts';
import type { PanelViews } from '../panel/panelViews.ts';
import type { UserSettings } from '../workspace/userSettings.ts';
import type { WorkspaceFolders } from '../workspace/workspaceFolders.ts';
import { ClaudeTasks } from './claudeTasks.ts';
import { CommandDesk } from './commandDesk.ts';
import { openCommandLink } from './commandLinks.ts';
import { isOffered } from './commandLook.ts';
import { CommandTree } from './commandTree.ts';

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly plans: ChainPlans;
  readonly write: WriteText;
  readonly views: () => PanelViews;
  readonly settings: UserSettings;
  readonly folders: WorkspaceFolders;
  readonly wantedProfileOf: (folder: string) => string | undefined;
  /** The tree of commands has to be drawn anew. */
  readonly changed: () => void;
  readonly tell: (error: unknown) => void;
}

/** Everything in VS Code that shows or runs commands, beside the palette and the panel. */
export class CommandSurfaces implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #parts: Parts;
  readonly #notices: ChainNotices;
  readonly #problems = this.#owned.add(new AuditProblems());
  readonly desk: CommandDesk;
  readonly tree: CommandTree;
  readonly tasks: ClaudeTasks;
  /** Whether a command is in the lists: some have to be revealed first. */
  readonly isOffered: (command: CatalogCommand) => boolean;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { services, plans, write, views, settings, folders, wantedProfileOf, changed, tell } = parts;
    this.isOffered = command => isOffered(command, settings.panel());
    this.desk = new CommandDesk({
      services,
      plans,
      write,
      reveal: target => views().reveal(target),
      revealWide: target => views().revealWide(target),
      tell,
    });
    this.tree = this.#owned.add(
      new CommandTree({ services, folders: () => folders.all, isShown: this.isOffered, changed }),
    );
    this.tasks = new ClaudeTasks({
      services,
      desk: this.desk,
      isShown: this.isOffered,
      wantedProfile: wantedProfileOf,
      tell,
    });
    this.#notices = this.#owned.add(
      new ChainNotices({
        level: () => settings.notifications(),
        isPanelVisible: () => views().isVisible,
        reveal: target => void views().reveal(target),
        tell,
      }),
    );
    this.#owned.add(settings.onDidChange(changed));
  }

  follow(services: PanelServices | undefined): void {
    this.tree.follow(services);
    this.#notices.follow(services);
    this.#problems.follow(services);
  }

  /** Follows a link that VS Code was opened with. Anybody can write one, so a person is asked first. */
  async openLink(uri: vscode.Uri): Promise<void> {
    const { services, folders, tell } = this.#parts;
    await openCommandLink(uri, { services, desk: this.desk, folder: () => folders.first }).catch(tell);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
