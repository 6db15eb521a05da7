import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../src/base/json.ts';
import type { GraphStep } from '../../../../src/core/catalog/command.ts';
import { unknownStep } from '../../../../src/core/chains/chainErrors.ts';
import type { ChainFact } from '../../../../src/core/chains/chainFact.ts';
import type { ChainRun } from '../../../../src/core/chains/chainRun.ts';
import { type ChainAction, type Conditions, nextActions } from '../../../../src/core/chains/schedule.ts';
import { ada, chainAfter, failure, runStep, stepFailed, stepStarted, stepSucceeded } from './sampleChain.ts';

const conditions = (given: { readonly when?: boolean; readonly items?: readonly JsonValue[] } = {}): Conditions => ({
  when: () => given.when ?? true,
  items: () => given.items ?? [],
});

function next(run: ChainRun, now = 10_000, given: Conditions = conditions()): readonly ChainAction[] {
  return nextActions(run, { now, conditions: given, live: { costUsd: 0, turns: 0 } });
}

const start = (stepId: string): ChainAction => ({ kind: 'start', stepId, attempt: 1 });
const failedChain = (reason: string): unknown => ({
  kind: 'finish',
  outcome: { state: 'failed', failure: expect.objectContaining({ reason }) },
});

describe('which steps of a chain run next', () => {
  it('begins with those that need nothing, side by side, and goes on as they end', () => {
    const steps = [runStep('a'), runStep('b'), runStep('c', ['a', 'b'])];
    expect(next(chainAfter(steps))).toEqual([start('a'), start('b')]);
    const running = [stepStarted('a'), stepStarted('b'), stepSucceeded('a')];
    expect(next(chainAfter(steps, running))).toEqual([]);
    expect(next(chainAfter(steps, [...running, stepSucceeded('b')]))).toEqual([start('c')]);
  });

  it('succeeds when every step has ended', () => {
    expect(next(chainAfter([runStep('a')], [stepStarted('a'), stepSucceeded('a')]))).toEqual([
      { kind: 'finish', outcome: { state: 'succeeded' } },
    ]);
  });

  it('skips a step whose condition is false, and goes on with those that need it', () => {
    const steps = [runStep('a', [], { when: 'inputs.x' }), runStep('b', ['a'])];
    const [skip] = next(chainAfter(steps), 0, conditions({ when: false }));
    expect(skip).toEqual({ kind: 'skip', stepId: 'a', why: 'Its condition is false: inputs.x' });
    const skipped: ChainFact = { type: 'claude-panel.chain.stepSkipped', data: { stepId: 'a', why: '' } };
    expect(next(chainAfter(steps, [skipped]))).toEqual([start('b')]);
  });

  it('looks at a condition only when the steps before have ended', () => {
    const steps = [runStep('a'), runStep('b', ['a'], { when: 'x' })];
    const never: Conditions = { ...conditions(), when: () => expect.unreachable() };
    expect(next(chainAfter(steps), 0, never)).toEqual([start('a')]);
  });

  it('fails a step whose expression cannot be read', () => {
    const broken: Conditions = {
      ...conditions(),
      items: () => {
        throw unknownStep('Sample', 'x');
      },
    };
    expect(next(chainAfter([runStep('a', [], { foreach: 'inputs.x' })]), 0, broken)).toEqual([
      { kind: 'fail', stepId: 'a', failure: expect.objectContaining({ reason: 'unknownStep' }) },
    ]);
  });
});

describe('when a step fails', () => {
  const steps = [runStep('a'), runStep('b'), runStep('c', ['a'])];

  it('stops what runs beside it, starts nothing more, and fails the chain', () => {
    const facts = [stepStarted('a'), stepStarted('b'), stepFailed('a')];
    expect(next(chainAfter(steps, facts))).toEqual([{ kind: 'stop', stepId: 'b' }]);
    const stopped: ChainFact = { type: 'claude-panel.chain.stepStopped', data: { stepId: 'b', costUsd: 0, turns: 0 } };
    expect(next(chainAfter(steps, [...facts, stopped]))).toEqual([failedChain('stepFailed')]);
  });

  it('goes on with "continue", as if it had succeeded', () => {
    const lenient = [runStep('a', [], { onFailure: 'continue' }), runStep('c', ['a'])];
    expect(next(chainAfter(lenient, [stepStarted('a'), stepFailed('a')]))).toEqual([start('c')]);
  });

  it('runs its recovery step, and goes on after that', () => {
    const guarded = [runStep('a', [], { onFailure: { step: 'mend' } }), runStep('mend', ['a']), runStep('c', ['a'])];
    const facts = [stepStarted('a'), stepFailed('a')];
    expect(next(chainAfter(guarded, facts))).toEqual([start('mend')]);
    expect(next(chainAfter(guarded, [...facts, stepStarted('mend'), stepSucceeded('mend')]))).toEqual([start('c')]);
    expect(next(chainAfter(guarded, [...facts, stepStarted('mend'), stepFailed('mend')]))).toEqual([
      failedChain('stepFailed'),
    ]);
  });

  it('skips a recovery step when nothing failed that it is for', () => {
    const guarded = [runStep('a', [], { onFailure: { step: 'mend' } }), runStep('mend', ['a'])];
    expect(next(chainAfter(guarded))).toEqual([start('a')]);
    expect(next(chainAfter(guarded, [stepStarted('a'), stepSucceeded('a')]))).toEqual([
      { kind: 'skip', stepId: 'mend', why: 'What it is there for did not fail.' },
    ]);
  });

  it('begins the next attempt when its time has come, and not before', () => {
    const retried = [runStep('a', [], { retry: { attempts: 3 } })];
    const run = chainAfter(retried, [
      stepStarted('a'),
      {
        type: 'claude-panel.chain.stepRetrying',
        data: { stepId: 'a', attempt: 2, nextAt: 9000, failure, costUsd: 0, turns: 0 },
      },
    ]);
    expect(next(run, 8999)).toEqual([{ kind: 'wait', until: 9000 }]);
    expect(next(run, 9000)).toEqual([{ kind: 'start', stepId: 'a', attempt: 2 }]);
  });

  it('tells steps that wait for each other', () => {
    expect(next(chainAfter([runStep('a', ['b']), runStep('b', ['a'])]))).toEqual([failedChain('stuck')]);
  });
});

describe('a list of items', () => {
  const steps = [runStep('each', [], { foreach: 'inputs.list' })];
  const expanded = (count: number): ChainFact => ({
    type: 'claude-panel.chain.stepExpanded',
    data: { stepId: 'each', items: Array.from({ length: count }, (_, index) => index) },
  });
  const itemEnded = (item: number, kind: 'stepSucceeded' | 'stepFailed'): ChainFact =>
    kind === 'stepSucceeded'
      ? {
          type: `claude-panel.chain.${kind}`,
          data: { stepId: 'each', item, output: `out ${item}`, costUsd: 0, turns: 0 },
        }
      : { type: `claude-panel.chain.${kind}`, data: { stepId: 'each', item, failure, costUsd: 0, turns: 0 } };

  it('is expanded first, and then run a few at a time', () => {
    expect(next(chainAfter(steps), 0, conditions({ items: ['a', 'b'] }))).toEqual([
      { kind: 'expand', stepId: 'each', items: ['a', 'b'] },
    ]);
    const begun = next(chainAfter(steps, [expanded(9)]));
    expect(begun).toEqual([0, 1, 2, 3].map(item => ({ kind: 'start', stepId: 'each', item, attempt: 1 })));
    const running = [0, 1, 2, 3].map(item => stepStarted('each', 1, item));
    expect(next(chainAfter(steps, [expanded(9), ...running]))).toEqual([]);
    expect(next(chainAfter(steps, [expanded(9), ...running, itemEnded(2, 'stepSucceeded')]))).toEqual([
      { kind: 'start', stepId: 'each', item: 4, attempt: 1 },
    ]);
  });

  it('gives the outputs in the order of the items', () => {
    const facts = [expanded(2), stepStarted('each', 1, 0), stepStarted('each', 1, 1)];
    const run = chainAfter(steps, [...facts, itemEnded(1, 'stepSucceeded'), itemEnded(0, 'stepSucceeded')]);
    expect(next(run)).toEqual([{ kind: 'succeed', stepId: 'each', output: ['out 0', 'out 1'] }]);
  });

  it('succeeds at once when it is empty', () => {
    expect(next(chainAfter(steps, [expanded(0)]))).toEqual([{ kind: 'succeed', stepId: 'each', output: [] }]);
  });

  it('fails with its first failed item, after the others were stopped', () => {
    const facts = [expanded(3), stepStarted('each', 1, 0), stepStarted('each', 1, 1), itemEnded(0, 'stepFailed')];
    expect(next(chainAfter(steps, facts))).toEqual([{ kind: 'stop', stepId: 'each', item: 1 }]);
    expect(next(chainAfter(steps, [...facts, itemEnded(1, 'stepSucceeded')]))).toEqual([
      { kind: 'fail', stepId: 'each', failure },
    ]);
  });

  it('runs every item with "continue", and gives null for those that failed', () => {
    const lenient = [runStep('each', [], { foreach: 'inputs.list', onFailure: 'continue' })];
    const facts = [expanded(2), stepStarted('each', 1, 0), itemEnded(0, 'stepFailed')];
    expect(next(chainAfter(lenient, facts))).toEqual([{ kind: 'start', stepId: 'each', item: 1, attempt: 1 }]);
    const all = [...facts, stepStarted('each', 1, 1), itemEnded(1, 'stepSucceeded')];
    expect(next(chainAfter(lenient, all))).toEqual([{ kind: 'succeed', stepId: 'each', output: [null, 'out 1'] }]);
  });
});

describe('limits', () => {
  it('ends an attempt whose time is over', () => {
    const steps = [runStep('a', [], { timeout: '5s' })];
    const run = chainAfter(steps, [stepStarted('a')]);
    expect(next(run, 6999)).toEqual([{ kind: 'wait', until: 7000 }]);
    expect(next(run, 7000)).toEqual([{ kind: 'timeOut', stepId: 'a' }]);
  });

  it('stops the whole chain when its money is used up, counting what runs now', () => {
    const steps = [runStep('a'), runStep('b'), runStep('c', ['a', 'b'])];
    const run = chainAfter(steps, [stepStarted('a'), stepStarted('b'), stepSucceeded('a', null, 2)], {
      limits: { usd: 3 },
    });
    expect(nextActions(run, { now: 9000, conditions: conditions(), live: { costUsd: 0.9, turns: 0 } })).toEqual([]);
    expect(nextActions(run, { now: 9000, conditions: conditions(), live: { costUsd: 1, turns: 0 } })).toEqual([
      { kind: 'stop', stepId: 'b' },
    ]);
  });

  it('ends the chain when its minutes of work are over', () => {
    const run = chainAfter([runStep('a')], [stepStarted('a')], { limits: { minutes: 1 } });
    expect(next(run, 10_000)).toEqual([{ kind: 'wait', until: 62_000 }]);
    expect(next(run, 62_000)).toEqual([{ kind: 'stop', stepId: 'a' }]);
  });

  it('does not fail a chain that has just ended within them', () => {
    const run = chainAfter([runStep('a')], [stepStarted('a'), stepSucceeded('a', null, 3)], { limits: { usd: 3 } });
    expect(next(run)).toEqual([{ kind: 'finish', outcome: { state: 'succeeded' } }]);
  });

  it('stops every step first when a person stops the chain', () => {
    const stopping: ChainFact = { type: 'claude-panel.chain.stopping', data: { by: ada } };
    const steps = [runStep('a'), runStep('b', ['a'])];
    expect(next(chainAfter(steps, [stepStarted('a'), stopping]))).toEqual([{ kind: 'stop', stepId: 'a' }]);
    const stopped: ChainFact = { type: 'claude-panel.chain.stepStopped', data: { stepId: 'a', costUsd: 0, turns: 0 } };
    expect(next(chainAfter(steps, [stepStarted('a'), stopping, stopped]))).toEqual([
      { kind: 'finish', outcome: { state: 'stopped' } },
    ]);
  });

  it('starts at most sixteen steps at once, and gates besides', () => {
    const many = Array.from({ length: 20 }, (_, index) => runStep(`s${index}`));
    const gate = { id: 'gate', needs: [], approve: 'Go on?' } as GraphStep;
    const actions = next(chainAfter([...many, gate]));
    expect(actions).toHaveLength(17);
    expect(actions.at(-1)).toEqual(start('gate'));
  });
});
