import type { Clock } from '../../base/clock.ts';
import { toFailure } from '../../base/panelError.ts';
import type { TakenSnapshots } from '../checkpoints/checkpointFact.ts';
import type { Task } from './task.ts';
import { snapshotTooSlow } from './taskErrors.ts';
import type { TaskLogFact } from './taskFact.ts';

/** Takes snapshots of all folders that a task can write in. */
export interface TaskSnapshots {
  /** A folder of which none could be taken is told with its reason. */
  take(task: Task, moment: 'before' | 'after', signal: AbortSignal): Promise<TakenSnapshots>;
}

interface SnapshotParts {
  readonly snapshots: TaskSnapshots;
  readonly clock: Clock;
  readonly task: () => Task;
  readonly emit: (facts: readonly TaskLogFact[]) => void;
  readonly hostId: string;
}

/** A task is not kept waiting longer than this by a snapshot, in milliseconds. */
const PATIENCE_MS = 30_000;

/** The snapshots around one run of a task. */
export class RunnerSnapshots {
  readonly #parts: SnapshotParts;
  readonly #abort = new AbortController();
  #before: Promise<TakenSnapshots> | undefined;

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
  }

  /** Begins at once; may be called again to wait for it. Never rejects. */
  before(): Promise<TakenSnapshots> {
    this.#before ??= this.#take('before');
    return this.#before;
  }

  /** Once the process is gone. Nothing when there was none before. Never rejects. */
  async after(): Promise<void> {
    // A run that ended before its snapshot was taken has changed nothing.
    const before = await this.#before;
    if (before?.snapshots.some(({ id }) => id !== undefined) === true) {
      await this.#take('after');
    }
  }

  /** The run ends: a snapshot before it that is not there yet is of no use any more. */
  giveUp(): void {
    this.#abort.abort();
  }

  async #take(moment: 'before' | 'after'): Promise<TakenSnapshots> {
    const { snapshots, clock, task, emit, hostId } = this.#parts;
    const deadline = new AbortController();
    const timer = clock.after(PATIENCE_MS, () => deadline.abort(snapshotTooSlow(PATIENCE_MS / 1000)));
    const signal = moment === 'before' ? AbortSignal.any([deadline.signal, this.#abort.signal]) : deadline.signal;
    const known = task();
    try {
      const taken = await snapshots.take(known, moment, signal);
      if (taken.snapshots.length > 0) {
        emit([{ type: 'claude-panel.checkpoint.taken', data: taken }]);
      }
      return taken;
    } catch (error) {
      const failed = { root: known.cwd, failure: toFailure(error), notCovered: 0 };
      const taken: TakenSnapshots = { moment, attempt: known.attempt, hostId, snapshots: [failed] };
      if (!this.#abort.signal.aborted || moment === 'after') {
        emit([{ type: 'claude-panel.checkpoint.taken', data: taken }]);
      }
      return taken;
    } finally {
      timer.dispose();
    }
  }
}
