import type { Locator } from 'playwright-core';
import type { TakenSnapshots } from '../../../src/core/checkpoints/checkpointFact.ts';
import { waitFor } from '../../harness/waitFor.ts';
import type { Workbench } from '../../harness/workbench.ts';
import type { PanelStage } from './panelStage.ts';

const PRESS_MS = 1_000;

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

/** Takes everything in the list that is chosen at first. */
export async function agreeTo(workbench: Workbench, word: 'Undo' | 'Redo', title: string): Promise<void> {
  const plan = planOf(workbench, word, title);
  await plan.waitFor();
  const isGone = async (): Promise<boolean> => !(await plan.isVisible());
  // What comes too soon after a list appeared, or changed, does not count.
  await waitFor('the plan to be agreed to', async () => {
    if (await isGone()) return true;
    await plan.getByRole('button', { name: 'OK' }).click({ timeout: PRESS_MS });
    return waitFor('the list to go', isGone, PRESS_MS);
  });
  await confirm(workbench, word);
}

/** Waits until the snapshot after the given run of a task is there, counted from 1. */
export async function runsOver(stage: PanelStage, title: string, count: number): Promise<void> {
  const { id } = await stage.taskIn(title, 'succeeded');
  await waitFor(`the snapshot after run ${count}`, () => {
    const taken = stage.data.events(id, 'checkpoint.taken').map(({ data }) => data as unknown as TakenSnapshots);
    return taken.filter(({ moment }) => moment === 'after').length >= count;
  });
}
