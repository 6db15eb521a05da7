import { type Failure, PanelError } from '../../base/panelError.ts';

export type ChainErrorReason =
  | 'unknownChain'
  | 'unknownStep'
  | 'notPossibleNow'
  | 'stepFailed'
  | 'overLimit'
  | 'outOfTime'
  | 'stuck'
  | 'timedOut'
  | 'denied'
  | 'hostClosing'
  | 'cycle'
  | 'tooDeep'
  | 'taskEnded'
  | 'chainEnded'
  | 'programFailed'
  | 'badOutput'
  | 'notApproved';

export class ChainError extends PanelError<ChainErrorReason> {
  readonly family = 'chain';
}

export function unknownChain(id: string): ChainError {
  return new ChainError('unknownChain', {
    message: `There is no chain ${id} in this workspace.`,
    remedy: 'List the chains to see their ids.',
  });
}

export function unknownStep(title: string, stepId: string): ChainError {
  return new ChainError('unknownStep', {
    message: `"${title}" has no step "${stepId}".`,
    remedy: 'Look at the chain to see its steps.',
  });
}

export function notPossibleNow(what: string, state: string): ChainError {
  return new ChainError('notPossibleNow', {
    message: `${what} is not possible while the chain is ${state}.`,
    remedy: 'Look at the state of the chain first.',
  });
}

/** The chain's own failure, from that of its step. */
export function stepFailed(title: string, failure: Failure): ChainError {
  return new ChainError('stepFailed', {
    message: `The step "${title}" failed: ${failure.message}`,
    detail: failure.detail,
    remedy: failure.remedy ?? 'Look at the step, then run it again.',
  });
}

export function overLimit(limit: 'usd' | 'turns' | 'minutes', value: number): ChainError {
  const words = { usd: `${value} US dollars`, turns: `${value} model rounds`, minutes: `${value} minutes of work` };
  return new ChainError(limit === 'minutes' ? 'outOfTime' : 'overLimit', {
    message: `The chain has used up its limit of ${words[limit]}.`,
    remedy: 'Run the step again to go on with the same limit anew, or raise the limit in the command.',
  });
}

export function stuck(waiting: readonly string[]): ChainError {
  return new ChainError('stuck', {
    message: 'The chain cannot go on: its steps wait for each other.',
    detail: `Waiting: ${waiting.join(', ')}.`,
    remedy: 'Correct "needs" and "onFailure" of these steps in the command.',
  });
}

export function timedOut(timeout: string): ChainError {
  return new ChainError('timedOut', {
    message: `The step took longer than ${timeout} and was stopped.`,
    remedy: 'Give it more time with "timeout", or make it smaller.',
  });
}

/** @param why what the person said, or why nobody answered */
export function denied(why: string): ChainError {
  return new ChainError('denied', {
    message: 'The gate was not approved.',
    ...(why === '' ? {} : { detail: why }),
    remedy: 'Run this step again to be asked once more.',
  });
}

export function cycle(names: readonly string[]): ChainError {
  return new ChainError('cycle', {
    message: 'This command would run itself again without end.',
    detail: names.join(' → '),
    remedy: 'Take one of these commands out of the steps of the other.',
  });
}

export function tooDeep(most: number): ChainError {
  return new ChainError('tooDeep', {
    message: `Commands run commands at most ${most} deep.`,
    remedy: 'Put the steps of the innermost commands together.',
  });
}

/** A step's task that ended without a failure of its own. */
export function taskEnded(how: string): ChainError {
  return new ChainError('taskEnded', {
    message: `The task of this step ${how}.`,
    remedy: 'Open the task to see what it did, then run the step again.',
  });
}

export function chainEnded(title: string, how: string, detail?: string): ChainError {
  return new ChainError('chainEnded', {
    message: `The command "${title}" ${how}.`,
    detail,
    remedy: 'Open its chain to see which step it was.',
  });
}

/** @param how such as `ended with code 2`; `errorText` is the end of what it wrote to stderr */
export function programFailed(program: string, how: string, errorText: string): ChainError {
  return new ChainError('programFailed', {
    message: `${program} ${how}.`,
    ...(errorText.trim() === '' ? {} : { detail: errorText.trim() }),
    remedy: 'Run it in a terminal to see more, or name this code in "successCodes" when it is fine.',
  });
}

export function badOutput(why: string): ChainError {
  return new ChainError('badOutput', {
    message: 'The output of the step has not the form that its command asks for.',
    detail: why,
    remedy: 'Correct "output" in the command, or what the step prints.',
  });
}

export function notApproved(what: string): ChainError {
  return new ChainError('notApproved', {
    message: `${what} was not approved, so nothing of it was run.`,
    remedy: 'Look at the content, then run the step again and approve it.',
  });
}
