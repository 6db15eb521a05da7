import type { JsonValue } from '../../base/json.ts';
import type { Failure } from '../../base/panelError.ts';
import type { CatalogCommand, InputValues } from '../catalog/command.ts';
import type { CommandLimits } from '../catalog/commandSchema.ts';
import type { Actor } from '../events/actor.ts';

/** The process that works on a chain, as a task's owner. */
export interface ChainOwner {
  readonly hostId: string;
  readonly pid: number;
  readonly processStarted: string;
  readonly surface: string;
}

/** What all attempts of a step have used up. */
export interface Spent {
  readonly costUsd: number;
  readonly turns: number;
  /** Of every attempt and item, in the order in which they began. */
  readonly taskIds: readonly string[];
}

/** What the present attempt waits for, so that whoever takes it over waits for the same. */
export interface Pursued {
  readonly taskId?: string;
  readonly approvalId?: string;
  /** The chain of a `command` step. */
  readonly chainId?: string;
}

/** One run of a step: the step itself, or one item of its `foreach`. Times are milliseconds since the epoch. */
export type WorkStatus =
  | { readonly state: 'waiting' }
  | ({ readonly state: 'running'; readonly attempt: number; readonly startedAt: number } & Pursued & Spent)
  | ({
      readonly state: 'retrying';
      /** The one that begins at `nextAt`. */
      readonly attempt: number;
      readonly startedAt: number;
      readonly nextAt: number;
      readonly failure: Failure;
    } & Spent)
  | ({
      readonly state: 'succeeded';
      readonly startedAt: number;
      readonly endedAt: number;
      readonly output: JsonValue;
    } & Spent)
  | ({
      readonly state: 'failed';
      readonly startedAt: number;
      readonly endedAt: number;
      readonly failure: Failure;
    } & Spent)
  /** Cut off, because the chain was stopped or failed elsewhere. It waits again when a person goes on with the chain. */
  | ({ readonly state: 'stopped'; readonly startedAt: number; readonly endedAt: number } & Spent);

export interface StepItem {
  readonly value: JsonValue;
  readonly status: WorkStatus;
}

/** A step with `foreach` has `items`, and is `running` until each of them has ended. */
export type StepStatus =
  | (WorkStatus & { readonly items?: readonly StepItem[] })
  | { readonly state: 'skipped'; readonly why: string };

type ChainStatus =
  | { readonly state: 'queued' }
  | {
      readonly state: 'running';
      readonly owner: ChainOwner;
      /** A person wants it to end; its steps are being stopped. */
      readonly stopping?: { readonly by: Actor; readonly since: number };
    }
  | { readonly state: 'succeeded'; readonly endedAt: number }
  | { readonly state: 'failed'; readonly endedAt: number; readonly failure: Failure }
  | { readonly state: 'stopped'; readonly endedAt: number; readonly by: Actor };

/** The step that started a chain. */
export interface ChainParent {
  readonly chainId: string;
  readonly stepId: string;
}

/** Milliseconds in which a step worked count; waiting for a person does not. */
export interface ChainUse {
  readonly costUsd: number;
  readonly turns: number;
  readonly workedMs: number;
}

/** One run of a command whose body is steps. The command is kept as it was when it began. Only `reduceChain` makes a new one. */
export interface ChainRun extends ChainUse {
  readonly id: string;
  readonly command: CatalogCommand;
  readonly inputs: InputValues;
  readonly inputsFrom: 'person' | 'elsewhere';
  readonly cwd: string;
  readonly by: Actor;
  readonly created: number;
  readonly status: ChainStatus;
  readonly steps: Readonly<Record<string, StepStatus>>;
  /** Those of the command, or tighter ones of the chain that started it. */
  readonly limits: CommandLimits;
  /** What questions of its tasks get when nobody can be asked. */
  readonly unattended: 'ask' | 'allow' | 'deny';
  /** Only this host takes it, as long as that host lives. */
  readonly reservedFor?: string;
  /** How often a person went on with it after it was over. */
  readonly round: number;
  /** Since when a step works; absent while none does. */
  readonly workingSince?: number;
  /** What had been used when a person last ran a step anew: the limits count from there. */
  readonly usedBefore?: ChainUse;
  readonly parent?: ChainParent;
}

export function isChainOver(status: ChainStatus): status is Extract<ChainStatus, { readonly endedAt: number }> {
  return 'endedAt' in status;
}

/** Says that it runs while its program is gone: the next one goes on with it. */
export function isSetAside({ status }: ChainRun, living: ReadonlySet<string>): boolean {
  return status.state === 'running' && !living.has(status.owner.hostId);
}

export function hasEnded(status: StepStatus): boolean {
  return status.state === 'skipped' || 'endedAt' in status;
}

/** Came to an end of its own; what was stopped did not. */
export function isDone(status: StepStatus): boolean {
  return hasEnded(status) && status.state !== 'stopped';
}
