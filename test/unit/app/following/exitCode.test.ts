import { describe, expect, it } from 'vitest';
import { chainExitCode, exitCodeOf } from '../../../../src/app/following/exitCode.ts';
import { NOTHING_YET, reduceOutcome } from '../../../../src/app/following/runOutcome.ts';
import type { ChainRun } from '../../../../src/core/chains/chainRun.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import type { TaskLogFact } from '../../../../src/core/tasks/taskFact.ts';
import { ADA } from '../../cli/panelFixture.ts';

const failure = { family: 'claude', reason: 'x', message: 'It broke.' };

describe('exitCodeOf', () => {
  it.each<[Task['status'], boolean, number]>([
    [{ state: 'succeeded', ended: 0, result: '' }, false, 0],
    [{ state: 'succeeded', ended: 0, result: '' }, true, 3],
    [{ state: 'failed', ended: 0, failure }, false, 1],
    [{ state: 'failed', ended: 0, failure }, true, 3],
    [{ state: 'overBudget', ended: 0, limit: 'usd', limitValue: 1 }, false, 1],
    [{ state: 'timedOut', ended: 0, minutes: 1 }, false, 124],
    [{ state: 'timedOut', ended: 0, minutes: 1 }, true, 124],
    [{ state: 'stopped', ended: 0, by: ADA, leftOver: 0 }, true, 130],
    [{ state: 'paused', since: 0, cause: 'person' }, false, 130],
  ])('%j with a denial %s: %i', (status, denied, expected) => {
    expect(exitCodeOf(status, denied)).toBe(expected);
  });
});

describe('chainExitCode', () => {
  const failed = (reason: string): ChainRun['status'] => ({
    state: 'failed',
    endedAt: 0,
    failure: { family: 'chain', reason, message: 'It broke.' },
  });

  it.each<[ChainRun['status'], boolean, number]>([
    [{ state: 'succeeded', endedAt: 0 }, false, 0],
    [{ state: 'succeeded', endedAt: 0 }, true, 3],
    [failed('stepFailed'), false, 1],
    [failed('stepFailed'), true, 3],
    [failed('overLimit'), false, 1],
    [failed('outOfTime'), true, 124],
    [{ state: 'stopped', endedAt: 0, by: ADA }, true, 130],
  ])('%j with a denial %s: %i', (status, denied, expected) => {
    expect(chainExitCode(status, denied)).toBe(expected);
  });
});

describe('reduceOutcome', () => {
  const answered = (granted: boolean): TaskLogFact => ({
    type: 'claude-panel.approval.answered',
    data: { approvalId: 'a', at: 0, by: ADA, answer: { choice: 'deny' }, granted, text: '' },
  });
  const ended: TaskLogFact = { type: 'claude-panel.task.succeeded', data: { result: '' } };
  const continued: TaskLogFact = { type: 'claude-panel.task.continued', data: { by: ADA } };
  const deniedTool: TaskLogFact = {
    type: 'claude-panel.task.toolEnded',
    data: { toolUseId: 't', outcome: 'denied', output: '', outputTruncated: false },
  };
  const deniedAfter = (...facts: TaskLogFact[]) => facts.reduce(reduceOutcome, NOTHING_YET).somethingWasDenied;

  it('remembers a denial, an expired question and a tool that a rule denied', () => {
    expect(deniedAfter(answered(true))).toBe(false);
    expect(deniedAfter(answered(false), ended)).toBe(true);
    expect(deniedAfter({ type: 'claude-panel.approval.expired', data: { approvalId: 'a', at: 0 } })).toBe(true);
    expect(deniedAfter(deniedTool)).toBe(true);
  });

  it('forgets them when a finished task begins anew, not when a paused one goes on', () => {
    expect(deniedAfter(answered(false), ended, continued)).toBe(false);
    expect(deniedAfter(answered(false), continued)).toBe(true);
  });
});
