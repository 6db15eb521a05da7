import { endsTask, type TaskLogFact } from '../../core/tasks/taskFact.ts';

/** What matters for the exit code, beside the state of the task: whether something was denied in its present run. */
interface RunOutcome {
  readonly somethingWasDenied: boolean;
  readonly hasEnded: boolean;
}

export const NOTHING_YET: RunOutcome = { somethingWasDenied: false, hasEnded: false };

/** Pure. A finished task that is continued begins anew; a paused one goes on. */
export function reduceOutcome(outcome: RunOutcome, fact: TaskLogFact): RunOutcome {
  switch (fact.type) {
    case 'claude-panel.approval.answered':
      return fact.data.granted ? outcome : { ...outcome, somethingWasDenied: true };
    case 'claude-panel.approval.expired':
      return { ...outcome, somethingWasDenied: true };
    case 'claude-panel.task.toolEnded':
      return fact.data.outcome === 'denied' ? { ...outcome, somethingWasDenied: true } : outcome;
    case 'claude-panel.task.continued':
      return outcome.hasEnded ? NOTHING_YET : outcome;
    default:
      return endsTask(fact.type) ? { ...outcome, hasEnded: true } : outcome;
  }
}
