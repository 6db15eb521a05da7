import type { JsonValue } from '../../base/json.ts';
import type { Failure } from '../../base/panelError.ts';
import type { CatalogCommand, InputValues } from '../catalog/command.ts';
import type { CommandLimits } from '../catalog/commandSchema.ts';
import type { Actor } from '../events/actor.ts';
import type { Fact } from '../events/cloudEvent.ts';
import type { ChainOwner, ChainParent } from './chainRun.ts';

export interface CreatedChain {
  readonly command: CatalogCommand;
  readonly inputs: InputValues;
  /** Whether a person typed the inputs; what comes from elsewhere is called data in a prompt. */
  readonly inputsFrom: 'person' | 'elsewhere';
  readonly cwd: string;
  readonly by: Actor;
  readonly limits: CommandLimits;
  readonly unattended: 'ask' | 'allow' | 'deny';
  readonly reservedFor?: string;
  readonly parent?: ChainParent;
}

/** A step, or one item of its `foreach`. */
interface OfStep {
  readonly stepId: string;
  readonly item?: number;
}

/** What one attempt has cost. */
interface Use {
  readonly costUsd: number;
  readonly turns: number;
}

/** Facts about a chain. The subject of the event is the chain's id; times are milliseconds since the epoch. */
export type ChainFact =
  | Fact<'claude-panel.chain.created', CreatedChain>
  | Fact<'claude-panel.chain.leased', { readonly owner: ChainOwner }>
  | Fact<'claude-panel.chain.stopping', { readonly by: Actor }>
  | Fact<'claude-panel.chain.stepExpanded', { readonly stepId: string; readonly items: readonly JsonValue[] }>
  /** Also of an attempt that is begun anew after its process died. */
  | Fact<'claude-panel.chain.stepStarted', OfStep & { readonly attempt: number }>
  /** Written before the task is: whoever takes over makes it under this id when it is missing. */
  | Fact<'claude-panel.chain.stepTask', OfStep & { readonly taskId: string }>
  | Fact<'claude-panel.chain.stepAsked', OfStep & { readonly approvalId: string }>
  /** Written before the chain is, as with a task. */
  | Fact<'claude-panel.chain.stepChain', OfStep & { readonly chainId: string }>
  | Fact<
      'claude-panel.chain.stepRetrying',
      OfStep & Use & { readonly attempt: number; readonly nextAt: number; readonly failure: Failure }
    >
  | Fact<'claude-panel.chain.stepSucceeded', OfStep & Use & { readonly output: JsonValue }>
  | Fact<'claude-panel.chain.stepFailed', OfStep & Use & { readonly failure: Failure }>
  | Fact<'claude-panel.chain.stepStopped', OfStep & Use>
  | Fact<'claude-panel.chain.stepSkipped', { readonly stepId: string; readonly why: string }>
  /** A person runs a step anew: it, all that follow from it, and what was cut off or failed elsewhere wait again. */
  | Fact<'claude-panel.chain.stepReset', { readonly stepId: string; readonly by: Actor; readonly reservedFor?: string }>
  | Fact<'claude-panel.chain.succeeded', Record<string, never>>
  | Fact<'claude-panel.chain.failed', { readonly failure: Failure }>
  | Fact<'claude-panel.chain.stopped', { readonly by: Actor }>;

const END_TYPES: ReadonlySet<string> = new Set<ChainFact['type']>([
  'claude-panel.chain.succeeded',
  'claude-panel.chain.failed',
  'claude-panel.chain.stopped',
]);

/** Whether a fact of this type ends its chain. */
export function endsChain(type: string): boolean {
  return END_TYPES.has(type);
}

const PREFIX = 'claude-panel.chain.';

export function isChainFact(fact: { readonly type: string }): fact is ChainFact {
  return fact.type.startsWith(PREFIX);
}
