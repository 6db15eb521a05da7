import type { NewId } from '../../base/ids.ts';
import type { Actor } from '../events/actor.ts';
import { notPossibleNow, unknownChain, unknownStep } from './chainErrors.ts';
import type { CreatedChain } from './chainFact.ts';
import type { ChainLog } from './chainLog.ts';
import { type ChainRun, hasEnded, isChainOver } from './chainRun.ts';
import { stepOf } from './graph.ts';

/** What every surface can do with chains, in any process: the owner hears of it by the log. */
export class ChainService {
  readonly #log: ChainLog;
  readonly #newId: NewId;

  constructor(parts: { readonly log: ChainLog; readonly newId: NewId }) {
    this.#log = parts.log;
    this.#newId = parts.newId;
  }

  /** With an id that is there already nothing changes: whoever takes a step over makes its chain only once. */
  create(data: CreatedChain, id: string = this.#newId()): ChainRun {
    this.#log.decide(id, run => (run === undefined ? [{ type: 'claude-panel.chain.created', data }] : []));
    return this.get(id);
  }

  /** @throws ChainError `unknownChain` */
  get(id: string): ChainRun {
    const run = this.#log.get(id);
    if (run === undefined) {
      throw unknownChain(id);
    }
    return run;
  }

  /** Stops a chain and all that its steps run. Nothing for one that is over. */
  stop(id: string, by: Actor): void {
    this.#log.decide(id, run => {
      if (run === undefined) {
        throw unknownChain(id);
      }
      if (isChainOver(run.status)) {
        return [];
      }
      return run.status.state === 'queued'
        ? [{ type: 'claude-panel.chain.stopped', data: { by } }]
        : [{ type: 'claude-panel.chain.stopping', data: { by } }];
    });
  }

  /**
   * Runs a step that has ended once more, and all that follow from it; the limits of the chain count anew.
   * @param reservedFor the only host that may take the chain, when it is over
   * @throws ChainError `unknownChain`, `unknownStep`, or `notPossibleNow` while the step has not ended or the chain is being stopped
   */
  runAgain(id: string, stepId: string, by: Actor, reservedFor?: string): void {
    this.#log.decide(id, run => {
      if (run === undefined) {
        throw unknownChain(id);
      }
      const status = Object.hasOwn(run.steps, stepId) ? run.steps[stepId] : undefined;
      if (status === undefined || stepOf(run, stepId) === undefined) {
        throw unknownStep(run.command.title, stepId);
      }
      if (run.status.state === 'running' && run.status.stopping !== undefined) {
        throw notPossibleNow('Running a step again', 'being stopped');
      }
      const mayWait = isChainOver(run.status) && status.state === 'waiting';
      if (!hasEnded(status) && !mayWait) {
        throw notPossibleNow('Running this step again', `not done with it (${status.state})`);
      }
      const reserved = reservedFor === undefined || !isChainOver(run.status) ? {} : { reservedFor };
      return [{ type: 'claude-panel.chain.stepReset', data: { stepId, by, ...reserved } }];
    });
  }
}
