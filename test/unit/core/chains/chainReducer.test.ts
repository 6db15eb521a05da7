import { describe, expect, it } from 'vitest';
import { reduceChain, useOf } from '../../../../src/core/chains/chainReducer.ts';
import {
  ada,
  chainAfter,
  createdChain,
  failure,
  leased,
  owner,
  runStep,
  stepFailed,
  stepStarted,
  stepSucceeded,
} from './sampleChain.ts';

const LINE = [runStep('first'), runStep('second', ['first']), runStep('third', ['second'])];

describe('a chain, as its facts make it', () => {
  it('waits for an owner with all its steps', () => {
    const run = reduceChain(undefined, 'chain-1', createdChain(LINE), 5);
    expect(run).toMatchObject({ id: 'chain-1', created: 5, status: { state: 'queued' }, costUsd: 0 });
    expect(Object.values(run?.steps ?? {})).toEqual([{ state: 'waiting' }, { state: 'waiting' }, { state: 'waiting' }]);
  });

  it('adds up what the attempts of a step have cost', () => {
    const run = chainAfter(LINE, [
      stepStarted('first'),
      { type: 'claude-panel.chain.stepTask', data: { stepId: 'first', taskId: 't1' } },
      {
        type: 'claude-panel.chain.stepRetrying',
        data: { stepId: 'first', attempt: 2, nextAt: 9000, failure, costUsd: 0.25, turns: 3 },
      },
      stepStarted('first', 2),
      { type: 'claude-panel.chain.stepTask', data: { stepId: 'first', taskId: 't2' } },
      stepSucceeded('first', 'done', 0.5),
    ]);
    expect(run.steps['first']).toMatchObject({ state: 'succeeded', costUsd: 0.75, turns: 3, taskIds: ['t1', 't2'] });
    expect(run.costUsd).toBe(0.75);
  });

  it('remembers what an attempt waits for, and forgets it with the next attempt', () => {
    const asked = chainAfter(LINE, [
      stepStarted('first'),
      { type: 'claude-panel.chain.stepAsked', data: { stepId: 'first', approvalId: 'a1' } },
    ]);
    expect(asked.steps['first']).toMatchObject({ approvalId: 'a1' });
    expect(reduceChain(asked, 'chain-1', stepStarted('first', 2), 9)?.steps['first']).not.toHaveProperty('approvalId');
  });

  it('keeps each item of a list with its own state, and adds them up', () => {
    const run = chainAfter(LINE, [
      { type: 'claude-panel.chain.stepExpanded', data: { stepId: 'first', items: ['a', 'b'] } },
      stepStarted('first', 1, 1),
      { type: 'claude-panel.chain.stepTask', data: { stepId: 'first', item: 1, taskId: 't1' } },
      {
        type: 'claude-panel.chain.stepSucceeded',
        data: { stepId: 'first', item: 1, output: 'B', costUsd: 1, turns: 2 },
      },
    ]);
    expect(run.steps['first']).toMatchObject({
      state: 'running',
      costUsd: 1,
      turns: 2,
      taskIds: ['t1'],
      items: [
        { value: 'a', status: { state: 'waiting' } },
        { value: 'b', status: { state: 'succeeded', output: 'B' } },
      ],
    });
    expect(run.costUsd).toBe(1);
  });

  it('counts the time in which a step works, and none in which it only waits for a person', () => {
    const gate = { id: 'gate', needs: ['first'], approve: 'Go on?' };
    const run = chainAfter(
      [runStep('first'), gate],
      [stepStarted('first'), stepSucceeded('first'), stepStarted('gate')],
    );
    expect(run.workedMs).toBe(1000);
    expect(useOf(run, 1_000_000).workedMs).toBe(1000);
  });

  it('counts no time in which nobody worked on it', () => {
    const run = chainAfter(LINE, [stepStarted('first')]);
    const taken = reduceChain(run, 'chain-1', { ...leased, data: { owner: { ...owner, hostId: 'host-2' } } }, 100_000);
    expect(taken?.status).toMatchObject({ owner: { hostId: 'host-2' } });
    expect(useOf(taken ?? run, 103_000).workedMs).toBe(3000);
  });

  it('lets a step and all that follow from it wait again when a person runs it anew, with a fresh budget', () => {
    const failed = chainAfter(LINE, [
      stepStarted('first'),
      stepSucceeded('first', 'one', 1),
      stepStarted('second'),
      stepFailed('second', 2),
      { type: 'claude-panel.chain.failed', data: { failure } },
    ]);
    const again = reduceChain(
      failed,
      'chain-1',
      { type: 'claude-panel.chain.stepReset', data: { stepId: 'second', by: ada } },
      99_000,
    );
    expect(again?.status).toEqual({ state: 'queued' });
    expect(again?.steps).toEqual({
      first: failed.steps['first'],
      second: { state: 'waiting' },
      third: { state: 'waiting' },
    });
    expect(again?.costUsd).toBe(3);
    expect(again === undefined ? undefined : useOf(again, 99_000)).toEqual({ costUsd: 0, turns: 0, workedMs: 0 });
  });

  it('lets what was cut off elsewhere wait again, too', () => {
    const run = chainAfter(
      [runStep('left'), runStep('right')],
      [
        stepStarted('left'),
        stepStarted('right'),
        stepFailed('left'),
        { type: 'claude-panel.chain.stepStopped', data: { stepId: 'right', costUsd: 0, turns: 0 } },
        { type: 'claude-panel.chain.failed', data: { failure } },
        { type: 'claude-panel.chain.stepReset', data: { stepId: 'left', by: ada } },
      ],
    );
    expect(run.steps).toEqual({ left: { state: 'waiting' }, right: { state: 'waiting' } });
  });

  it('changes no more once it is over', () => {
    const run = chainAfter(LINE, [stepStarted('first'), { type: 'claude-panel.chain.stopped', data: { by: ada } }]);
    expect(reduceChain(run, 'chain-1', stepSucceeded('first'), 9)).toBe(run);
    expect(reduceChain(run, 'chain-1', { type: 'claude-panel.chain.succeeded', data: {} }, 9)).toBe(run);
  });

  it('is not changed by a fact that this version does not know', () => {
    const run = chainAfter(LINE, [stepStarted('first')]);
    expect(reduceChain(run, 'chain-1', { type: 'claude-panel.chain.dreamt', data: { stepId: 'first' } }, 9)).toBe(run);
  });
});
