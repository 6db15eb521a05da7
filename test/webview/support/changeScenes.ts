import type { TaskUndo } from '../../../src/protocol/taskView.ts';
import type { FakeExtension } from './fakeExtension.ts';
import { longTask, openLongTask } from './longTask.ts';
import { NOW } from './samples.ts';
import type { Scene } from './scenes.ts';

/** The long task when it is over. */
export function endedTask(undo: TaskUndo): FakeExtension {
  const extension = longTask();
  extension.approvals = [];
  const over = { state: 'succeeded', pendingApprovals: 0, workedMs: 93_000, ended: NOW - 9000, undo } as const;
  extension.tasks = extension.tasks.map(each => (each.id === 'health' ? { ...each, ...over } : each));
  return extension;
}

/** What can be done about the changes of a task that has ended. */
export const CHANGE_SCENES: readonly Scene[] = (
  [
    ['task-changed', { files: 3, canFork: false }],
    ['task-undone', { undone: 'all', canFork: false }],
    ['task-last-run-undone', { undone: 'lastRun', canFork: true }],
    ['task-partly-undone', { undone: 'some', files: 3, canFork: false }],
  ] as const
).map(([name, undo]) => ({
  name,
  extension: () => endedTask(undo),
  act: openLongTask,
}));
