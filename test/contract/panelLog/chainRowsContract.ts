import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/base/ids.ts';
import type { ChainFact } from '../../../src/core/chains/chainFact.ts';
import { reduceChain } from '../../../src/core/chains/chainReducer.ts';
import type { ChainRun } from '../../../src/core/chains/chainRun.ts';
import type { Commit, PanelLog } from '../../../src/core/tasks/panelLog.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import {
  ada,
  createdChain,
  leased,
  owner,
  runStep,
  stepStarted,
  stepSucceeded,
} from '../../unit/core/chains/sampleChain.ts';
import type { LogOptions, LogUnderTest } from './panelLogContract.ts';
import { created } from './sampleFacts.ts';

const START = Date.UTC(2026, 10, 21, 12);
const STEPS = [runStep('first'), runStep('second', ['first'])];

/** What every engine behind the port `PanelLog` does with chains. */
export function chainRowsContract(engine: string, open: (options: LogOptions) => LogUnderTest): void {
  describe(`chains in ${engine}`, () => {
    let clock: ManualClock;
    let log: PanelLog;
    let opened: LogUnderTest;

    beforeEach(() => {
      clock = new ManualClock(START);
      opened = open({ source: '/claude-panel/test/1', clock, newId: newUuid });
      log = opened.log;
    });

    afterEach(() => opened.dispose());

    const add = (subject: string, ...facts: ChainFact[]): Commit => log.append([{ subject, facts }]);

    it('makes a chain of its first fact, and gives it back as the reducer makes it', () => {
      add('chain-1', createdChain(STEPS, { inputs: { text: 'lone \ud800, "quotes" and \u0000' } }), leased);
      clock.advance(1000);
      add('chain-1', stepStarted('first'), stepSucceeded('first', 'done'));
      const folded = log
        .events({ after: 0, limit: 100, subject: 'chain-1' })
        .reduce<ChainRun | undefined>(
          (run, event) => reduceChain(run, 'chain-1', event, Date.parse(event.time)),
          undefined,
        );
      expect(log.chains.get('chain-1')).toEqual(folded);
      expect(folded?.steps['first']).toMatchObject({ state: 'succeeded', output: 'done', startedAt: START + 1000 });
      expect(log.chains.get('chain-2')).toBeUndefined();
    });

    it('tells in a commit which chains it changed, as they are after it', () => {
      expect(add('chain-1', createdChain(STEPS)).chains).toEqual([log.chains.get('chain-1')]);
      expect(log.append([{ subject: 'task-1', facts: [created()] }]).chains).toEqual([]);
      // A fact that makes no sense now is kept and changes nothing.
      const commit = add('chain-1', stepSucceeded('first'));
      expect(commit.chains).toEqual([]);
      expect(commit.events).toHaveLength(1);
    });

    it('makes no task of the facts of a chain', () => {
      const commit = add('chain-1', createdChain(STEPS), leased);
      expect(commit.tasks).toEqual([]);
      expect(log.tasks.get('chain-1')).toBeUndefined();
    });

    it('shows a decision the chain as the transaction sees it', () => {
      add('chain-1', createdChain(STEPS));
      const before = log.decide(state => ({
        entries: [{ subject: 'chain-1', facts: [leased] }],
        value: state.chain('chain-1')?.status.state,
      }));
      expect(before).toBe('queued');
      expect(log.chains.get('chain-1')?.status).toEqual({ state: 'running', owner });
    });

    it('lists chains newest first in pages, and the unfinished ones oldest first', () => {
      for (const id of ['chain-1', 'chain-2', 'chain-3']) {
        add(id, createdChain(STEPS));
        clock.advance(1000);
      }
      add('chain-4', createdChain(STEPS));
      add('chain-5', createdChain(STEPS));
      add('chain-2', leased, { type: 'claude-panel.chain.stopped', data: { by: ada } });
      const ids = (runs: readonly ChainRun[]): readonly string[] => runs.map(run => run.id);
      expect(ids(log.chains.list())).toEqual(['chain-5', 'chain-4', 'chain-3', 'chain-2', 'chain-1']);
      expect(ids(log.chains.list({ limit: 1 }))).toEqual(['chain-5', 'chain-4']);
      expect(ids(log.chains.list({ limit: 0 }))).toEqual([]);
      expect(ids(log.chains.list({ before: START + 3000, limit: 2 }))).toEqual(['chain-3', 'chain-2']);
      expect(ids(log.chains.unfinished())).toEqual(['chain-1', 'chain-3', 'chain-4', 'chain-5']);
    });

    it('has a chain among the unfinished again when a step is run anew', () => {
      add('chain-1', createdChain(STEPS), leased, { type: 'claude-panel.chain.stopped', data: { by: ada } });
      expect(log.chains.unfinished()).toEqual([]);
      add('chain-1', { type: 'claude-panel.chain.stepReset', data: { stepId: 'first', by: ada } });
      expect(log.chains.unfinished()).toEqual([log.chains.get('chain-1')]);
    });

    it('forgets a chain whose commit failed', () => {
      const broken = { type: 'claude-panel.chain.stepSucceeded', data: null } as unknown as ChainFact;
      expect(() => add('chain-1', createdChain(STEPS), leased, broken)).toThrow();
      expect(log.chains.get('chain-1')).toBeUndefined();
      expect(log.chains.list()).toEqual([]);
    });
  });
}
