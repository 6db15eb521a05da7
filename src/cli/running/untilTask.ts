import type { Clock } from '../../base/clock.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import type { Task } from '../../core/tasks/task.ts';

/** Resolves with a task as soon as it satisfies the test; with what it is then when the time is up. */
export function untilTask(
  log: PanelLog,
  clock: Clock,
  wish: { readonly id: string; readonly timeoutMs: number; readonly test: (task: Task) => boolean },
): Promise<Task | undefined> {
  const { id, timeoutMs, test } = wish;
  return new Promise(resolve => {
    const look = (): void => {
      const task = log.tasks.get(id);
      if (task === undefined || test(task)) {
        finish(task);
      }
    };
    const finish = (task: Task | undefined): void => {
      timer.dispose();
      subscription.dispose();
      resolve(task);
    };
    const timer = clock.after(timeoutMs, () => finish(log.tasks.get(id)));
    const subscription = log.onDidCommit(look);
    look();
  });
}
