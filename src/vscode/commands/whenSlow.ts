import { type Clock, systemClock } from '../../base/clock.ts';

/** Work that takes longer than this, in milliseconds, is worth a notification of its own. */
const SLOW_MS = 500;

/**
 * Calls `show`, with what ends when the work does, once the work turns out to take a moment. VS Code shows no toast
 * after three of them in 800 ms: progress that came and went at once would cost the person the result.
 */
export async function whenSlow<T>(
  work: Promise<T>,
  show: (until: Promise<void>) => void,
  clock: Clock = systemClock,
): Promise<T> {
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  const timer = clock.after(SLOW_MS, () => show(settled));
  try {
    return await work;
  } finally {
    timer.dispose();
  }
}
