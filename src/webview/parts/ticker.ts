import type { Clock } from '../../base/clock.ts';
import { type Disposable, toDisposable } from '../../base/disposable.ts';

/** One beat a second for everything that shows a running time; it beats only while somebody listens. */
export class Ticker {
  readonly #clock: Clock;
  readonly #listeners = new Set<(now: number) => void>();
  #timer: Disposable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  onBeat(listener: (now: number) => void): Disposable {
    this.#listeners.add(listener);
    this.#timer ??= this.#clock.every(1000, () => {
      const now = this.#clock.now();
      for (const each of [...this.#listeners]) {
        each(now);
      }
    });
    return toDisposable(() => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#timer?.dispose();
        this.#timer = undefined;
      }
    });
  }
}
