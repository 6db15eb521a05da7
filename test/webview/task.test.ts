import { describe, expect, it } from 'vitest';
import type { TranscriptItem } from '../../src/protocol/transcriptView.ts';
import { FakeExtension } from './support/fakeExtension.ts';
import { longTask } from './support/longTask.ts';
import { openPanels } from './support/openPanels.ts';
import type { PanelPage } from './support/panelPage.ts';
import { detail, NOW, task, textItem, toolItem } from './support/samples.ts';

const openPanel = openPanels();
let panel: PanelPage;

async function openTask(extension: FakeExtension): Promise<FakeExtension> {
  panel = await openPanel(extension, { saved: { version: 1, openTaskId: 'health' } });
  await panel.page.locator('panel-task-view h1').waitFor();
  return extension;
}

function taskOf(items: TranscriptItem[], change: Parameters<typeof task>[1] = {}): FakeExtension {
  const extension = new FakeExtension();
  extension.tasks = [task('health', { title: 'Long one', ...change })];
  extension.details.set('health', detail('health'));
  extension.transcripts.set('health', items);
  return extension;
}

const many = (count: number, from = 0): TranscriptItem[] =>
  Array.from({ length: count }, (_, each) => {
    const place = from + each;
    return place % 3 === 0
      ? toolItem(`i${place}`, { summary: `echo ${place}`, output: 'line\n'.repeat(place % 7) })
      : textItem(`i${place}`, `Text number ${place}. ${'More words. '.repeat(place % 40)}`);
  });

const items = () => panel.page.locator('panel-transcript #rows > .item');
const scroller = () => panel.page.locator('panel-transcript #scroller');
const text = (words: string) => panel.page.locator('panel-transcript').getByText(words);
const distanceFromEnd = () =>
  scroller().evaluate(element => element.scrollHeight - element.clientHeight - element.scrollTop);

/** Waits until all in sight is there, and stands where it stays. */
async function atRest(): Promise<void> {
  let before = '';
  await expect
    .poll(async () => {
      await panel.drawn();
      const now = await scroller().evaluate(({ scrollTop, scrollHeight }) => `${scrollTop} of ${scrollHeight}`);
      const moved = now !== before;
      before = now;
      return moved || (await panel.page.locator('panel-transcript .loading').count()) > 0;
    })
    .toBe(false);
}

describe('a transcript of 50,000 items', () => {
  it('opens at its end, keeps the document small wherever it is scrolled, and asks for pages only', async () => {
    const extension = await openTask(taskOf(many(50_000)));
    await text('Text number 49999.').waitFor();
    expect(await items().count()).toBeLessThan(120);
    for (const share of [0.5, 0.25, 0.9, 0]) {
      await scroller().evaluate((element, part) => {
        element.scrollTop = element.scrollHeight * part;
      }, share);
      await atRest();
      expect(await items().count()).toBeLessThan(120);
    }
    await text('Text number 1.').waitFor();
    expect(Math.max(...extension.sent('getTranscript').map(({ count }) => count))).toBeLessThanOrEqual(100);
    expect(extension.sent('getTranscript').length).toBeLessThan(40);
  });

  it('keeps what is read where it is while items above turn out higher than thought', async () => {
    await openTask(taskOf(many(5000)));
    await text('Text number 4999.').waitFor();
    await scroller().evaluate(element => {
      element.scrollTop = element.scrollHeight / 2;
    });
    const firstInSight = () =>
      scroller().evaluate(element => {
        const top = element.getBoundingClientRect().top;
        const row = [...element.querySelectorAll<HTMLElement>('#rows > .item')].find(
          each => each.getBoundingClientRect().bottom > top + 1,
        );
        return Number(row?.dataset['index']);
      });
    await atRest();
    for (let step = 0; step < 12; step++) {
      const before = await firstInSight();
      await scroller().evaluate(element => {
        element.scrollTop -= 150;
      });
      await atRest();
      const after = await firstInSight();
      // One step up: never a jump by more rows than fit into it.
      expect(before - after).toBeGreaterThanOrEqual(0);
      expect(before - after).toBeLessThan(10);
    }
  });
});

describe('following', () => {
  it('stays at the end while the person is there', async () => {
    const extension = await openTask(taskOf(many(60)));
    await text('Text number 59.').waitFor();
    await extension.append('health', ...many(10, 60));
    await text('Text number 68.').waitFor();
    await expect.poll(distanceFromEnd).toBeLessThan(3);
    await extension.send({
      type: 'live',
      taskId: 'health',
      discarded: [],
      parts: [{ messageId: 'm', blockIndex: 0, kind: 'text', text: 'Live words.\n\n'.repeat(40) }],
    });
    await text('Live words.').first().waitFor();
    await expect.poll(distanceFromEnd).toBeLessThan(3);
  });

  it('leaves the person alone who scrolled up, and comes back on request', async () => {
    const extension = await openTask(taskOf(many(200)));
    await text('Text number 199.').waitFor();
    await scroller().hover();
    await panel.page.mouse.wheel(0, -600);
    const latest = panel.page.getByRole('button', { name: 'Jump to latest' });
    await latest.waitFor();
    await atRest();
    const top = await scroller().evaluate(element => element.scrollTop);
    await extension.append('health', ...many(20, 200));
    await expect.poll(() => items().first().getAttribute('aria-setsize')).toBe('220');
    await atRest();
    expect(Math.abs((await scroller().evaluate(element => element.scrollTop)) - top)).toBeLessThan(2);
    await latest.click();
    await text('Text number 218.').waitFor();
    await expect.poll(distanceFromEnd).toBeLessThan(3);
    await expect.poll(() => latest.count()).toBe(0);
  });
});

describe('items', () => {
  it('replaces live text by the whole item, and drops what was cut off', async () => {
    const extension = await openTask(taskOf([textItem('a', 'First')]));
    const live = (parts: object[], discarded: string[] = []) =>
      extension.send({ type: 'live', taskId: 'health', parts, discarded });
    await text('First').waitFor();
    await live([{ messageId: 'm-b', blockIndex: 0, kind: 'text', text: 'Half a sen' }]);
    await text('Half a sen').waitFor();
    await extension.append('health', textItem('b', 'Half a sentence.'));
    await text('Half a sentence.').waitFor();
    expect(await panel.page.locator('panel-transcript .live').count()).toBe(0);
    await live([{ messageId: 'm-c', blockIndex: 0, kind: 'text', text: 'Cut off' }]);
    await text('Cut off').waitFor();
    await live([], ['m-c']);
    await expect.poll(() => text('Cut off').count()).toBe(0);
  });

  it('unfolds a call to its whole input and output by keyboard', async () => {
    await openTask(
      taskOf([
        textItem('a', 'First'),
        toolItem('t', { output: Array.from({ length: 9 }, (_, line) => `line ${line}`).join('\n') }),
      ]),
    );
    await text('line 0').waitFor();
    expect(await panel.text(panel.page.locator('panel-transcript'))).not.toContain('line 8');
    await items().nth(1).focus();
    await panel.page.keyboard.press('Enter');
    await text('line 8').waitFor();
    await text('"command": "npm test"').waitFor();
    await panel.page.keyboard.press('ArrowUp');
    expect(
      await items()
        .nth(0)
        .evaluate(element => element.matches(':focus')),
    ).toBe(true);
  });

  it('keeps unfolded what was unfolded, when it comes back into sight', async () => {
    await openTask(
      taskOf([toolItem('t', { output: 'x\n'.repeat(20), input: '{"command":"first of all"}' }), ...many(300, 1)]),
    );
    await text('Text number 299.').waitFor();
    await items().last().focus();
    await panel.page.keyboard.press('Home');
    await items().nth(0).focus();
    await panel.page.keyboard.press('Enter');
    await text('first of all').waitFor();
    await panel.page.keyboard.press('End');
    await expect.poll(() => text('first of all').count()).toBe(0);
    await panel.page.keyboard.press('Home');
    await text('first of all').waitFor();
  });

  it('nests the steps of an agent below its call, fetched when they are wanted', async () => {
    const extension = await openTask(longTask());
    const steps = panel.page.getByText('Show 3 steps of the agent');
    await steps.scrollIntoViewIfNeeded();
    expect(extension.sent('getTranscript').filter(({ thread }) => thread !== undefined)).toEqual([]);
    await steps.click();
    await text('Each route has a file of its own.').waitFor();
    expect(extension.sent('getTranscript').filter(({ thread }) => thread === 'use-agent')).toHaveLength(1);
    await extension.send({
      type: 'transcriptChanged',
      taskId: 'health',
      thread: 'use-agent',
      total: 4,
      items: [{ index: 3, item: textItem('a4', 'And a helper.') }],
    });
    await text('And a helper.').waitFor();
  });

  it('opens a diff, a whole output and a link through the extension', async () => {
    const extension = await openTask(
      taskOf([
        toolItem('t', { output: 'start', outputTruncated: true }),
        textItem('l', 'See [the docs](https://example.com/docs) and ![a picture](https://example.com/p.png).'),
        toolItem('d', {
          name: 'Edit',
          diff: { path: 'a.ts', added: 1, removed: 0, hiddenLines: 9, lines: [{ kind: 'added', text: 'x' }] },
        }),
      ]),
    );
    await panel.page.getByText('Open all of it').click();
    await panel.page.getByRole('link', { name: 'the docs' }).click();
    await panel.page.getByRole('link', { name: 'image: a picture' }).press('Enter');
    await panel.page.getByText('9 more lines: open the diff').click();
    await panel.delivered();
    expect(extension.sent('openOutput')).toMatchObject([{ toolUseId: 'use-t' }]);
    expect(extension.sent('openLink').map(({ href }) => href)).toEqual([
      'https://example.com/docs',
      'https://example.com/p.png',
    ]);
    expect(extension.sent('openChange')).toMatchObject([{ toolUseId: 'use-d' }]);
  });

  it('copies code exactly as it came', async () => {
    await openTask(taskOf([textItem('c', '```sh\necho "a\u200bb"\n```')]));
    await panel.page.locator('panel-code-block').hover();
    await panel.page.getByRole('button', { name: 'Copy the code' }).click();
    await panel.page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await panel.page.evaluate(() => navigator.clipboard.readText())).toBe('echo "a\u200bb"');
  });
});

describe('the open task', () => {
  it('shows the stages of a stop, and offers stop until it is over', async () => {
    const extension = await openTask(taskOf(many(3)));
    await panel.page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect.poll(() => extension.sent('taskAction')).toMatchObject([{ action: 'stop' }]);
    await extension.change({
      kind: 'task',
      task: task('health', { stopping: { stage: 'terminate', since: Date.now() } }),
    });
    await expect
      .poll(() =>
        panel.page
          .locator('[aria-current="step"]')
          .textContent()
          .then(words => words?.trim()),
      )
      .toBe('ending it');
    expect(await panel.page.getByRole('button', { name: 'Stop', exact: true }).isEnabled()).toBe(true);
    await extension.change({ kind: 'task', task: task('health', { state: 'stopped', ended: NOW }) });
    await expect.poll(() => panel.page.getByRole('button', { name: 'Stop', exact: true }).count()).toBe(0);
  });

  it('sends, changes and withdraws messages', async () => {
    const extension = await openTask(taskOf(many(3)));
    const field = panel.page.getByRole('textbox', { name: 'Add something for this task…' });
    await field.fill('And the changelog');
    await field.press('Control+Enter');
    await expect
      .poll(() => extension.sent('sendMessage'))
      .toMatchObject([{ taskId: 'health', text: 'And the changelog' }]);
    await expect.poll(() => field.inputValue()).toBe('');
    const messages = [{ id: 'q', text: 'And the changelog', state: 'queued' as const }];
    await extension.send({ type: 'detail', detail: detail('health', { messages }) });
    await panel.page.getByRole('button', { name: 'Change this message' }).click();
    await panel.page.getByRole('textbox', { name: 'Message on its way' }).fill('No changelog');
    await panel.page.keyboard.press('Enter');
    await panel.page.getByRole('button', { name: 'Withdraw this message' }).click();
    await expect.poll(() => extension.sent('editMessage')).toMatchObject([{ messageId: 'q', text: 'No changelog' }]);
    await expect.poll(() => extension.sent('withdrawMessage')).toMatchObject([{ messageId: 'q' }]);
  });

  it('changes and withdraws what Claude was sent and has not taken up', async () => {
    const extension = await openTask(taskOf(many(3)));
    const messages = [{ id: 's', text: 'And the changelog', state: 'sent' as const }];
    await extension.send({ type: 'detail', detail: detail('health', { messages }) });
    await panel.page.getByRole('button', { name: 'Change this message' }).click();
    await panel.page.getByRole('textbox', { name: 'Message on its way' }).fill('No changelog');
    await panel.page.keyboard.press('Enter');
    await panel.page.getByRole('button', { name: 'Withdraw this message' }).click();
    await expect.poll(() => extension.sent('editMessage')).toMatchObject([{ messageId: 's', text: 'No changelog' }]);
    await expect.poll(() => extension.sent('withdrawMessage')).toMatchObject([{ messageId: 's' }]);
  });

  it('goes on with the session of a task that has ended, or forks it', async () => {
    const extension = await openTask(taskOf(many(3), { state: 'succeeded', ended: NOW }));
    const field = panel.page.getByRole('textbox', { name: 'Continue this session…' });
    await field.fill('One more thing');
    await panel.page.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(() => extension.sent('sendMessage')).toHaveLength(1);
    await panel.page.getByRole('button', { name: 'Fork' }).click();
    await expect.poll(() => extension.sent('taskAction')).toMatchObject([{ action: 'fork' }]);
  });

  it('is marked as read once it can be seen, and again when it ends in sight', async () => {
    const extension = await openTask(taskOf(many(3), { unread: true }));
    await expect.poll(() => extension.sent('taskAction')).toMatchObject([{ action: 'markRead' }]);
    await extension.change({ kind: 'task', task: task('health', { unread: false }) });
    await extension.change({ kind: 'task', task: task('health', { unread: true, state: 'succeeded', ended: NOW }) });
    await expect.poll(() => extension.sent('taskAction').length).toBe(2);
  });

  it('is renamed by a double click on its title', async () => {
    const extension = await openTask(taskOf(many(3)));
    await panel.page.locator('h1').dblclick();
    await panel.page.getByRole('textbox', { name: 'Title' }).fill('Better name');
    await panel.page.keyboard.press('Enter');
    await expect.poll(() => extension.sent('renameTask')).toMatchObject([{ title: 'Better name' }]);
  });

  it('shows its parts in tabs that the arrow keys change', async () => {
    const extension = await openTask(longTask());
    await panel.page.getByRole('tab', { name: 'Transcript' }).focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.getByText('health.test.ts').click();
    await expect.poll(() => extension.sent('openChange')).toMatchObject([{ path: 'test/routes/health.test.ts' }]);
    await panel.page.getByRole('tab', { name: 'Changes, 3' }).focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.getByText('ECONNREFUSED').waitFor();
    await panel.page.getByRole('button', { name: 'Reconnect' }).click();
    await expect.poll(() => extension.sent('reconnectServer')).toMatchObject([{ server: 'postgres' }]);
    await panel.page.getByRole('button', { name: 'Stop' }).last().click();
    await expect.poll(() => extension.sent('stopAgent')).toMatchObject([{ agentId: 'ag2' }]);
    await panel.page.getByRole('tab', { name: 'Tools, 9' }).focus();
    await panel.page.keyboard.press('End');
    await panel.page.getByText('0b5c1c52').waitFor();
  });

  it('is read again after the view was rebuilt, where it was', async () => {
    await openTask(longTask());
    await panel.page.getByRole('tab', { name: 'Cost' }).click();
    await expect.poll(() => panel.saved()).toMatchObject({ openTaskId: 'health', tab: 'cost' });
    const saved = await panel.saved();
    expect(JSON.stringify(saved)).not.toContain('server.ts');
    await panel.close();
    panel = await openPanel(longTask(), { saved });
    await panel.page.getByText('claude-sonnet-4-5').waitFor();
  });
});
