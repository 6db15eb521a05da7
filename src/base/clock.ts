import type { Disposable } from './disposable.ts';

/** Time as the product sees it, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after a delay in milliseconds, unless disposed before. */
  after(delayMs: number, callback: () => void): Disposable;
  /** Calls back again and again, unless disposed. */
  every(periodMs: number, callback: () => void): Disposable;
}

interface Timer {
  unref?(): void;
}
declare function setTimeout(callback: () => void, delayMs: number): Timer;
declare function clearTimeout(timer: Timer): void;
declare function setInterval(callback: () => void, periodMs: number): Timer;
declare function clearInterval(timer: Timer): void;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return { dispose: () => clearTimeout(timer) };
  },
  every: (periodMs, callback) => {
    const timer = setInterval(callback, periodMs);
    // A repeating timer alone must never keep a command-line program alive.
    timer.unref?.();
    return { dispose: () => clearInterval(timer) };
  },
};
