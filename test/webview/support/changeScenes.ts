import type { Page } from 'playwright-core';
import type { TaskUndo } from '../../../src/protocol/taskView.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { longTask } from './longTask.ts';
import { NOW } from './samples.ts';
import type { Scene } from './scenes.ts';

/** The long task when it is over. */
export function endedTask(undo: TaskUndo): FakeExtension {
  const extension = longTask();
  extension.approvals = [];
  const over = { state: 'succeeded', pendingApprovals: 0, ended: NOW - 9000, undo } as const;
  extension.tasks = extension.tasks.map(each => (each.id === 'health' ? { ...each, ...over } : each));
  return extension;
}

export async function openLongTask(page: Page): Promise<void> {
  await page.locator('[data-task="health"]').click();
  await page.locator('panel-task-view h1').waitFor();
}

/** What can be done about the changes of a task that has ended. */
export const CHANGE_SCENES: readonly Scene[] = (
  [
    ['task-changed', { files: 3, canFork: false }],
    ['task-undone', { undone: 'all', canFork: false }],
    ['task-last-run-undone', { undone: 'lastRun', canFork: true }],
  ] as const
).map(([name, undo]) => ({
  name,
  extension: () => endedTask(undo),
  act: openLongTask,
}));
