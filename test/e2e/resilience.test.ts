import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { isLive } from '../../src/core/tasks/task.ts';
import { isAlive } from '../harness/processes.ts';
import { waitFor } from '../harness/waitFor.ts';
import { numberedWords, SLEEPER, wordsRule } from './support/longScripts.ts';
import { usePanelStage } from './support/panelStage.ts';
import { runs, says, scripted, writes } from './support/script.ts';
import { TaskRecords } from './support/taskRecords.ts';

/** How long a task may be in an untrue state after its host is back. */
const TRUE_WITHIN_MS = 5_000;

/**
 * Claude Code lives on for a moment when its window is killed: what it waits for then counts as refused, and its turn may
 * come to an end that nobody hears. Such a session is told to go on, and asks again.
 */
const SCENARIO = `rules:
  - match: { prompt: Continue where you stopped }
    reply:
      - tool: { name: Write, input: { file_path: '{{cwd}}/asked.txt', content: hello } }
      - Written.
${wordsRule('Write for long', 400)}
`;

describe('a task outlives what happens to its window', () => {
  const stage = usePanelStage({
    files: { 'sleeper.sh': SLEEPER },
    scenario: SCENARIO,
    settings: { 'claudePanel.maxParallelTasks': 5 },
    environment: { CLAUDE_CODE_MAX_RETRIES: '5' },
  });
  let records: TaskRecords;
  beforeAll(async () => {
    records = new TaskRecords(stage().folder);
    await stage().panel.open();
  });

  async function noneLeft(id: string): Promise<void> {
    await waitFor(`the last process of ${id} to leave`, () => stage().processesOf(id).length === 0, 5_000);
  }

  it('keeps a question over a reload, and goes on with the answer', async () => {
    const { panel, workbench } = stage();
    await panel.runScript('Reload me', writes('kept.txt', 'hello'), says('Done.'));
    const asked = await panel.card('Reload me: Create kept.txt');
    const { id } = await stage().task('Reload me');
    const before = stage().processesOf(id);
    expect(before).not.toEqual([]);

    await workbench.reload();
    await panel.open();

    const card = await panel.card('Reload me: Create kept.txt');
    expect(card.id).toBe(asked.id);
    // The question is shown as soon as the list is read, while the window of before may still be leaving.
    const isGone = (): boolean => before.every(({ pid }) => !isAlive(pid));
    await waitFor('what ran before to leave', isGone, TRUE_WITHIN_MS);
    await waitFor('what is told to be true', () => records.untrue().length === 0, TRUE_WITHIN_MS);
    await card.press('Allow');
    await panel.state('Done');
    expect(stage().read('kept.txt')).toBe('hello');
    expect(records.questions(id)).toMatchObject([{ id: asked.id, choice: 'allowOnce' }]);
    await noneLeft(id);
  });

  it('is in a true state after kill -9 of the extension host, with nothing left, and can be continued', async () => {
    const { panel, data, session } = stage();
    const task = async (title: string, ...rounds: readonly string[]): Promise<string> => {
      await panel.runScript(title, ...rounds);
      return (await stage().task(title)).id;
    };
    const script = await task('Run a script', runs('sh sleeper.sh first'), says('It ran.'));
    await (await panel.card('Run a script: Run a command sh sleeper.sh first')).press('Allow');
    await waitFor('the script', () => stage().has('first'));
    const waiting = await task('Wait for an answer', writes('asked.txt', 'hello'), says('Written.'));
    const asked = await panel.card('Wait for an answer: Create asked.txt');
    const retrying = await task('Try again', '- error: { status: 529, retryAfter: 30, times: 1 }', says('It went.'));
    await records.until(retrying, 'retrying', ({ retry }) => retry !== undefined);
    const again = await task('Once more', '- error: { status: 529, retryAfter: 30, times: 1 }', says('It went, too.'));
    await records.until(again, 'retrying', ({ retry }) => retry !== undefined);
    await panel.run('Write for long');
    const streaming = (await stage().task('Write for long')).id;
    await task('Wait in the queue', says('My turn.'));
    await panel.state('Queued');
    await panel.openTask('Write for long');
    await panel.frame.getByText(/w1 w2/).first().waitFor();
    const orphans = [script, waiting, retrying, again, streaming];
    const before = orphans.flatMap(id => stage().processesOf(id));
    expect(before.length).toBeGreaterThanOrEqual(orphans.length + 3);
    const [host] = session.host.extensionHosts();
    if (!host) throw new Error('no extension host runs');

    await panel.anewAfter(() => void process.kill(host.pid, 'SIGKILL'));
    for (const id of orphans) await records.until(id, 'paused', ({ status }) => status.state === 'paused');

    expect(before.filter(({ pid }) => isAlive(pid))).toEqual([]);
    const back = records.hosts().find(({ pid }) => pid !== host.pid);
    if (!back) throw new Error('no host is back');
    for (const id of orphans) {
      const settled = data.events(id, 'task.paused').at(-1);
      expect(settled?.data).toMatchObject({ cause: 'hostLost' });
      expect(Date.parse(settled?.time ?? '') - back.started).toBeLessThan(TRUE_WITHIN_MS);
    }
    await stage().taskIn('Wait in the queue', 'succeeded');
    expect(records.untrue()).toEqual([]);

    await panel.open();
    await panel.showList();
    expect((await panel.card('Wait for an answer: Create asked.txt')).id).toBe(asked.id);
    for (const title of ['Run a script', 'Try again', 'Once more', 'Write for long']) {
      await panel.openTask(title);
      await panel.state('Paused');
      await panel.button('Continue').click();
    }
    await panel.showList();
    await (await panel.card('Wait for an answer: Create asked.txt')).press('Allow');
    await (await panel.card('Run a script: Run a command sh sleeper.sh first')).press('Allow');
    for (const id of orphans) {
      await records.until(id, 'succeeded', ({ status }) => status.state === 'succeeded', 60_000);
      await noneLeft(id);
    }
    expect(orphans.map(id => data.words(id))).toEqual([
      'It ran.',
      'Written.',
      'It went.',
      'It went, too.',
      numberedWords(400),
    ]);
    expect(stage().read('asked.txt')).toBe('hello');
    expect(records.integrity()).toBe('ok');
  });

  it('fails with a remedy when Claude Code itself is killed, and can be continued', async () => {
    const { panel } = stage();
    await panel.runScript('Lose Claude', runs('sh sleeper.sh second'), says('Done.'));
    await (await panel.card('Lose Claude: Run a command sh sleeper.sh second')).press('Allow');
    const { id } = await stage().task('Lose Claude');
    await waitFor('the script', () => stage().has('second'));
    const { status } = records.task(id);
    const claude = isLive(status) ? status.process?.pid : undefined;
    if (claude === undefined) throw new Error('no process is told');

    process.kill(claude, 'SIGKILL');

    await panel.state('Failed');
    const why = panel.frame.getByRole('group', { name: 'Why it ended' });
    await why.getByText('Claude Code ended by the signal SIGKILL before it was done.').waitFor();
    await why.getByText('Continue the task to take up the session again.').waitFor();
    await noneLeft(id);
    await panel.followUp.fill(scripted('Go on.', says('Back again.')));
    await panel.button('Continue').click();
    await panel.transcriptWith('Back again.');
    await panel.state('Done');
  });
});
