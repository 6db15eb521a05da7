import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { NewId } from '../../base/ids.ts';
import { toFailure } from '../../base/panelError.ts';
import type { CheckpointLabel, CoverageLimits } from '../../core/checkpoints/checkpoint.ts';
import type { TakenSnapshot, TakenSnapshots } from '../../core/checkpoints/checkpointFact.ts';
import { Checkpoints } from '../../core/checkpoints/checkpoints.ts';
import type { SnapshotSpan } from '../../core/checkpoints/snapshotSpans.ts';
import { findProgram } from '../../core/process/programsOnPath.ts';
import type { UserKey } from '../../core/security/userKey.ts';
import type { TaskSnapshots } from '../../core/tasks/runnerSnapshots.ts';
import type { Task } from '../../core/tasks/task.ts';

interface SnapshotParts {
  /** The folder whose `.claude-panel/` keeps the snapshots. */
  readonly folder: string;
  /** All folders of the workspace. */
  readonly folders: () => readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly userKey: UserKey;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly limits: () => CoverageLimits;
  readonly hostId: string;
}

/** The snapshots of every folder of the workspace. */
export class WorkspaceSnapshots implements TaskSnapshots {
  readonly #parts: SnapshotParts;
  readonly #checkpoints = new Map<string, Checkpoints>();

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
  }

  /** The one whose `.claude-panel/` keeps them. */
  get folder(): string {
    return this.#parts.folder;
  }

  /** The snapshots of one folder. */
  of(root: string): Checkpoints {
    let known = this.#checkpoints.get(root);
    if (known === undefined) {
      const { folder, environment, userKey, clock, newId, limits } = this.#parts;
      const git = () => findProgram('git', environment);
      known = new Checkpoints({ workspace: folder, root, git, environment, userKey, clock, newId, limits });
      this.#checkpoints.set(root, known);
    }
    return known;
  }

  /** Whether it is a folder of the workspace, or one whose snapshots were in use here. */
  knows(root: string): boolean {
    return this.#checkpoints.has(root) || this.roots(this.#parts.folder).includes(root);
  }

  async take(task: Task, moment: 'before' | 'after', signal: AbortSignal): Promise<TakenSnapshots> {
    const label = { subject: `${task.id} ${task.title}`, moment };
    // The same folders after as before, even when some were added to the workspace meanwhile.
    const before = moment === 'after' ? task.snapshots?.filter(({ attempt }) => attempt === task.attempt) : undefined;
    const roots = before?.map(({ root }) => root) ?? this.roots(task.cwd);
    const taken = await this.takeAll(roots, label, { attempt: task.attempt, signal });
    return before === undefined ? taken : { ...taken, snapshots: await this.#counted(taken.snapshots, before) };
  }

  /** How much a run changed is told with the snapshot after it. */
  #counted(taken: readonly TakenSnapshot[], before: readonly SnapshotSpan[]): Promise<readonly TakenSnapshot[]> {
    return Promise.all(
      taken.map(async one => {
        const { root, id } = one;
        const span = before.find(other => other.root === root);
        const changed =
          id === undefined || span === undefined
            ? undefined
            : await this.of(root)
                .changedPaths({ before: span.before, after: id })
                .then(
                  ({ size }) => size,
                  () => undefined,
                );
        return changed === undefined ? one : { ...one, changed };
      }),
    );
  }

  /** One after the other: side by side they would only wait for the same disk. Never rejects. */
  async takeAll(
    roots: readonly string[],
    label: CheckpointLabel & { readonly moment: 'before' | 'after' },
    { attempt, signal }: { readonly attempt: number; readonly signal: AbortSignal },
  ): Promise<TakenSnapshots> {
    const snapshots: TakenSnapshot[] = [];
    for (const root of roots) {
      try {
        const { id, notCovered } = await this.of(root).take(label, signal);
        snapshots.push({ root, id, notCovered: notCovered.length });
      } catch (error) {
        snapshots.push({ root, failure: toFailure(error), notCovered: 0 });
      }
    }
    return { moment: label.moment, attempt, hostId: this.#parts.hostId, snapshots };
  }

  /** The folders of the workspace, and the one that something runs in. One inside another is covered with that. */
  roots(cwd: string): readonly string[] {
    const all = [...new Set([this.#parts.folder, ...this.#parts.folders(), cwd].map(folder => path.resolve(folder)))];
    return all.filter(folder => !all.some(other => isInside(other, folder)) || existsSync(path.join(folder, '.git')));
  }
}

export function isInside(folder: string, place: string): boolean {
  const way = path.relative(folder, place);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
