import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/event.ts';
import { type Failure, toFailure } from '../base/panelError.ts';
import type { ProcessTable } from '../core/process/processIdentity.ts';
import type { HostRecord } from '../core/tasks/hostRegistry.ts';
import type { PanelStore } from '../store/panelStore.ts';
import type { ClaudeLauncher } from './claudeLauncher.ts';
import type { HealthCheck } from './health.ts';
import type { PanelSettings } from './panelServices.ts';
import type { ProfileService } from './profileService.ts';

interface HealthParts {
  readonly store: PanelStore;
  readonly launcher: ClaudeLauncher;
  readonly profiles: ProfileService;
  readonly settings: () => PanelSettings;
  readonly clock: Clock;
  readonly folder: string;
  readonly record: Omit<HostRecord, 'seen'>;
  readonly processes: ProcessTable;
}

const LITTLE_SPACE = 500 * 1024 * 1024;
const STORE_FAILURE_LASTS_MS = 10_000;

/** What is well and what is not, each with its reason and what to do. Says nothing that was not looked at. */
export class HealthMonitor implements Disposable {
  readonly #parts: HealthParts;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  #checks: readonly HealthCheck[] = [];
  #storeFailure: { readonly failure: Failure; readonly at: number } | undefined;

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  checks(): readonly HealthCheck[] {
    const recent =
      this.#storeFailure !== undefined && this.#parts.clock.now() - this.#storeFailure.at < STORE_FAILURE_LASTS_MS;
    return recent && this.#storeFailure !== undefined
      ? [fromFailure('store', this.#storeFailure.failure), ...this.#checks]
      : this.#checks;
  }

  /** The log could not be written just now. */
  storeFailed(error: unknown): void {
    const isNew = this.#storeFailure === undefined;
    this.#storeFailure = { failure: toFailure(error), at: this.#parts.clock.now() };
    if (isNew) {
      this.#changed.fire();
    }
  }

  async refresh(): Promise<void> {
    const groups = await Promise.all([this.#claude(), this.#store(), this.#disk(), this.#profiles(), this.#leftOver()]);
    this.#checks = groups.flat();
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #claude(): Promise<readonly HealthCheck[]> {
    const { launcher, settings } = this.#parts;
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
      const account: HealthCheck[] = settings().rehearsal
        ? [{ id: 'account', level: 'ok', text: 'The rehearsal model answers; nothing is charged.' }]
        : accountCheck(this.#parts.store);
      return [found, ...old, ...account];
    } catch (error) {
      return [
        {
          ...fromFailure('claude', toFailure(error)),
          command: { id: 'claudePanel.selectExecutable', title: 'Select Executable' },
        },
      ];
    }
  }

  async #store(): Promise<readonly HealthCheck[]> {
    const { store } = this.#parts;
    const failure = store.check();
    const notices = store.notices.map(notice => ({ ...fromFailure('store', notice), level: 'warning' as const }));
    const size = (store.sizeBytes() / 1024 / 1024).toFixed(1);
    return [
      failure === undefined
        ? { id: 'store', level: 'ok', text: `Workspace file sound, ${size} MB` }
        : fromFailure('store', failure),
      ...notices,
    ];
  }

  async #disk(): Promise<readonly HealthCheck[]> {
    const { bavail, bsize } = await statfs(path.join(this.#parts.folder));
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

  async #profiles(): Promise<readonly HealthCheck[]> {
    const { problems } = await this.#parts.profiles.load();
    return problems.map(problem => ({ ...fromFailure('profiles', problem), level: 'warning' as const }));
  }

  /** Processes of tasks that have ended. The next look ends them; until then they are named. */
  async #leftOver(): Promise<readonly HealthCheck[]> {
    const stopped = this.#parts.store.log.tasks
      .list({ limit: 50 })
      .filter(({ status }) => status.state === 'stopped' && status.leftOver > 0);
    return stopped.length === 0
      ? [{ id: 'leftOver', level: 'ok', text: 'No process left over' }]
      : stopped.map(({ title }) => ({
          id: 'leftOver' as const,
          level: 'error' as const,
          text: `A process of "${title}" could not be ended.`,
          remedy: 'End it in the system monitor; the log names it.',
        }));
  }
}

/** Who paid for the last task that got so far: the only thing that Claude Code says about the account. */
function accountCheck(store: PanelStore): HealthCheck[] {
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

function fromFailure(id: HealthCheck['id'], failure: Failure): HealthCheck {
  const text = failure.detail === undefined ? failure.message : `${failure.message} ${failure.detail}`;
  return { id, level: 'error', text, ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }) };
}
