import { isBeforeLastRun } from '../../core/tasks/forkPoint.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';
import type { TaskUndo } from '../../protocol/taskView.ts';

/** What can be done about the changes of a task; nothing while it runs, and where there is nothing to undo. */
export function presentUndo(task: Task): TaskUndo | undefined {
  const { status, snapshots = [], undone } = task;
  const isOver = isFinal(status) || status.state === 'paused';
  const changing = snapshots.filter(({ changed }) => changed !== 0);
  if (!isOver || changing.length === 0) {
    return undefined;
  }
  const files = filesOf(changing);
  return {
    ...(files === undefined ? {} : { files }),
    ...(undone === undefined ? {} : { undone: undone.part ?? 'all' }),
    canFork: isBeforeLastRun(task),
  };
}

/** Of one run they add up over its folders; several runs may have changed the same files. */
function filesOf(snapshots: NonNullable<Task['snapshots']>): number | undefined {
  const [first] = snapshots;
  return snapshots.every(({ attempt }) => attempt === first?.attempt)
    ? snapshots.reduce<number | undefined>(
        (sum, { changed }) => (sum === undefined || changed === undefined ? undefined : sum + changed),
        0,
      )
    : undefined;
}
