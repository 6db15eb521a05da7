import type { Clock } from '../base/clock.ts';

/** Resolves with the work, or at the deadline, whichever comes first. The work itself goes on. */
export function withDeadline(work: Promise<void>, deadlineMs: number, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(deadlineMs, resolve);
    work.then(resolve, reject).finally(() => timer.dispose());
  });
}
