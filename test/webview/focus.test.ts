import { describe, expect, it } from 'vitest';
import { busyList } from './support/busyList.ts';
import type { FakeExtension } from './support/fakeExtension.ts';
import { openPanels } from './support/openPanels.ts';
import type { PanelPage } from './support/panelPage.ts';
import { approval, bash, NOW, task } from './support/samples.ts';

const openPanel = openPanels();
let panel: PanelPage;

async function open(cards: FakeExtension['approvals'] = []): Promise<FakeExtension> {
  const extension = Object.assign(busyList(), { approvals: cards });
  panel = await openPanel(extension);
  await expect.poll(() => extension.sent('ready').length).toBe(1);
  return extension;
}

const row = (id: string) => panel.page.locator(`[data-task="${id}"]`);

/** The name of what has the focus, through shadow roots; nothing when the focus is nowhere. */
function focused(): Promise<string | undefined> {
  return panel.page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) {
      active = active.shadowRoot.activeElement;
    }
    if (active === document.body) {
      return undefined;
    }
    return active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? '';
  });
}

describe('the focus', () => {
  it('stays in the open task when the button that has it is no longer offered', async () => {
    const extension = await open();
    await row('audit').click();
    await panel.page.getByRole('button', { name: 'Stop', exact: true }).focus();
    await extension.change({ kind: 'task', task: task('audit', { state: 'stopped', ended: NOW }) });
    await expect.poll(() => panel.page.locator('panel-task-view h1:focus').count()).toBe(1);
  });

  it('waits with a task that was just run until it is there, and goes to its row when it is closed', async () => {
    const extension = await open();
    extension.onRequest = () => ({ taskId: 'new' });
    await panel.page.keyboard.press('Tab');
    await panel.page.keyboard.insertText('Something new');
    await panel.page.keyboard.press('Control+Enter');
    await expect.poll(focused).toBe('‹ Tasks');
    await extension.change({ kind: 'task', task: task('new', { title: 'Something new', created: NOW }) });
    await expect.poll(() => panel.page.locator('panel-task-view h1:focus').count()).toBe(1);
    await panel.page.keyboard.press('Escape');
    await expect.poll(focused).toMatch(/^Something new, /);
  });

  it('goes from a card that leaves to the next one, and from the last one to the tasks', async () => {
    const extension = await open([
      approval('a', bash('npm test'), { created: 1 }),
      approval('b', bash('rm -rf dist'), { created: 2 }),
    ]);
    await panel.page.locator('[data-approval="a"]').getByRole('button', { name: 'Allow', exact: true }).focus();
    await extension.change({ kind: 'approvalRemoved', approvalId: 'a' });
    await expect.poll(focused).toContain('rm -rf dist');
    await extension.change({ kind: 'approvalRemoved', approvalId: 'b' });
    await expect.poll(() => panel.page.locator('[data-task]:focus').count()).toBe(1);
  });

  it('stays with a row that moves to another group', async () => {
    const extension = await open();
    await row('audit').focus();
    await extension.change({ kind: 'task', task: task('audit', { state: 'stopped', ended: NOW }) });
    await expect.poll(() => row('audit').getAttribute('aria-label')).toContain('Stopped');
    await expect.poll(focused).toContain('audit, Stopped');
  });

  it('is not brought back where the person took it away', async () => {
    const extension = await open();
    await row('audit').focus();
    await panel.page.mouse.click(5, (panel.page.viewportSize()?.height ?? 0) - 200);
    await expect.poll(focused).toBeUndefined();
    await extension.change({ kind: 'task', task: task('audit', { state: 'stopped', ended: NOW }) });
    await expect.poll(() => row('audit').getAttribute('aria-label')).toContain('Stopped');
    await panel.drawn();
    expect(await focused()).toBeUndefined();
  });
});
