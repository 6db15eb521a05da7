import { describe, expect, it } from 'vitest';
import { ApprovalPrompt } from '../../../../src/cli/answering/approvalPrompt.ts';
import { LineReader } from '../../../../src/cli/answering/lineReader.ts';
import type { PersonAsk } from '../../../../src/core/approvals/approvalFromAsk.ts';
import { waitFor } from '../../../harness/waitFor.ts';
import { PanelFixture, planAsk, questionAsk, writeAsk } from '../panelFixture.ts';

function asking(ask: PersonAsk) {
  const panel = new PanelFixture({ isTerminal: true });
  const approval = panel.ask(panel.addTask('Do it').id, ask);
  const { terminal, interrupts, clock } = panel.context;
  const reader = new LineReader({ terminal, interrupts, clock });
  const abort = new AbortController();
  const answer = new ApprovalPrompt({ terminal, reader, clock }).ask(approval, abort.signal);
  const { err, type, endInput } = panel.test;
  const shows = (text: string, times = 1) => waitFor(text, () => err().split(text).length > times, 5000);
  return { panel, abort, answer, err, type, endInput, shows };
}

/** Past the time in which nothing typed counts. */
async function ready(ask: PersonAsk) {
  const asked = asking(ask);
  asked.panel.clock.advance(400);
  await asked.shows('Your answer');
  return asked;
}

describe('ApprovalPrompt', () => {
  it('ignores what was typed before the card could be read', async () => {
    const { panel, type, shows, answer } = asking(writeAsk('a'));
    await shows('Deny');
    type('y\n');
    // The stream hands over what was typed before the time is up.
    await new Promise(resolve => setImmediate(resolve));
    panel.clock.advance(400);
    await shows('Your answer');
    type('n\n');
    expect(await answer).toEqual({ choice: 'deny' });
  });

  it('asks again until something is typed that means an answer', async () => {
    const { type, shows, answer } = await ready(writeAsk('a'));
    type('\n');
    await shows('Your answer', 2);
    type('x\n');
    await shows('Your answer', 3);
    type('p\n');
    expect(await answer).toEqual({ choice: 'allowProject' });
  });

  it('asks for the message of a denial, and goes back when there is none', async () => {
    const { type, shows, answer } = await ready(writeAsk('a'));
    type('m\n');
    await shows('Message');
    type('\n');
    await shows('Your answer', 2);
    type('m\n');
    await shows('Message', 2);
    type('Elsewhere, please.\n');
    expect(await answer).toEqual({ choice: 'deny', message: 'Elsewhere, please.' });
  });

  it('takes the answers to questions as numbers or words', async () => {
    const { type, shows, answer } = await ready(questionAsk(true));
    type('y\n');
    await shows('numbers with commas');
    type('2, Redis\n');
    expect(await answer).toEqual({ choice: 'submitAnswers', answers: { 'Which database?': ['SQLite', 'Redis'] } });
  });

  it('sends a plan back with comments', async () => {
    const { type, shows, answer } = await ready(planAsk());
    type('m\n');
    await shows('Message');
    type('Smaller steps.\n');
    expect(await answer).toEqual({ choice: 'sendBack', message: 'Smaller steps.' });
  });

  it('gives up the question when it was answered elsewhere', async () => {
    const { abort, answer } = await ready(writeAsk('a'));
    abort.abort();
    expect(await answer).toBeUndefined();
  });

  it('takes the end of the input for no answer', async () => {
    const { endInput, answer } = await ready(writeAsk('a'));
    endInput();
    expect(await answer).toBeUndefined();
  });

  it('passes Ctrl+C on while a line is typed', async () => {
    const { panel, type, abort, answer } = await ready(writeAsk('a'));
    const told = new Promise<string>(resolve => {
      panel.context.interrupts.listen(signal => resolve(signal));
    });
    type('\u0003');
    expect(await told).toBe('SIGINT');
    abort.abort();
    await answer;
  });
});
