import type { PanelServices } from '../app/panelServices.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/event.ts';
import type { Failure } from '../base/panelError.ts';
import type { HealthItem, PanelFacts, ProfileOption } from '../protocol/panelView.ts';
import { presentHealth } from './presenters/healthItem.ts';
import { presentProfile, selectedProfile, wantedProfile } from './presenters/profileOption.ts';

/** The cost of today is summed by the database; once a second is enough. */
const COST_PERIOD_MS = 1000;

interface Parts {
  readonly clock: Clock;
  readonly services: () => PanelServices | undefined;
  readonly startFailure: () => Failure | undefined;
  readonly onDidChangeServices: Event<unknown>;
  /** The folders, their trust, the settings or the chosen profile changed. */
  readonly onDidChangeSurroundings: Event<void>;
  readonly folders: () => readonly { readonly name: string; readonly path: string }[];
  readonly isTrusted: () => boolean;
  readonly isRehearsal: () => boolean;
  /** What was chosen in the panel, then what the user's settings say. */
  readonly wantedProfiles: () => readonly (string | undefined)[];
  readonly log: (text: string) => void;
}

interface Catalog {
  readonly profiles: readonly ProfileOption[];
  readonly defaultName: string | undefined;
}

const NO_CATALOG: Catalog = { profiles: [], defaultName: undefined };

/** What is true for the whole panel, kept at hand so that a view can be told at any time. */
export class PanelFactsSource implements Disposable {
  readonly #parts: Parts;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<void>());
  readonly #ofServices = new DisposableStore();
  /** By folder; the first one's also when no folder is named. */
  #catalogs = new Map<string, Catalog>();
  #todayUsd = 0;
  #costTimer: Disposable | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#owned.add(parts.onDidChangeServices(() => this.#follow()));
    this.#owned.add(
      parts.onDidChangeSurroundings(() => {
        this.#changed.fire();
        void this.refreshProfiles();
      }),
    );
    this.#follow();
  }

  /** `olderTasks` counts those that the view has not got yet. */
  current(olderTasks: number): PanelFacts {
    const { folders, isTrusted, isRehearsal } = this.#parts;
    const named = folders();
    return {
      trusted: isTrusted(),
      hasFolder: named.length > 0,
      rehearsal: isRehearsal(),
      profiles: [...this.profilesOf()],
      selectedProfile: this.selectedProfileOf(),
      folders:
        named.length < 2
          ? [...named]
          : named.map(folder => ({
              ...folder,
              profiles: [...this.profilesOf(folder.path)],
              selectedProfile: this.selectedProfileOf(folder.path),
            })),
      health: this.health(),
      todayUsd: this.#todayUsd,
      olderTasks,
    };
  }

  selectedProfileOf(folder?: string): string {
    const { profiles, defaultName } = this.#catalogOf(folder);
    return selectedProfile(profiles, [...this.#parts.wantedProfiles(), defaultName]);
  }

  /** The one that the person chose or set; none where only the folder says which. */
  wantedProfileOf(folder: string): string | undefined {
    return wantedProfile(this.#catalogOf(folder).profiles, this.#parts.wantedProfiles());
  }

  profilesOf(folder?: string): readonly ProfileOption[] {
    return this.#catalogOf(folder).profiles;
  }

  health(): HealthItem[] {
    const failure = this.#parts.startFailure();
    const start: HealthItem[] =
      failure === undefined
        ? []
        : [
            {
              id: 'start',
              level: 'error',
              text: failure.message,
              ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }),
              command: { id: 'claudePanel.showLog', title: 'Show Log' },
            },
          ];
    const trust: HealthItem[] =
      this.#parts.isTrusted() || this.#parts.folders().length === 0
        ? []
        : [
            {
              id: 'trust',
              level: 'warning',
              text: 'This folder is not trusted, so nothing is started in it.',
              remedy: 'Trust the folder when you know where it comes from.',
            },
          ];
    return [...start, ...trust, ...(this.#parts.services()?.health() ?? []).map(presentHealth)];
  }

  /** Something that is read when it is asked for has changed. */
  touch(): void {
    this.#changed.fire();
  }

  /** Reads the profiles again: their files, or what was approved of them, changed. */
  async refreshProfiles(): Promise<void> {
    const services = this.#parts.services();
    try {
      const read = this.#parts.folders().map(async ({ path }) => {
        const catalog = await services?.profiles(path);
        return [
          path,
          { profiles: catalog?.profiles.map(presentProfile) ?? [], defaultName: catalog?.defaultName },
        ] as const;
      });
      this.#catalogs = new Map(await Promise.all(read));
    } catch (error) {
      this.#parts.log(`The profiles could not be read: ${String(error)}`);
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#costTimer?.dispose();
    this.#ofServices.dispose();
    this.#owned.dispose();
  }

  #catalogOf(folder = this.#parts.folders()[0]?.path): Catalog {
    return this.#catalogs.get(folder ?? '') ?? NO_CATALOG;
  }

  #follow(): void {
    this.#ofServices.clear();
    const services = this.#parts.services();
    if (services !== undefined) {
      this.#ofServices.add(services.onDidChangeHealth(() => this.#changed.fire()));
      this.#ofServices.add(
        services.log.onDidCommit(({ tasks, approvals }) => {
          if (tasks.length > 0) {
            this.#planCost();
          }
          if (approvals.some(({ subject }) => subject.kind === 'workspaceContent')) {
            void this.refreshProfiles();
          }
        }),
      );
      this.#readCost();
      void this.refreshProfiles();
    }
    this.#changed.fire();
  }

  #planCost(): void {
    this.#costTimer ??= this.#parts.clock.after(COST_PERIOD_MS, () => {
      this.#costTimer = undefined;
      const before = this.#todayUsd;
      this.#readCost();
      if (this.#todayUsd !== before) {
        this.#changed.fire();
      }
    });
  }

  /** While the file cannot be read, the sum stays as it was; the next commit reads it again. */
  #readCost(): void {
    const midnight = new Date(this.#parts.clock.now()).setHours(0, 0, 0, 0);
    try {
      this.#todayUsd = this.#parts.services()?.log.tasks.costSince(midnight) ?? 0;
    } catch (error) {
      this.#parts.log(`The cost of today could not be read: ${String(error)}`);
    }
  }
}
