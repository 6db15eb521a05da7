import type { Task, TaskPhase, WaitingFor } from '../../core/tasks/task.ts';
import type { Colour } from '../terminal/palette.ts';

const COLOURS: Record<TaskPhase, Colour> = {
  queued: 'dim',
  starting: 'cyan',
  running: 'cyan',
  waiting: 'yellow',
  paused: 'dim',
  succeeded: 'green',
  failed: 'red',
  stopped: 'dim',
  timedOut: 'red',
  overBudget: 'red',
};

/** Every state, in the order in which a task may come through them. */
export const PHASES: readonly string[] = Object.keys(COLOURS);

export function colourOf(phase: TaskPhase): Colour {
  return COLOURS[phase];
}

const WAITING: Record<WaitingFor, string> = {
  approval: 'needs approval',
  question: 'asks you',
  plan: 'has a plan',
  elicitation: 'asks you',
  limit: 'waits for a limit',
};

/** The state in words, such as "running" or "needs approval". */
export function stateWords(status: Task['status']): string {
  switch (status.state) {
    case 'waiting':
      return WAITING[status.for];
    case 'timedOut':
      return 'timed out';
    case 'overBudget':
      return 'over its limit';
    default:
      return status.state;
  }
}
