import type { Event } from '../../base/event.ts';
import type { ChainFact } from './chainFact.ts';
import type { ChainRun } from './chainRun.ts';

/** The log, as far as chains need it. */
export interface ChainLog {
  get(id: string): ChainRun | undefined;
  /** Chains in no final state, oldest first. */
  unfinished(): readonly ChainRun[];
  /** Reads, decides and appends in one transaction; gives back the chain as it is then. */
  decide(id: string, decision: (run: ChainRun | undefined) => readonly ChainFact[]): ChainRun | undefined;
  /** A chain that this process or another one changed, as it is now. */
  readonly onDidChange: Event<ChainRun>;
}
