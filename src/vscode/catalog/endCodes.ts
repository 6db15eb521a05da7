import { isChainOver } from '../../core/chains/chainRun.ts';
import { describeActor } from '../../core/events/actor.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { isFinal } from '../../core/tasks/task.ts';
import { failureOf } from '../presenters/taskSummary.ts';
import type { Followed } from './progressLines.ts';

/** The exit codes of the command line, which `docs/cli.md` promises. */
export const END_CODES = { succeeded: 0, failed: 1, denied: 3, timedOut: 124, stopped: 130 } as const;

/** How what is followed has ended; nothing as long as it has not. */
export function endOf(log: PanelLog, followed: Followed): { readonly code: number; readonly text: string } | undefined {
  return followed.kind === 'task' ? taskEnd(log, followed.id) : chainEnd(log, followed.id);
}

function taskEnd(log: PanelLog, id: string): ReturnType<typeof endOf> {
  const task = log.tasks.get(id);
  if (task === undefined || !isFinal(task.status)) {
    return undefined;
  }
  const { status } = task;
  const wasDenied = log.approvals
    .ofTask(id)
    .some(
      ({ status: settled, choices }) =>
        settled.state === 'expired' ||
        (settled.state === 'answered' && choices.some(choice => choice.id === settled.answer.choice && !choice.grants)),
    );
  const text = failureOf(task)?.message ?? status.state;
  switch (status.state) {
    case 'succeeded':
      return { code: wasDenied ? END_CODES.denied : END_CODES.succeeded, text: 'Done.' };
    case 'failed':
    case 'overBudget':
      return { code: wasDenied ? END_CODES.denied : END_CODES.failed, text };
    case 'timedOut':
      return { code: END_CODES.timedOut, text };
    default:
      return { code: END_CODES.stopped, text: 'Stopped.' };
  }
}

function chainEnd(log: PanelLog, id: string): ReturnType<typeof endOf> {
  const status = log.chains.get(id)?.status;
  if (status === undefined || !isChainOver(status)) {
    return undefined;
  }
  switch (status.state) {
    case 'succeeded':
      return { code: END_CODES.succeeded, text: 'Done.' };
    case 'failed':
      return { code: END_CODES.failed, text: status.failure.message };
    case 'stopped':
      return { code: END_CODES.stopped, text: `Stopped by ${describeActor(status.by)}.` };
  }
}
