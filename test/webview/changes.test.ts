import { describe, expect, it } from 'vitest';
import type { TaskUndo } from '../../src/protocol/taskView.ts';
import { endedTask } from './support/changeScenes.ts';
import { openPanels } from './support/openPanels.ts';
import type { PanelPage } from './support/panelPage.ts';

const openPanel = openPanels();
let panel: PanelPage;

async function openEnded(undo: TaskUndo): Promise<void> {
  panel = await openPanel(endedTask(undo), { saved: { version: 1, openTaskId: 'health' } });
  await panel.page.getByRole('group', { name: 'Changes of the task' }).waitFor();
}

const strip = () => panel.page.getByRole('group', { name: 'Changes of the task' });
const asked = () => panel.extension.sent('changes').map(({ taskId, action }) => `${action} ${taskId}`);

describe('the changes of a task that has ended', () => {
  it('can be undone and reviewed from whatever is shown of it', async () => {
    await openEnded({ files: 3, canFork: false });
    await strip().getByText('3 files changed').waitFor();
    await panel.page.getByRole('tab', { name: 'Cost' }).click();
    await strip().getByRole('button', { name: 'Undo…' }).click();
    await strip().getByRole('button', { name: 'Review' }).click();
    await expect.poll(asked).toEqual(['undo health', 'review health']);
  });

  it('say that they are undone, and can be redone', async () => {
    await openEnded({ undone: 'all', canFork: false });
    await strip().getByText('Undone. Claude does not know of it.').waitFor();
    expect(await strip().locator('.button-label').allTextContents()).toEqual(['Redo…']);
    await strip().getByRole('button', { name: 'Redo…' }).click();
    await expect.poll(asked).toEqual(['redo health']);
  });

  it('let the conversation go on from before the last run when that is undone', async () => {
    await openEnded({ undone: 'lastRun', canFork: true });
    await strip().getByText('Its last run is undone.').waitFor();
    await strip().getByRole('button', { name: 'Fork from before…' }).click();
    await expect.poll(asked).toEqual(['forkFromBefore health']);
  });

  it('say that a part of them is undone, the rest of which can be undone, too', async () => {
    await openEnded({ undone: 'some', files: 3, canFork: false });
    await strip().getByText('Partly undone. Claude does not know of it.').waitFor();
    expect(await strip().locator('.button-label').allTextContents()).toEqual(['Redo…', 'Undo…', 'Review']);
  });

  it('are offered in the row of the task and in its menu', async () => {
    panel = await openPanel(endedTask({ undone: 'all', canFork: false }));
    const row = panel.page.locator('[data-task="health"]');
    await row.getByText('Undone').waitFor();
    await row.hover();
    await row.getByRole('button', { name: /^Redo…: / }).click();
    await row.click({ button: 'right' });
    await panel.page.getByRole('menuitem', { name: /^Redo…/ }).click();
    await expect.poll(asked).toEqual(['redo health', 'redo health']);
  });
});
