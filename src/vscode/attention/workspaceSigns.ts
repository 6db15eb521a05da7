import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Failure } from '../../base/panelError.ts';
import { filesThatMatter } from '../../core/profiles/profileCatalog.ts';
import { claudeFault } from '../claudeFault.ts';
import type { PanelViews } from '../panel/panelViews.ts';
import type { PanelFactsSource } from '../panelFactsSource.ts';
import { withoutLinks } from '../presenters/shownText.ts';
import type { ServiceHost } from '../workspace/serviceHost.ts';
import type { UserSettings } from '../workspace/userSettings.ts';
import type { WorkspaceFolders } from '../workspace/workspaceFolders.ts';
import type { ContextKeys } from './contextKeys.ts';
import type { TaskCounts } from './taskCounts.ts';

interface Parts {
  readonly host: ServiceHost;
  readonly settings: UserSettings;
  readonly folders: WorkspaceFolders;
  readonly facts: PanelFactsSource;
  readonly counts: TaskCounts;
  readonly keys: ContextKeys;
  readonly views: PanelViews;
}

/** Carries what changes in the workspace to where it shows: context keys, the badge, the profiles and the queue. */
export class WorkspaceSigns implements Disposable {
  readonly #parts: Parts;
  readonly #owned = new DisposableStore();
  readonly #ofServices = new DisposableStore();
  readonly #watchers = new DisposableStore();
  #services: PanelServices | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { host, settings, folders, facts, counts } = parts;
    this.#owned.add(host.onDidChange(() => this.#follow()));
    this.#owned.add(counts.onDidChange(() => this.#showCounts()));
    this.#owned.add(facts.onDidChange(() => this.#showFacts()));
    this.#owned.add(settings.onDidChange(() => this.#look()));
    this.#owned.add(
      folders.onDidChange(() => {
        this.#watchFolders();
        this.#look();
      }),
    );
    this.#owned.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        const current = host.current;
        // Claude Code may have been installed in the meantime.
        if (focused && current !== undefined && claudeFault(current) !== undefined) {
          current.refreshHealth().catch(() => facts.touch());
        }
      }),
    );
    this.#follow();
  }

  dispose(): void {
    this.#watchers.dispose();
    this.#ofServices.dispose();
    this.#owned.dispose();
  }

  #follow(): void {
    const { host, facts } = this.#parts;
    const services = host.current;
    if (services !== this.#services) {
      this.#services = services;
      this.#ofServices.clear();
      this.#watchFolders();
      if (services !== undefined) {
        this.#watchAnswers(services);
        services.notices.forEach(tellNotice);
        this.#ofServices.add(services.onDidNotice(tellNotice));
        services.refreshHealth().catch(() => facts.touch());
      }
    }
    this.#showCounts();
    this.#showFacts();
  }

  /** Trust, the number of parallel tasks or the rehearsal changed: the queue and the health are looked at again. */
  #look(): void {
    const services = this.#parts.host.current;
    services?.look();
    services?.refreshHealth().catch(() => this.#parts.facts.touch());
    this.#showFacts();
  }

  #showCounts(): void {
    const { counts, keys, views } = this.#parts;
    const { running, queued, needsYou, hasTasks } = counts.current;
    keys.set('hasPending', needsYou > 0);
    keys.set('running', running + queued > 0);
    keys.set('hasTasks', hasTasks);
    views.setBadge(needsYou);
  }

  #showFacts(): void {
    const { facts, keys, settings } = this.#parts;
    keys.set('rehearsal', settings.panel().rehearsal);
    const health = facts.health();
    const isWell = (id: string): boolean => health.some(item => item.id === id && item.level !== 'error');
    keys.set('claudeFound', isWell('claude'));
    keys.set('accountFound', isWell('account'));
  }

  #watchFolders(): void {
    this.#watchers.clear();
    if (this.#services === undefined) {
      return;
    }
    const files = this.#parts.folders.all.flatMap(({ path }) => filesThatMatter(path));
    for (const { base, pattern } of files) {
      const watcher = this.#watchers.add(
        vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(base, pattern)),
      );
      const refresh = (): void => {
        void this.#parts.facts.refreshProfiles();
        this.#services?.refreshHealth().catch(() => this.#parts.facts.touch());
      };
      watcher.onDidChange(refresh);
      watcher.onDidCreate(refresh);
      watcher.onDidDelete(refresh);
    }
  }

  /** Steps of the walkthrough are done when the thing itself was done, wherever that was. */
  #watchAnswers(services: PanelServices): void {
    this.#ofServices.add(
      services.log.onDidCommit(({ events }) => {
        for (const { type } of events) {
          if (type === 'claude-panel.approval.answered') {
            this.#parts.keys.set('answered', true);
          }
          if (type === 'claude-panel.task.stopped') {
            this.#parts.keys.set('stopped', true);
          }
        }
      }),
    );
  }
}

function tellNotice({ message, remedy }: Failure): void {
  vscode.window.showWarningMessage(withoutLinks([message, remedy].filter(Boolean).join(' ')));
}
