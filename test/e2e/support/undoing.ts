import type { Locator } from 'playwright-core';
import type { TakenSnapshots } from '../../../src/core/checkpoints/checkpointFact.ts';
import { PRESS_MS, pressUntil } from '../../harness/pressUntil.ts';
import { waitFor } from '../../harness/waitFor.ts';
import type { Workbench } from '../../harness/workbench.ts';
import type { PanelStage } from './panelStage.ts';
import type { WorkspaceFile } from './workspaceFile.ts';

/** The list of what an undo or redo puts back. */
export function planOf({ quickInput }: Workbench, word: 'Undo' | 'Redo', title: string): Locator {
  return quickInput.widget.filter({ hasText: `${word} "${title}": what is put back` });
}

/** Says yes to the question that stands before an undo or redo. Notifications are dialogs as well, so it is told from them. */
export async function confirm({ page }: Workbench, word: 'Undo' | 'Redo'): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByRole('button', { name: word, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Takes what is chosen in the list: at first all but what conflicts. */
export async function accept(plan: Locator): Promise<void> {
  await plan.waitFor();
  await pressUntil(
    'the plan to be agreed to',
    async () => !(await plan.isVisible()),
    () => plan.getByRole('button', { name: 'OK' }).click({ timeout: PRESS_MS }),
  );
}

/** Takes everything in the list that is chosen at first. */
export async function agreeTo(workbench: Workbench, word: 'Undo' | 'Redo', title: string): Promise<void> {
  await accept(planOf(workbench, word, title));
  await confirm(workbench, word);
}

/** Waits until the snapshot after the given run of a task is there, counted from 1. */
export async function runsOver(stage: PanelStage, title: string, count: number): Promise<void> {
  const { id } = await stage.taskIn(title, 'succeeded');
  await snapshotsAfter(stage.data, id, count);
}

/** Waits until this many snapshots after runs of a task are there. Until then git writes below the workspace. */
export function snapshotsAfter(data: WorkspaceFile, taskId: string, count: number): Promise<true> {
  return waitFor(`the snapshot after run ${count}`, () => {
    const taken = data.events(taskId, 'checkpoint.taken').map(event => event.data as unknown as TakenSnapshots);
    return taken.filter(({ moment }) => moment === 'after').length >= count;
  });
}
