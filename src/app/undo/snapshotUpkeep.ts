import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';
import type { PanelSettings } from '../panelServices.ts';
import { spansOfEvents } from './undoSubjects.ts';
import type { WorkspaceSnapshots } from './workspaceSnapshots.ts';

interface UpkeepParts {
  readonly log: PanelLog;
  readonly snapshots: WorkspaceSnapshots;
  readonly settings: () => Pick<PanelSettings, 'undoKeepDays' | 'undoDiskMegabytes'>;
  readonly clock: Clock;
  readonly report: (level: 'info' | 'warn', text: string) => void;
}

const DAY_MS = 24 * 60 * 60_000;
const MEGABYTE = 1024 * 1024;
const TASKS_LOOKED_AT = 1000;
/** As `Checkpoints` names the folders that it makes; everything else is somebody else's. */
const STORE_NAME = /^(?:workspace|[0-9a-f]{16})\.git$/;

/** Removes old snapshots by age and by disk use, but none that an unfinished task, a chain or the last day needs. */
export class SnapshotUpkeep {
  readonly #parts: UpkeepParts;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** Once a day for each folder, whoever comes first. Never rejects. */
  async run(): Promise<void> {
    const { snapshots, report } = this.#parts;
    const tasks = this.#parts.log.tasks.list({ limit: TASKS_LOOKED_AT });
    const roots = new Set([
      ...snapshots.roots(snapshots.folder),
      ...tasks.flatMap(task => (task.snapshots ?? []).map(({ root }) => root)),
    ]);
    for (const root of roots) {
      try {
        await this.#prune(root, tasks);
      } catch (error) {
        report('warn', `Old snapshots of ${root} could not be removed: ${String(error)}`);
      }
    }
    await this.#removeForgotten(roots).catch(error =>
      report('warn', `Snapshots of old folders stay: ${String(error)}`),
    );
  }

  async #prune(root: string, tasks: readonly Task[]): Promise<void> {
    const { snapshots, settings, clock, report } = this.#parts;
    const checkpoints = snapshots.of(root);
    const now = clock.now();
    if (!checkpoints.exists() || now - (await checkpoints.prunedAt()) < DAY_MS) {
      return;
    }
    const { undoKeepDays, undoDiskMegabytes } = settings();
    const { removed, bytes } = await checkpoints.prune({
      olderThan: now - undoKeepDays * DAY_MS,
      maxBytes: undoDiskMegabytes * MEGABYTE,
      safeSince: now - DAY_MS,
      keep: this.#needed(tasks, now),
    });
    if (removed > 0) {
      report('info', `Removed ${removed} old snapshots of ${root}; ${Math.round(bytes / MEGABYTE)} MB are left.`);
    }
  }

  #needed(tasks: readonly Task[], now: number): ReadonlySet<string> {
    const { log } = this.#parts;
    const isNeeded = ({ status }: Task): boolean => !isFinal(status) || now - status.ended < DAY_MS;
    const spans = [
      ...tasks.filter(isNeeded).flatMap(task => task.snapshots ?? []),
      ...log.chains.unfinished().flatMap(chain => spansOfEvents(log, chain.id)),
    ];
    return new Set(spans.flatMap(({ before, after }) => (after === undefined ? [before] : [before, after])));
  }

  /** Of folders that no task of this workspace knows any more. */
  async #removeForgotten(roots: ReadonlySet<string>): Promise<void> {
    const { snapshots, settings, clock } = this.#parts;
    const known = new Set([...roots].map(root => path.basename(snapshots.of(root).directory)));
    const folder = path.dirname(snapshots.of(snapshots.folder).directory);
    const oldest = clock.now() - settings().undoKeepDays * DAY_MS;
    // Behind a link these would be the folders of another workspace.
    if (!(await isRealFolder(path.dirname(folder))) || !(await isRealFolder(folder))) {
      return;
    }
    for (const name of (await readdir(folder)).filter(found => STORE_NAME.test(found) && !known.has(found))) {
      const place = path.join(folder, name);
      const used = await lstat(path.join(place, 'panel.manifest')).catch(() => undefined);
      if (used?.isFile() === true && used.mtimeMs < oldest && (await isRealFolder(place))) {
        await rm(place, { recursive: true, force: true });
      }
    }
  }
}

async function isRealFolder(folder: string): Promise<boolean> {
  return lstat(folder).then(
    found => found.isDirectory(),
    () => false,
  );
}
