import { describe, expect, it } from 'vitest';
import { busyList, editCard } from './support/busyList.ts';
import { FakeExtension } from './support/fakeExtension.ts';
import { longTask } from './support/longTask.ts';
import { openPanels } from './support/openPanels.ts';
import { cardsSettled, type PanelPage, type PanelPageOptions } from './support/panelPage.ts';
import { approval, bash, facts, NOW, task } from './support/samples.ts';

const openPanel = openPanels();
let panel: PanelPage;

async function open(extension: FakeExtension, options: PanelPageOptions = {}): Promise<FakeExtension> {
  panel = await openPanel(extension, options);
  await expect.poll(() => extension.sent('ready').length).toBe(1);
  return extension;
}

const row = (id: string) => panel.page.locator(`[data-task="${id}"]`);
const compose = () => panel.page.getByRole('textbox', { name: 'What should Claude do?' });
const press = (key: string) => panel.page.keyboard.press(key);

/** The name of what has the focus, through shadow roots. */
function focused(): Promise<string> {
  return panel.page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) {
      active = active.shadowRoot.activeElement;
    }
    return active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? '';
  });
}

describe('a new task', () => {
  it('is run by Ctrl+Enter with the profile and folder that are chosen, and opens', async () => {
    const extension = await open(
      Object.assign(new FakeExtension(), {
        facts: facts({
          folders: [
            { name: 'shop', path: '/home/kim/shop' },
            { name: 'infra', path: '/home/kim/infra' },
          ],
        }),
      }),
    );
    extension.onRequest = () => ({ taskId: 'new' });
    await panel.page.getByRole('button', { name: 'Profile: comprehensive' }).click();
    await panel.page.getByRole('option', { name: 'speed' }).click();
    await panel.page.getByRole('button', { name: 'Folder: shop' }).click();
    await panel.page.getByRole('menuitem', { name: 'infra' }).click();
    await compose().fill('Add a health endpoint');
    await compose().press('Control+Enter');
    await expect
      .poll(() => extension.sent('runTask'))
      .toMatchObject([{ prompt: 'Add a health endpoint', profile: 'speed', folder: '/home/kim/infra' }]);
    await expect.poll(() => extension.sent('openTask').at(-1)?.taskId).toBe('new');
    expect(extension.sent('selectProfile')).toMatchObject([{ profile: 'speed' }]);
  });

  it('stays in the field when it could not be started, with the reason below', async () => {
    const extension = await open(new FakeExtension());
    extension.onRequest = () => ({
      failure: { family: 'tasks', reason: 'x', message: 'The folder is gone.', remedy: 'Open another one.' },
    });
    await compose().fill('Do it');
    await panel.page.getByRole('button', { name: 'Run' }).click();
    await panel.page.getByText('The folder is gone.').waitFor();
    expect(await compose().inputValue()).toBe('Do it');
  });

  it('cannot be started in a workspace that is not trusted, and says why', async () => {
    await open(Object.assign(new FakeExtension(), { facts: facts({ trusted: false }) }));
    await panel.page.getByText('This workspace is not trusted').waitFor();
    await compose().fill('Do it');
    expect(await panel.page.getByRole('button', { name: 'Run' }).isEnabled()).toBe(false);
  });

  it('cannot be started with a profile that has a fault; the picker says which', async () => {
    await open(new FakeExtension());
    await panel.page.getByRole('button', { name: 'Profile: comprehensive' }).click();
    await panel.page.getByText('linear: npx -y linear-mcp').waitFor();
    await panel.page.getByRole('option', { name: 'nightly' }).hover();
    await panel.page.getByText('profiles.yaml, line 12').waitFor();
    await panel.page.getByRole('option', { name: 'nightly' }).click();
    await panel.page.getByText('cannot be used').waitFor();
  });

  it('is not started by Enter, nor by the end of a word of an input method', async () => {
    const extension = await open(new FakeExtension());
    await compose().fill('Do');
    await compose().press('Enter');
    await panel.page.keyboard.type('it');
    expect(await compose().inputValue()).toBe('Do\nit');
    await panel.delivered();
    expect(extension.sent('runTask')).toEqual([]);
  });

  it('is still being written after the view was closed', async () => {
    await open(new FakeExtension());
    await compose().fill('half a thought');
    await expect.poll(() => panel.saved()).toMatchObject({ draft: 'half a thought' });
    const saved = await panel.saved();
    await panel.close();
    await open(new FakeExtension(), { saved });
    expect(await compose().inputValue()).toBe('half a thought');
  });
});

describe('the keyboard', () => {
  it('walks through the list with one tab stop, opens and comes back', async () => {
    const extension = await open(Object.assign(busyList(), { approvals: [] }));
    await row('health').focus();
    await press('ArrowDown');
    expect(await focused()).toContain('Why is the import slow?');
    await press('End');
    expect(await focused()).toContain('Add dark mode');
    await press('Home');
    expect(await focused()).toBe('Working, 3');
    await press('ArrowLeft');
    await expect.poll(() => row('health').count()).toBe(0);
    await press('ArrowRight');
    await row('audit').waitFor();
    await press('ArrowDown');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');
    await expect.poll(() => extension.sent('openTask').at(-1)?.taskId).toBe('audit');
    await press('Escape');
    await expect.poll(() => extension.sent('openTask').at(-1)?.taskId).toBeUndefined();
    await expect.poll(focused).toContain('Security audit');
    expect(await panel.page.locator('panel-task-list #rows [tabindex="0"]').count()).toBe(1);
  });

  it('archives what has ended and nothing else, and renames', async () => {
    const extension = await open(Object.assign(busyList(), { approvals: [] }));
    await row('audit').focus();
    await press('Delete');
    await row('standup').focus();
    await press('Delete');
    await press('F2');
    await panel.page.getByRole('textbox', { name: 'Title' }).fill('Monday standup');
    await press('Enter');
    await expect
      .poll(() => extension.sent('renameTask'))
      .toMatchObject([{ taskId: 'standup', title: 'Monday standup' }]);
    expect(extension.sent('taskAction')).toMatchObject([{ taskId: 'standup', action: 'archive' }]);
  });

  it('reaches every action of a row through its menu', async () => {
    const extension = await open(Object.assign(busyList(), { approvals: [] }));
    await row('audit').focus();
    await press('Shift+F10');
    await panel.page.getByRole('menuitem', { name: 'Open' }).waitFor();
    await press('ArrowDown');
    await press('ArrowDown');
    expect(await focused()).toContain('Stop');
    await press('Enter');
    await expect.poll(() => extension.sent('taskAction')).toMatchObject([{ taskId: 'audit', action: 'stop' }]);
    expect(await focused()).toContain('Security audit');
  });

  it('closes a menu by Escape without doing anything', async () => {
    const extension = await open(Object.assign(busyList(), { approvals: [] }));
    await row('audit').focus();
    await press('Shift+F10');
    await panel.page.getByRole('menuitem', { name: 'Open' }).waitFor();
    await press('Escape');
    await expect.poll(focused).toContain('Security audit');
    await panel.delivered();
    expect(extension.sent('taskAction')).toEqual([]);
  });

  it('goes to the field by /, and writes a / there', async () => {
    await open(busyList());
    await row('audit').focus();
    await press('/');
    await expect.poll(() => compose().evaluate(element => element.matches(':focus'))).toBe(true);
    await panel.page.keyboard.type('a/b?');
    expect(await compose().inputValue()).toBe('a/b?');
    await press('Escape');
    await expect.poll(focused).toContain('Security audit');
  });

  it('goes from request to request, and answers none by that', async () => {
    const extension = await open(busyList());
    await cardsSettled(panel.page);
    await row('audit').focus();
    await press('Alt+ArrowDown');
    expect(await focused()).toContain('Add a health endpoint: Edit src/server.ts');
    await press('Alt+ArrowDown');
    expect(await focused()).toContain('Upgrade the test runner');
    await press('Enter');
    await press('y');
    await press('Alt+ArrowUp');
    expect(await focused()).toContain('Add a health endpoint');
    await panel.delivered();
    expect(extension.sent('answerApproval')).toEqual([]);
  });

  it('answers a request without a pointer', async () => {
    const extension = await open(Object.assign(busyList(), { approvals: [editCard()] }));
    await cardsSettled(panel.page);
    await row('audit').focus();
    await press('Alt+ArrowDown');
    const allow = panel.page.getByRole('button', { name: 'Allow', exact: true });
    for (let each = 0; each < 9 && !(await allow.evaluate(element => element.matches(':focus-within'))); each++) {
      await press('Tab');
    }
    await press('Enter');
    await expect.poll(() => extension.sent('answerApproval')).toMatchObject([{ answer: { choice: 'allowOnce' } }]);
  });

  it('shows all its keys', async () => {
    await open(busyList());
    await row('audit').focus();
    await press('?');
    await panel.page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await press('Escape');
    await expect.poll(() => panel.page.getByRole('dialog', { name: 'Keyboard' }).isVisible()).toBe(false);
    expect(await row('audit').isVisible()).toBe(true);
  });
});

describe('what comes in', () => {
  it('never takes the focus from where the person is', async () => {
    const extension = await open(busyList());
    await compose().fill('half a ');
    await extension.change({ kind: 'approval', approval: approval('new', bash('npm test')) });
    await extension.change({ kind: 'task', task: task('audit', { state: 'failed', ended: NOW }) });
    await panel.page.locator('[data-approval="new"]').waitFor();
    await panel.page.keyboard.type('thought');
    expect(await compose().inputValue()).toBe('half a thought');
  });

  it('is announced: requests at once, endings in a pause', async () => {
    const extension = await open(busyList());
    await row('audit').waitFor();
    await extension.change({ kind: 'approval', approval: approval('new', bash('npm test')) });
    await expect
      .poll(() => panel.page.locator('#assertive').textContent())
      .toContain('needs you: Run a command npm test');
    await extension.change({
      kind: 'task',
      task: task('audit', { title: 'Security audit', state: 'succeeded', ended: NOW }),
    });
    await expect.poll(() => panel.page.locator('#polite').textContent()).toContain('Security audit: Done');
  });

  it('asks for everything again when a message is missing', async () => {
    const extension = await open(busyList());
    await row('audit').waitFor();
    extension.sequence += 5;
    extension.tasks = [task('only', { title: 'The only one' })];
    await extension.change({ kind: 'approvalRemoved', approvalId: 'none' });
    await expect.poll(() => extension.sent('resync').length).toBe(1);
    await row('only').waitFor();
    expect(await row('audit').count()).toBe(0);
  });

  it('does nothing when it is nonsense', async () => {
    // Time stands still: what counts seconds would change, too.
    const extension = await open(busyList(), { clockAt: NOW });
    await panel.delivered();
    await panel.page.clock.runFor(50);
    await row('audit').waitFor();
    const before = await panel.text(panel.page.locator('panel-task-list'));
    const nonsense = [null, 7, 'x', {}, { type: 'changes' }, { type: 'detail', detail: { id: 'x' } }, { type: 'nope' }];
    for (const data of nonsense) {
      await extension.send(data);
    }
    await panel.delivered();
    await panel.page.clock.runFor(50);
    expect(await panel.text(panel.page.locator('panel-task-list'))).toBe(before);
    expect(extension.sent('problem')).toHaveLength(nonsense.length);
  });

  it('counts the clock on by itself, by the time of the extension', async () => {
    const extension = busyList();
    // The machine of the extension is a day ahead of the one that shows the view.
    extension.now = NOW;
    await open(extension, { clockAt: NOW - 86_400_000 });
    await panel.delivered();
    await panel.page.clock.runFor(50);
    const text = () => row('slow').locator('.facts').innerText();
    expect(await text()).toBe('$0.04 · 0:18');
    await panel.page.clock.runFor(3000);
    expect(await text()).toBe('$0.04 · 0:21');
  });

  it('keeps thousands of tasks bounded in the document', async () => {
    const extension = new FakeExtension();
    extension.tasks = Array.from({ length: 3000 }, (_, each) =>
      task(`t${each}`, { state: 'succeeded', ended: NOW - each * 1000 }),
    );
    await open(extension);
    await row('t0').waitFor();
    expect(await panel.page.locator('panel-task-list .row').count()).toBeLessThan(80);
    await row('t0').focus();
    await press('End');
    await row('t2999').waitFor();
    expect(await panel.page.locator('panel-task-list .row').count()).toBeLessThan(80);
    await expect.poll(focused).toContain('Task t2999');
  });

  it('fetches older tasks when asked for them', async () => {
    const extension = await open(
      Object.assign(new FakeExtension(), { tasks: [task('a', { created: 5000 })], facts: facts({ olderTasks: 12 }) }),
    );
    await panel.page.getByText('Show older tasks (12)').click();
    await expect.poll(() => extension.sent('getOlderTasks')).toMatchObject([{ before: 5000 }]);
  });
});

describe('the wide panel', () => {
  it('shows the list and the open task side by side', async () => {
    const extension = longTask();
    extension.surface = 'editor';
    await open(extension, { surface: 'editor', width: 1200 });
    await row('health').click();
    await panel.page.locator('panel-task-view h1').waitFor();
    expect(await row('health').isVisible()).toBe(true);
    await panel.page.setViewportSize({ width: 500, height: 800 });
    await expect.poll(() => row('health').isVisible()).toBe(false);
  });
});

describe('what the extension asks to show', () => {
  it('comes into sight with the focus, because the person asked for it', async () => {
    const extension = await open(busyList());
    await row('audit').waitFor();
    await extension.send({ type: 'reveal', target: { kind: 'approval', approvalId: 'runner' } });
    await expect.poll(focused).toContain('Upgrade the test runner');
    await extension.send({ type: 'reveal', target: { kind: 'compose', text: 'Explain ' } });
    await expect.poll(() => compose().inputValue()).toBe('Explain ');
    await expect.poll(() => compose().evaluate(element => element.matches(':focus'))).toBe(true);
    await extension.send({ type: 'reveal', target: { kind: 'task', taskId: 'health' } });
    await panel.page.locator('panel-task-view h1').waitFor();
  });
});
