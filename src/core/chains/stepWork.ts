import type { JsonValue } from '../../base/json.ts';
import type { Failure } from '../../base/panelError.ts';
import type { GraphStep } from '../catalog/command.ts';
import type { WorkLimits } from '../catalog/tighterLimits.ts';
import type { ValueScope } from '../catalog/valueScope.ts';
import type { ChainRun, Pursued } from './chainRun.ts';

/** One attempt at a step, or at one item of its `foreach`. */
export interface StepWork {
  /** As it was when the attempt began. */
  readonly run: ChainRun;
  readonly step: GraphStep;
  readonly item?: number;
  readonly attempt: number;
  readonly scope: ValueScope;
  /** What a process that is gone waited for in this same attempt: it is waited for again, not begun anew. */
  readonly pursued: Pursued;
  /** When its time is over, in milliseconds since the epoch. */
  readonly deadline?: number;
  /** What is left of the chain's limits. */
  readonly limits: WorkLimits;
  /** The attempt has to end, with everything that it started. */
  readonly signal: AbortSignal;
  /** This process closes: its own programs end, what others can own goes on without it. */
  readonly closing: AbortSignal;
  /** Writes down what the attempt waits for. Before that is made, so that it is never made twice. */
  pursue(what: Pursued): void;
  /** One line about what it does now, for the eye. */
  report(text: string): void;
  /** What it has used up to now. */
  spend(use: { readonly costUsd: number; readonly turns: number }): void;
}

interface Used {
  readonly costUsd: number;
  readonly turns: number;
}

export type StepOutcome =
  | ({ readonly kind: 'succeeded'; readonly output: JsonValue } & Used)
  /** `isFinal`: trying again would change nothing. */
  | ({ readonly kind: 'failed'; readonly failure: Failure; readonly isFinal: boolean } & Used)
  /** It ended because its signal said so. */
  | ({ readonly kind: 'stopped' } & Used);

/** Runs steps of one kind. Resolves only when nothing that the attempt started is left, or when the process closes. */
export interface StepExecutor {
  execute(work: StepWork): Promise<StepOutcome>;
}

export type StepKind = 'prompt' | 'run' | 'command' | 'action' | 'approve';

export type StepExecutors = Readonly<Record<StepKind, StepExecutor>>;

export function kindOf(step: GraphStep): StepKind {
  if ('prompt' in step) {
    return 'prompt';
  }
  if ('run' in step) {
    return 'run';
  }
  if ('command' in step) {
    return 'command';
  }
  return 'action' in step ? 'action' : 'approve';
}
