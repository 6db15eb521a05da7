import { describe, expect, it } from 'vitest';
import { taskSummarySchema } from '../../../../src/protocol/taskView.ts';
import { presentTask } from '../../../../src/vscode/presenters/taskSummary.ts';
import { ada, aTask, owner } from '../support/samples.ts';

const tokens = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 900, cacheCreationTokens: 90 };

describe('presentTask', () => {
  it('gives what the view accepts', () => {
    const summary = presentTask(aTask(), 'host-1');
    expect(taskSummarySchema.parse(summary)).toEqual(summary);
  });

  it('counts what went in and out, of finished turns and the one under way, without cached tokens', () => {
    const task = aTask({
      models: { sonnet: { ...tokens, costUsd: 1 } },
      turnTokens: { m1: tokens, m2: tokens },
    });
    expect(presentTask(task, undefined).tokens).toBe(45);
  });

  it('names the program that runs a task when it is another one', () => {
    const task = aTask({ status: { state: 'running', since: 1, owner } });
    expect(presentTask(task, 'host-1').ownedElsewhere).toBeUndefined();
    expect(presentTask(task, 'host-2').ownedElsewhere).toBe('VS Code window (pid 42)');
  });

  it.each([
    [{ state: 'waiting', since: 1, for: 'approval', owner } as const, 'Waits for you'],
    [{ state: 'waiting', since: 1, for: 'question', owner } as const, 'Asks you a question'],
    [{ state: 'waiting', since: 1, for: 'plan', owner } as const, 'Shows you a plan'],
    [{ state: 'paused', since: 1, cause: 'person', by: ada } as const, 'Paused by ada'],
    [
      { state: 'paused', since: 1, cause: 'hostLost' } as const,
      'Set aside when its program was lost; can be continued',
    ],
  ])('says in a line what a task does in %j', (status, activity) => {
    expect(presentTask(aTask({ status }), 'host-1').activity).toBe(activity);
  });

  it('shows how far a stop is', () => {
    const status = { state: 'running', since: 1, owner, stopping: { stage: 'terminate', since: 7, by: ada } } as const;
    expect(presentTask(aTask({ status }), 'host-1').stopping).toEqual({ stage: 'terminate', since: 7 });
  });

  it('tells why a task did not end well, with what to do', () => {
    expect(
      presentTask(aTask({ status: { state: 'timedOut', ended: 9, minutes: 5 } }), undefined).failure,
    ).toMatchObject({
      message: 'The task reached its time limit of 5 min.',
      remedy: expect.any(String),
    });
    expect(
      presentTask(aTask({ status: { state: 'stopped', ended: 9, by: ada, leftOver: 0 } }), undefined).failure,
    ).toBeUndefined();
    expect(
      presentTask(aTask({ status: { state: 'stopped', ended: 9, by: ada, leftOver: 2 } }), undefined).failure,
    ).toMatchObject({
      reason: 'leftOver',
    });
  });
});
