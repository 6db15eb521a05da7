import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { DiskUsage } from '../../core/checkpoints/retention.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';
import { limitsIn, limitsNote, type SnapshotLimits } from './snapshotLimits.ts';
import { spansOfEvents } from './undoSubjects.ts';
import type { WorkspaceSnapshots } from './workspaceSnapshots.ts';

interface UpkeepParts {
  readonly log: PanelLog;
  readonly snapshots: WorkspaceSnapshots;
  readonly settings: () => SnapshotLimits;
  /** This program does not know the user's settings, so what a window noted down last counts. */
  readonly followsNotes?: boolean;
  readonly clock: Clock;
  readonly report: (level: 'info' | 'warn', text: string) => void;
}

/** What the snapshots of one folder take. */
export interface FolderUsage extends DiskUsage {
  readonly root: string;
}

const DAY_MS = 24 * 60 * 60_000;
const MEGABYTE = 1024 * 1024;
const TASKS_LOOKED_AT = 1000;
/** As `Checkpoints` names the folders that it makes; everything else is somebody else's. */
const SET_ASIDE_NAME = /^(?:workspace|[0-9a-f]{16})\.git\.foreign-(\d+)$/;
const STORE_NAME = /^(?:workspace|[0-9a-f]{16})\.git$/;

/** Removes old snapshots by age and by disk use, but none that an unfinished task, a chain or the last day needs. */
export class SnapshotUpkeep {
  readonly #parts: UpkeepParts;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** Once a day for each folder, whoever comes first, and after a change of the settings. Never rejects. */
  async run(): Promise<void> {
    const { report } = this.#parts;
    try {
      const tasks = this.#tasks();
      const roots = this.#roots(tasks);
      const limits = await this.limits();
      for (const root of roots) {
        await this.#prune(root, tasks, limits).catch(error =>
          report('warn', `Old snapshots of ${root} could not be removed: ${String(error)}`),
        );
      }
      await this.#removeForgotten(roots, limits);
    } catch (error) {
      report('warn', `Old snapshots stay: ${String(error)}`);
    }
  }

  /** What the snapshots may take. */
  async limits(): Promise<SnapshotLimits> {
    const { snapshots, settings, followsNotes = false } = this.#parts;
    const noted = followsNotes ? limitsIn(await snapshots.of(snapshots.folder).pruneNote()) : undefined;
    return noted ?? settings();
  }

  /** What the snapshots of each folder take, of those that have any. */
  async usage(): Promise<readonly FolderUsage[]> {
    const { snapshots, log } = this.#parts;
    const keep = this.#idsOf(log.tasks.unfinished());
    const used = [...this.#roots(this.#tasks())].filter(root => snapshots.of(root).exists());
    return Promise.all(used.map(async root => ({ root, ...(await snapshots.of(root).usage(keep)) })));
  }

  /**
   * Removes what was taken before a time, because a person asked for it; what unfinished tasks and chains need stays, and
   * the newest one of each folder. @param before milliseconds since the epoch
   */
  async free(before: number): Promise<{ readonly removed: number; readonly bytes: number }> {
    const { snapshots, clock, log } = this.#parts;
    const keep = this.#idsOf(log.tasks.unfinished());
    let [removed, bytes] = [0, 0];
    for (const root of this.#used()) {
      const rules = { olderThan: before, maxBytes: Number.POSITIVE_INFINITY, safeSince: clock.now(), keep };
      const checkpoints = snapshots.of(root);
      const done = await checkpoints.prune(rules, await checkpoints.pruneNote());
      removed += done.removed;
      bytes += done.bytes;
    }
    return { removed, bytes };
  }

  /** Those that have not ended are among them, however old they are. */
  #tasks(): readonly Task[] {
    const { tasks } = this.#parts.log;
    const known = [...tasks.list({ limit: TASKS_LOOKED_AT }), ...tasks.unfinished()];
    return [...new Map(known.map(task => [task.id, task])).values()];
  }

  #roots(tasks: readonly Task[]): ReadonlySet<string> {
    const { snapshots } = this.#parts;
    return new Set([
      ...snapshots.roots(snapshots.folder),
      ...tasks.flatMap(task => (task.snapshots ?? []).map(({ root }) => root)),
    ]);
  }

  #used(): readonly string[] {
    return [...this.#roots(this.#tasks())].filter(root => this.#parts.snapshots.of(root).exists());
  }

  async #prune(root: string, tasks: readonly Task[], limits: SnapshotLimits): Promise<void> {
    const { snapshots, clock, report } = this.#parts;
    const checkpoints = snapshots.of(root);
    if (!checkpoints.exists()) {
      return;
    }
    const now = clock.now();
    const noted = limitsIn(await checkpoints.pruneNote());
    const hasChanged = noted !== undefined && limitsNote(noted) !== limitsNote(limits);
    if (now - (await checkpoints.prunedAt()) < DAY_MS && !hasChanged) {
      return;
    }
    const { removed, bytes } = await checkpoints.prune(
      {
        olderThan: now - limits.undoKeepDays * DAY_MS,
        maxBytes: limits.undoDiskMegabytes * MEGABYTE,
        safeSince: now - DAY_MS,
        keep: this.#idsOf(tasks.filter(({ status }) => !isFinal(status) || now - status.ended < DAY_MS)),
      },
      limitsNote(limits),
    );
    if (removed > 0) {
      report('info', `Removed ${removed} old snapshots of ${root}; ${Math.round(bytes / MEGABYTE)} MB are left.`);
    }
  }

  /** The snapshots of these tasks, and of the chains that have not ended. */
  #idsOf(tasks: readonly Task[]): ReadonlySet<string> {
    const { log } = this.#parts;
    const spans = [
      ...tasks.flatMap(task => task.snapshots ?? []),
      ...log.chains.unfinished().flatMap(chain => spansOfEvents(log, chain.id)),
    ];
    return new Set(spans.flatMap(({ before, after }) => (after === undefined ? [before] : [before, after])));
  }

  /** Of folders that no task of this workspace knows any more, and stores that were set aside as somebody else's. */
  async #removeForgotten(roots: ReadonlySet<string>, { undoKeepDays }: SnapshotLimits): Promise<void> {
    const { snapshots, clock } = this.#parts;
    const known = new Set([...roots].map(root => path.basename(snapshots.of(root).directory)));
    const folder = path.dirname(snapshots.of(snapshots.folder).directory);
    const oldest = clock.now() - undoKeepDays * DAY_MS;
    // Behind a link these would be the folders of another workspace.
    if (!(await isRealFolder(path.dirname(folder))) || !(await isRealFolder(folder))) {
      return;
    }
    for (const name of await readdir(folder)) {
      const place = path.join(folder, name);
      const setAside = SET_ASIDE_NAME.exec(name)?.[1];
      if (setAside !== undefined && Number(setAside) < oldest && (await isRealFolder(place))) {
        await rm(place, { recursive: true, force: true });
      }
      if (!STORE_NAME.test(name) || known.has(name)) {
        continue;
      }
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
