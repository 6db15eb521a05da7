import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { canonicalJson } from '../base/canonicalJson.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import { type Failure, toFailure } from '../base/panelError.ts';
import { taskMarker } from '../core/claude/claudeLaunch.ts';
import type { ProcessTable } from '../core/process/processIdentity.ts';
import { isFinal } from '../core/tasks/task.ts';
import type { PanelStore } from '../store/panelStore.ts';
import type { ClaudeLauncher } from './claudeLauncher.ts';
import { fromFailure, type HealthCheck } from './health.ts';
import type { PanelSettings } from './panelServices.ts';
import type { ProfileService } from './profileService.ts';

interface HealthParts {
  readonly store: Pick<PanelStore, 'log' | 'notices' | 'onDidNotice' | 'check' | 'sizeBytes'>;
  readonly launcher: Pick<ClaudeLauncher, 'claude'>;
  readonly profiles: Pick<ProfileService, 'load'>;
  readonly settings: () => PanelSettings;
  readonly clock: Clock;
  /** The first one has the workspace file. */
  readonly folders: () => readonly [string, ...string[]];
  readonly processes: Pick<ProcessTable, 'findByMarker'>;
  /** What others look at: owners of tasks, MCP servers, git, backups. */
  readonly further: readonly (() => Promise<readonly HealthCheck[]>)[];
}

const LITTLE_SPACE = 500 * 1024 * 1024;
const STORE_FAILURE_LASTS_MS = 10_000;
/** What was left of a task that was stopped longer ago is no news. */
const LEFT_OVER_COUNTS_MS = 60 * 60_000;

/** What is well and what is not, each with its reason and what to do. Says nothing that was not looked at. */
export class HealthMonitor implements Disposable {
  readonly #parts: HealthParts;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  #ofClaude: readonly HealthCheck[] = [];
  #ofAccount: readonly HealthCheck[] = [];
  #others: readonly HealthCheck[] = [];
  #storeFailure: { readonly failure: Failure; readonly at: number } | undefined;
  #storeIsOver: Disposable | undefined;
  /** What the last look at the whole file found, if there was one. */
  #wholeFile: { readonly failure: Failure | undefined } | undefined;
  readonly #owned = new DisposableStore();

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#owned.add(parts.store.onDidNotice(() => this.#changed.fire()));
    this.#owned.add(
      parts.store.log.onDidCommit(({ tasks }) => {
        if (tasks.some(({ status }) => isFinal(status))) {
          this.#lookAtAccount();
        }
      }),
    );
  }

  checks(): readonly HealthCheck[] {
    const failed = this.#storeFailsNow ? this.#storeFailure : undefined;
    return [
      ...(failed === undefined ? [] : [fromFailure('store', failed.failure)]),
      ...this.#ofClaude,
      ...this.#ofAccount,
      ...this.#others,
      ...this.#parts.store.notices.map(notice => ({ ...fromFailure('store', notice), level: 'warning' as const })),
    ];
  }

  /** The log could not be written just now. */
  storeFailed(error: unknown): void {
    const isNew = !this.#storeFailsNow;
    const { clock } = this.#parts;
    this.#storeFailure = { failure: toFailure(error), at: clock.now() };
    this.#storeIsOver?.dispose();
    this.#storeIsOver = clock.after(STORE_FAILURE_LASTS_MS, () => this.#changed.fire());
    if (isNew) {
      this.#changed.fire();
    }
  }

  /** `wholeFile` reads all of the workspace file, which holds up everything else for a second a gigabyte. */
  async refresh({ wholeFile = false }: { readonly wholeFile?: boolean } = {}): Promise<void> {
    if (wholeFile) {
      this.#wholeFile = { failure: this.#parts.store.check() };
    }
    const [claude, ...groups] = await Promise.all([
      this.#claude(),
      this.#store(),
      this.#disk(),
      this.#profiles(),
      this.#leftOver(),
      ...this.#parts.further.map(look => look()),
    ]);
    this.#ofClaude = claude;
    this.#ofAccount = this.#account();
    this.#others = groups.flat();
    this.#changed.fire();
  }

  dispose(): void {
    this.#storeIsOver?.dispose();
    this.#owned.dispose();
    this.#changed.dispose();
  }

  get #storeFailsNow(): boolean {
    const at = this.#storeFailure?.at;
    return at !== undefined && this.#parts.clock.now() - at < STORE_FAILURE_LASTS_MS;
  }

  async #claude(): Promise<readonly HealthCheck[]> {
    const { launcher } = this.#parts;
    try {
      const { path: file, version, lacks } = await launcher.claude();
      const found: HealthCheck = { id: 'claude', level: 'ok', text: `Claude Code ${version} (${file})` };
      const old: HealthCheck[] =
        lacks.length === 0
          ? []
          : [
              {
                id: 'claude',
                level: 'warning',
                text: `This Claude Code lacks: ${lacks.join(', ')}.`,
                remedy: 'Update Claude Code to have these.',
              },
            ];
      return [found, ...old];
    } catch (error) {
      return [
        {
          ...fromFailure('claude', toFailure(error)),
          command: { id: 'claudePanel.selectExecutable', title: 'Select Executable' },
        },
      ];
    }
  }

  #account(): readonly HealthCheck[] {
    const { settings, store } = this.#parts;
    if (this.#ofClaude.some(({ level }) => level === 'error')) {
      return [];
    }
    return settings().rehearsal
      ? [{ id: 'account', level: 'ok', text: 'The rehearsal model answers; nothing is charged.' }]
      : accountCheck(store);
  }

  /** A task that ended tells whether its account can be used. Nothing is said before the first look at everything. */
  #lookAtAccount(): void {
    if (this.#ofClaude.length === 0) {
      return;
    }
    const before = this.#ofAccount;
    this.#ofAccount = this.#account();
    if (canonicalJson(before) !== canonicalJson(this.#ofAccount)) {
      this.#changed.fire();
    }
  }

  #store(): readonly HealthCheck[] {
    if (this.#wholeFile?.failure !== undefined) {
      return [fromFailure('store', this.#wholeFile.failure)];
    }
    const size = (this.#parts.store.sizeBytes() / 1024 / 1024).toFixed(1);
    const state = this.#wholeFile === undefined ? 'in use' : 'sound';
    return [{ id: 'store', level: 'ok', text: `Workspace file ${state}, ${size} MB` }];
  }

  async #disk(): Promise<readonly HealthCheck[]> {
    const { bavail, bsize } = await statfs(this.#parts.folders()[0]);
    const free = bavail * bsize;
    const text = `${(free / 1024 ** 3).toFixed(1)} GB free on the disk`;
    return free < LITTLE_SPACE
      ? [
          {
            id: 'disk',
            level: 'warning',
            text: `Only ${text}.`,
            remedy: 'Make room: what tasks do is kept in the workspace file.',
          },
        ]
      : [{ id: 'disk', level: 'ok', text }];
  }

  /** Of every folder; what is wrong with a file that they share is said once. */
  async #profiles(): Promise<readonly HealthCheck[]> {
    const folders = this.#parts.folders();
    const found = await Promise.all(
      folders.map(async folder => {
        const { problems } = await this.#parts.profiles.load(folder);
        return problems.map(problem => ({ folder, check: fromFailure('profiles', problem) }));
      }),
    );
    const byText = Map.groupBy(found.flat(), ({ check }) => JSON.stringify([check.text, check.remedy]));
    return [...byText.values()].flatMap(([first, ...others]) => {
      if (first === undefined) {
        return [];
      }
      const { text, ...check } = first.check;
      const isOfOne = folders.length > 1 && others.length === 0;
      return [{ ...check, level: 'warning', text: isOfOne ? `${path.basename(first.folder)}: ${text}` : text }];
    });
  }

  /** What runs of tasks that were stopped a short while ago, as far as it could not be ended then. */
  async #leftOver(): Promise<readonly HealthCheck[]> {
    const { store, clock, processes } = this.#parts;
    const stopped = store.log.tasks
      .list({ limit: 50 })
      .filter(
        ({ status }) =>
          status.state === 'stopped' && status.leftOver > 0 && clock.now() - status.ended < LEFT_OVER_COUNTS_MS,
      );
    const found = await Promise.all(
      stopped.map(async ({ id, title }) => {
        const left = await processes.findByMarker(taskMarker(id)).catch(() => []);
        return left.map(({ pid }) => ({
          id: 'leftOver' as const,
          level: 'error' as const,
          text: `Process ${pid} of "${title}" could not be ended and still runs.`,
          remedy: `End process ${pid} in the system monitor.`,
        }));
      }),
    );
    const all = found.flat();
    return all.length === 0 ? [{ id: 'leftOver', level: 'ok', text: 'No process left over' }] : all;
  }
}

/** Who paid for the last task that got so far: the only thing that Claude Code says about the account. */
function accountCheck(store: Pick<PanelStore, 'log'>): HealthCheck[] {
  const last = store.log.tasks.list({ limit: 20 }).find(task => task.apiKeySource !== undefined && !task.rehearsal);
  if (last === undefined) {
    return [];
  }
  const failure = last.status.state === 'failed' ? last.status.failure : undefined;
  if (
    failure?.family === 'claude' &&
    (failure.reason === 'notLoggedIn' || failure.reason === 'badKey' || failure.reason === 'billing')
  ) {
    return [fromFailure('account', failure)];
  }
  return [
    {
      id: 'account',
      level: 'ok',
      text: `Account: ${last.apiKeySource === 'none' ? 'subscription or token' : (last.apiKeySource ?? 'unknown')}`,
    },
  ];
}
