import { nextEvent } from '../../base/event.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import { isChainOver } from '../../core/chains/chainRun.ts';
import type { Commit, PanelLog } from '../../core/tasks/panelLog.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';

/**
 * Waits until something in the log is over, whichever process brings that about. Looks at every commit that changes it.
 * @returns nothing when the signal aborted first
 */
async function until<T>(
  log: PanelLog,
  parts: {
    readonly look: () => T | undefined;
    readonly isOver: (found: T) => boolean;
    readonly concerns: (commit: Commit) => boolean;
    readonly onLook?: ((found: T) => void) | undefined;
  },
  signal: AbortSignal,
): Promise<T | undefined> {
  while (!signal.aborted) {
    const found = parts.look();
    if (found === undefined) {
      return undefined;
    }
    parts.onLook?.(found);
    if (parts.isOver(found)) {
      return found;
    }
    await nextEvent(log.onDidCommit, parts.concerns, signal).catch(error => {
      if (!signal.aborted) {
        throw error;
      }
    });
  }
  return undefined;
}

export function untilTaskEnds(
  log: PanelLog,
  id: string,
  signal: AbortSignal,
  onLook?: (task: Task) => void,
): Promise<Task | undefined> {
  return until(
    log,
    {
      look: () => log.tasks.get(id),
      isOver: task => isFinal(task.status),
      concerns: ({ tasks }) => tasks.some(task => task.id === id),
      onLook,
    },
    signal,
  );
}

export function untilSettled(log: PanelLog, id: string, signal: AbortSignal): Promise<Approval | undefined> {
  return until(
    log,
    {
      look: () => log.approvals.get(id),
      isOver: approval => approval.status.state !== 'pending',
      concerns: ({ approvals }) => approvals.some(approval => approval.id === id),
    },
    signal,
  );
}

export function untilChainEnds(
  log: PanelLog,
  id: string,
  signal: AbortSignal,
  onLook?: (run: ChainRun) => void,
): Promise<ChainRun | undefined> {
  return until(
    log,
    {
      look: () => log.chains.get(id),
      isOver: run => isChainOver(run.status),
      concerns: ({ chains }) => chains.some(run => run.id === id),
      onLook,
    },
    signal,
  );
}
