import { describe, expect, it } from 'vitest';
import { toFailure } from '../../../../src/base/panelError.ts';
import { overLimit } from '../../../../src/core/chains/chainErrors.ts';
import { FollowedEnd } from '../../../../src/vscode/catalog/followedEnd.ts';
import { PanelFixture } from '../../cli/panelFixture.ts';
import { createdChain, leased, runStep, stepStarted, stepSucceeded } from '../../core/chains/sampleChain.ts';

const denied = {
  type: 'claude-panel.task.toolEnded',
  data: { toolUseId: 't', outcome: 'denied', output: '', outputTruncated: false },
} as const;

describe('FollowedEnd', () => {
  it('has the exit code of the command line for a task, denials by a rule counted', () => {
    const panel = new PanelFixture();
    const task = panel.addTask('One');
    const end = new FollowedEnd(panel.log, { kind: 'task', id: task.id }, 0);
    panel.startRunning(task.id);
    expect(end.current()).toBeUndefined();
    panel.append(task.id, denied);
    panel.succeed(task.id);
    expect(end.current()).toEqual({ code: 3, text: 'Done.' });
  });

  it('counts what was denied to another task, or before, for nothing', () => {
    const panel = new PanelFixture();
    const [one, other] = [panel.addTask('One'), panel.addTask('Other')];
    panel.append(one.id, denied);
    const end = new FollowedEnd(panel.log, { kind: 'task', id: one.id }, panel.log.lastSequence());
    panel.append(other.id, denied);
    panel.succeed(one.id);
    expect(end.current()).toEqual({ code: 0, text: 'Done.' });
  });

  it('has that of a chain, the tasks of its steps counted', () => {
    const panel = new PanelFixture();
    const task = panel.addTask('One');
    panel.log.append([{ subject: 'chain1', facts: [createdChain([runStep('a')]), leased, stepStarted('a')] }]);
    const end = new FollowedEnd(panel.log, { kind: 'chain', id: 'chain1' }, 0);
    panel.log.append([
      {
        subject: 'chain1',
        facts: [{ type: 'claude-panel.chain.stepTask', data: { stepId: 'a', taskId: task.id } }],
      },
    ]);
    panel.append(task.id, denied);
    expect(end.current()).toBeUndefined();
    panel.log.append([
      { subject: 'chain1', facts: [stepSucceeded('a'), { type: 'claude-panel.chain.succeeded', data: {} }] },
    ]);
    expect(end.current()).toEqual({ code: 3, text: 'Done.' });
  });

  it('tells a chain that ran out of time from one that failed', () => {
    const panel = new PanelFixture();
    const failure = toFailure(overLimit('minutes', 5));
    panel.log.append([
      {
        subject: 'chain1',
        facts: [createdChain([runStep('a')]), leased, { type: 'claude-panel.chain.failed', data: { failure } }],
      },
    ]);
    expect(new FollowedEnd(panel.log, { kind: 'chain', id: 'chain1' }, 0).current()).toEqual({
      code: 124,
      text: failure.message,
    });
  });
});
