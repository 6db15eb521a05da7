import { toFailure } from '../../base/panelError.ts';
import type { ClaudeEvent } from '../claude/claudeEvents.ts';
import { errorOfExit } from '../claude/claudeExit.ts';
import type { Actor } from '../events/actor.ts';
import type { Task } from './task.ts';
import type { TaskFact } from './taskFact.ts';

/** How a run comes to its end. */
export type Ending =
  /** The outcome is known; the process only has to leave. */
  { readonly kind: 'settled'; readonly fact: TaskFact } | LadderEnding;

/** The process has to be ended first; then the fact is true. */
export interface LadderEnding {
  readonly kind: 'ladder';
  readonly fact: (leftOver: number) => TaskFact;
  /** Why open questions need no answer any more. */
  readonly why: string;
  readonly by?: Actor;
  /** The turn is cut off and its questions stay open, for the next process to take up. */
  readonly keepsQuestions?: true;
  /** A pause, not a stop: the ladder is not shown as one. */
  readonly settlesTurn?: true;
}

type TurnEnded = Extract<ClaudeEvent, { readonly type: 'turnEnded' }>;

/** What the last turn makes of the task. Pure. */
export function endingOfTurn(turn: TurnEnded, task: Task): Ending {
  const { outcome } = turn;
  switch (outcome.kind) {
    case 'succeeded':
      return {
        kind: 'settled',
        fact: {
          type: 'claude-panel.task.succeeded',
          data: {
            result: turn.text,
            ...(turn.structuredOutput === undefined ? {} : { structuredOutput: turn.structuredOutput }),
          },
        },
      };
    case 'failed':
      return { kind: 'settled', fact: { type: 'claude-panel.task.failed', data: { failure: outcome.failure } } };
    case 'limit':
      return { kind: 'settled', fact: limitFact(outcome.limit, task) };
    case 'interrupted':
      return { kind: 'settled', fact: interrupted() };
  }
}

function limitFact(limit: 'turns' | 'budget' | 'structuredOutput', task: Task): TaskFact {
  if (limit === 'structuredOutput') {
    return {
      type: 'claude-panel.task.failed',
      data: {
        failure: {
          family: 'claude',
          reason: 'structuredOutput',
          message: 'Claude did not produce output in the form that was asked for.',
          remedy: 'Make the form simpler, or say in the task what each field is.',
        },
      },
    };
  }
  const limitValue = limit === 'turns' ? (task.limits.turns ?? 0) : (task.limits.usd ?? 0);
  return { type: 'claude-panel.task.overBudget', data: { limit: limit === 'turns' ? 'turns' : 'usd', limitValue } };
}

function interrupted(): TaskFact {
  return {
    type: 'claude-panel.task.failed',
    data: {
      failure: {
        family: 'claude',
        reason: 'interrupted',
        message: 'The turn was interrupted from outside the control panel.',
        remedy: 'Continue the task to take up its session again.',
      },
    },
  };
}

/** What the end of the process makes of the task, when nothing else has decided it. Pure. */
export function endingOfExit(
  event: Extract<ClaudeEvent, { readonly type: 'exited' }>,
  lastTurn: TurnEnded | undefined,
  task: Task,
): Ending {
  if (lastTurn !== undefined) {
    return endingOfTurn(lastTurn, task);
  }
  return {
    kind: 'settled',
    fact: {
      type: 'claude-panel.task.failed',
      data: { failure: event.gaveUp ?? toFailure(errorOfExit(event)) },
    },
  };
}
