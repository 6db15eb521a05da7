import { describe, expect, it } from 'vitest';
import { PanelError } from '../../../../src/base/panelError.ts';
import { ApprovalPrompt } from '../../../../src/cli/answering/approvalPrompt.ts';
import { Attendant } from '../../../../src/cli/answering/attendant.ts';
import { LineReader } from '../../../../src/cli/answering/lineReader.ts';
import { whoAnswers } from '../../../../src/cli/answering/whoAnswers.ts';
import { isWindowOpen } from '../../../../src/cli/running/otherHosts.ts';
import { waitFor } from '../../../harness/waitFor.ts';
import { ADA, PanelFixture, writeAsk } from '../panelFixture.ts';

function attend(panel: PanelFixture, taskId: string, grace = 10_000): Attendant {
  const { terminal, interrupts, clock } = panel.context;
  const reader = new LineReader({ terminal, interrupts, clock });
  return new Attendant({
    log: panel.log,
    desk: panel.desk,
    clock,
    terminal,
    prompt: new ApprovalPrompt({ terminal, reader, clock }),
    concerns: approval => approval.taskId === taskId,
    person: panel.services.actor('commandLine'),
    product: { ...panel.services.actor('product'), name: 'unattended run' },
    othersCanAnswer: () => isWindowOpen(panel.hosts, clock.now()),
    grace,
  });
}

function withTask(options: { readonly isTerminal?: boolean } = {}) {
  const panel = new PanelFixture(options);
  const task = panel.addTask('Do it');
  panel.startRunning(task.id);
  const statusOf = (id: string) => panel.log.approvals.get(id)?.status;
  return { panel, task, statusOf };
}

describe('whoAnswers', () => {
  const nobody = { isInteractive: false, othersCanAnswer: false, openFor: 0, grace: 10 };
  it('prefers this terminal, then a window, then a while for another terminal', () => {
    expect(whoAnswers({ ...nobody, isInteractive: true, othersCanAnswer: true })).toBe('askHere');
    expect(whoAnswers({ ...nobody, othersCanAnswer: true, openFor: 99 })).toBe('waitForOthers');
    expect(whoAnswers(nobody)).toBe('waitAWhile');
    expect(whoAnswers({ ...nobody, openFor: 10 })).toBe('denyForNobody');
  });
});

class DiskFull extends PanelError<'full'> {
  readonly family = 'store';
}

describe('Attendant', () => {
  it('outlives a full disk, says so once and answers when there is room again', () => {
    const { panel, task, statusOf } = withTask();
    attend(panel, task.id);
    const { id } = panel.ask(task.id);
    const answer = panel.desk.answer.bind(panel.desk);
    panel.desk.answer = () => {
      throw new DiskFull('full', { message: 'The disk is full.' });
    };
    panel.clock.advance(12_000);
    expect(statusOf(id)?.state).toBe('pending');
    expect(panel.test.err().split('The disk is full.')).toHaveLength(2);
    panel.desk.answer = answer;
    panel.clock.advance(1000);
    expect(statusOf(id)?.state).toBe('answered');
  });

  it('denies with the reason when nobody comes', () => {
    const { panel, task, statusOf } = withTask();
    attend(panel, task.id);
    const { id } = panel.ask(task.id);
    panel.clock.advance(9000);
    expect(statusOf(id)?.state).toBe('pending');
    expect(panel.test.err()).toContain(`claude-panel approve ${id}`);
    panel.clock.advance(2000);
    expect(statusOf(id)).toMatchObject({ state: 'answered', answer: { message: 'Nobody is there to answer.' } });
  });

  it('does not wait again once nobody came', () => {
    const { panel, task, statusOf } = withTask();
    attend(panel, task.id);
    panel.ask(task.id, writeAsk('a'), 'first');
    panel.clock.advance(11_000);
    panel.ask(task.id, writeAsk('b'), 'second');
    expect(statusOf('second')).toMatchObject({ state: 'answered', answer: { choice: 'deny' } });
  });

  it('waits as long as a window is open, and no longer', () => {
    const { panel, task, statusOf } = withTask();
    panel.hosts = [panel.window({ seen: panel.clock.now() + 60_000 })];
    attend(panel, task.id);
    const { id } = panel.ask(task.id);
    panel.clock.advance(60_000);
    expect(statusOf(id)?.state).toBe('pending');
    panel.hosts = [];
    panel.clock.advance(1000);
    expect(statusOf(id)?.state).toBe('answered');
  });

  it('leaves the questions of other tasks alone', () => {
    const { panel, task, statusOf } = withTask();
    attend(panel, task.id, 0);
    const { id } = panel.ask(panel.addTask('Other').id);
    panel.clock.advance(5000);
    expect(statusOf(id)?.state).toBe('pending');
  });

  it('asks at this terminal, one question after the other', async () => {
    const { panel, task, statusOf } = withTask({ isTerminal: true });
    attend(panel, task.id);
    panel.ask(task.id, writeAsk('a'), 'first');
    panel.ask(task.id, writeAsk('b'), 'second');
    const { err, type } = panel.test;
    for (const [times, key] of ['y', 'n'].entries()) {
      await waitFor('the card', () => err().split('approval ').length > times + 1, 5000);
      panel.clock.advance(400);
      await waitFor('the prompt', () => err().split('Your answer').length > times + 1, 5000);
      type(`${key}\n`);
      await waitFor('the answer', () => statusOf(times === 0 ? 'first' : 'second')?.state === 'answered', 5000);
    }
    expect(statusOf('first')).toMatchObject({ answer: { choice: 'allowOnce' }, by: { name: 'grace' } });
    expect(statusOf('second')).toMatchObject({ answer: { choice: 'deny' } });
  });

  it('takes the question off the screen and says who answered it elsewhere', async () => {
    const { panel, task, statusOf } = withTask({ isTerminal: true });
    attend(panel, task.id);
    const { id } = panel.ask(task.id);
    panel.clock.advance(400);
    await waitFor('the prompt', () => panel.test.err().includes('Your answer'), 5000);
    panel.desk.answer(id, { choice: 'allowTask' }, ADA);
    await waitFor('the word', () => panel.test.err().includes('Answered by ada, in the panel'), 5000);
    expect(statusOf(id)).toMatchObject({ by: ADA });
  });

  it('waits for other surfaces when the keyboard is gone, because closing is no answer', async () => {
    const { panel, task, statusOf } = withTask({ isTerminal: true });
    attend(panel, task.id, 0);
    const { id } = panel.ask(task.id);
    panel.clock.advance(400);
    await waitFor('the prompt', () => panel.test.err().includes('Your answer'), 5000);
    panel.test.endInput();
    await waitFor('the word', () => panel.test.err().includes(`claude-panel approve ${id}`), 5000);
    panel.clock.advance(60_000);
    expect(statusOf(id)?.state).toBe('pending');
  });
});
