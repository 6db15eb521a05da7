import type { Clock } from '../../base/clock.ts';
import { type ChainRun, isChainOver } from '../../core/chains/chainRun.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import type { Task } from '../../core/tasks/task.ts';

/** Resolves with a task as soon as it satisfies the test; with what it is then when the time is up. */
export function untilTask(
  log: PanelLog,
  clock: Clock,
  wish: { readonly id: string; readonly timeoutMs: number; readonly test: (task: Task) => boolean },
): Promise<Task | undefined> {
  return until(log, clock, { ...wish, get: () => log.tasks.get(wish.id) });
}

/** Resolves with a chain as soon as it is over; with what it is then when the time is up. */
export function untilChain(
  log: PanelLog,
  clock: Clock,
  wish: { readonly id: string; readonly timeoutMs: number },
): Promise<ChainRun | undefined> {
  return until(log, clock, { ...wish, get: () => log.chains.get(wish.id), test: run => isChainOver(run.status) });
}

function until<T>(
  log: PanelLog,
  clock: Clock,
  { get, test, timeoutMs }: { get: () => T | undefined; test: (found: T) => boolean; timeoutMs: number },
): Promise<T | undefined> {
  return new Promise(resolve => {
    const look = (): void => {
      const found = get();
      if (found === undefined || test(found)) {
        finish(found);
      }
    };
    const finish = (found: T | undefined): void => {
      timer.dispose();
      subscription.dispose();
      resolve(found);
    };
    const timer = clock.after(timeoutMs, () => finish(get()));
    const subscription = log.onDidCommit(look);
    look();
  });
}
