import type { JsonValue } from '../../base/json.ts';
import type { Failure } from '../../base/panelError.ts';
import type { CatalogCommand, InputValues } from '../catalog/command.ts';
import type { Actor } from '../events/actor.ts';
import type { Fact } from '../events/cloudEvent.ts';

/** The process that works on a chain, as a task's owner. */
export interface ChainOwner {
  readonly hostId: string;
  readonly pid: number;
  readonly processStarted: string;
  readonly surface: string;
}

export type StepStatus =
  | { readonly state: 'waiting' }
  | {
      readonly state: 'running';
      readonly attempt: number;
      readonly startedAt: number;
      readonly taskIds: readonly string[];
      readonly approvalId?: string;
    }
  | { readonly state: 'retrying'; readonly attempt: number; readonly nextAt: number; readonly failure: Failure }
  | {
      readonly state: 'succeeded';
      readonly startedAt: number;
      readonly endedAt: number;
      readonly output: JsonValue;
      readonly costUsd: number;
      readonly taskIds: readonly string[];
    }
  | {
      readonly state: 'failed';
      readonly startedAt: number;
      readonly endedAt: number;
      readonly failure: Failure;
      readonly costUsd: number;
      readonly taskIds: readonly string[];
    }
  | { readonly state: 'skipped'; readonly why: string };

export type ChainStatus =
  | { readonly state: 'queued' }
  | { readonly state: 'running'; readonly owner: ChainOwner }
  | { readonly state: 'succeeded'; readonly endedAt: number }
  | { readonly state: 'failed'; readonly endedAt: number; readonly failure: Failure }
  | { readonly state: 'stopped'; readonly endedAt: number; readonly by: Actor };

/** One run of a command whose body is steps. The command is kept as it was when it began. */
export interface ChainRun {
  readonly id: string;
  readonly command: CatalogCommand;
  readonly inputs: InputValues;
  readonly cwd: string;
  readonly by: Actor;
  readonly created: number;
  readonly status: ChainStatus;
  readonly steps: Readonly<Record<string, StepStatus>>;
  readonly costUsd: number;
  /** The chain whose step started this one. */
  readonly parent?: { readonly chainId: string; readonly stepId: string };
}

/** Facts about a chain. The subject of the event is the chain's id. */
export type ChainFact =
  | Fact<
      'claude-panel.chain.created',
      {
        readonly command: CatalogCommand;
        readonly inputs: InputValues;
        readonly cwd: string;
        readonly by: Actor;
        readonly parent?: { readonly chainId: string; readonly stepId: string };
      }
    >
  | Fact<'claude-panel.chain.leased', { readonly owner: ChainOwner }>
  | Fact<'claude-panel.chain.stepStarted', { readonly stepId: string; readonly attempt: number }>
  | Fact<'claude-panel.chain.stepTask', { readonly stepId: string; readonly taskId: string; readonly item?: number }>
  | Fact<'claude-panel.chain.stepAsked', { readonly stepId: string; readonly approvalId: string }>
  | Fact<
      'claude-panel.chain.stepRetrying',
      { readonly stepId: string; readonly attempt: number; readonly nextAt: number; readonly failure: Failure }
    >
  | Fact<
      'claude-panel.chain.stepSucceeded',
      { readonly stepId: string; readonly output: JsonValue; readonly costUsd: number }
    >
  | Fact<
      'claude-panel.chain.stepFailed',
      { readonly stepId: string; readonly failure: Failure; readonly costUsd: number }
    >
  | Fact<'claude-panel.chain.stepSkipped', { readonly stepId: string; readonly why: string }>
  /** A person runs a step anew: it and all that follow from it wait again. */
  | Fact<'claude-panel.chain.stepReset', { readonly stepId: string; readonly by: Actor }>
  | Fact<'claude-panel.chain.succeeded', Record<string, never>>
  | Fact<'claude-panel.chain.failed', { readonly failure: Failure }>
  | Fact<'claude-panel.chain.stopped', { readonly by: Actor }>;
