import type { Event } from '../../base/event.ts';
import type { ChainFact } from '../chains/chainFact.ts';
import type { ChainLog } from '../chains/chainLog.ts';
import type { ChainRun } from '../chains/chainRun.ts';
import type { PanelLog } from './panelLog.ts';

/** The chains of the panel's log. */
export class PanelChainLog implements ChainLog {
  readonly #log: PanelLog;

  readonly onDidChange: Event<ChainRun>;

  constructor(log: PanelLog) {
    this.#log = log;
    this.onDidChange = listener =>
      log.onDidCommit(({ chains }) => {
        for (const run of chains) {
          listener(run);
        }
      });
  }

  get(id: string): ChainRun | undefined {
    return this.#log.chains.get(id);
  }

  unfinished(): readonly ChainRun[] {
    return this.#log.chains.unfinished();
  }

  decide(id: string, decision: (run: ChainRun | undefined) => readonly ChainFact[]): ChainRun | undefined {
    this.#log.decide(state => {
      const facts = decision(state.chain(id));
      return { entries: facts.length === 0 ? [] : [{ subject: id, facts }], value: undefined };
    });
    return this.#log.chains.get(id);
  }
}
