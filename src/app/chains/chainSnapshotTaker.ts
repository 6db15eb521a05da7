import type { Clock } from '../../base/clock.ts';
import { type Failure, toFailure } from '../../base/panelError.ts';
import type { ChainSnapshots } from '../../core/chains/chainHost.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { noSnapshot, snapshotTooSlow } from '../../core/tasks/taskErrors.ts';
import type { WorkspaceSnapshots } from '../undo/workspaceSnapshots.ts';

interface Parts {
  readonly log: PanelLog;
  readonly snapshots: Pick<WorkspaceSnapshots, 'roots' | 'takeAll'>;
  readonly clock: Clock;
}

/** A chain is not kept waiting longer than this by a snapshot, in milliseconds. */
const PATIENCE_MS = 30_000;

/** The snapshots around a chain: what its programs and actions write is in no task's snapshots. */
export class ChainSnapshotTaker implements ChainSnapshots {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async take({ id, command, cwd, round }: ChainRun, moment: 'before' | 'after'): Promise<Failure | undefined> {
    const { log, snapshots, clock } = this.#parts;
    const deadline = new AbortController();
    const timer = clock.after(PATIENCE_MS, () => deadline.abort(snapshotTooSlow(PATIENCE_MS / 1000)));
    try {
      const label = { subject: `${id} ${command.title}`, moment };
      const taken = await snapshots.takeAll(snapshots.roots(cwd), label, { attempt: round, signal: deadline.signal });
      if (taken.snapshots.length > 0) {
        log.append([{ subject: id, facts: [{ type: 'claude-panel.checkpoint.taken', data: taken }] }]);
      }
      const missing = taken.snapshots.find(snapshot => snapshot.id === undefined);
      return missing === undefined ? undefined : toFailure(noSnapshot(missing.failure));
    } catch (error) {
      return toFailure(error);
    } finally {
      timer.dispose();
    }
  }
}
