import type { Clock } from '../../base/clock.ts';

/** The clock of the machine on which the extension runs, which may not be the one that shows the view. */
export class HostClock implements Clock {
  readonly #own: Clock;
  #ahead = 0;

  constructor(own: Clock) {
    this.#own = own;
  }

  /** Sets the clock by what the extension's says now. */
  set(hostNow: number): void {
    this.#ahead = hostNow - this.#own.now();
  }

  now(): number {
    return this.#own.now() + this.#ahead;
  }

  after(delayMs: number, callback: () => void): ReturnType<Clock['after']> {
    return this.#own.after(delayMs, callback);
  }

  every(periodMs: number, callback: () => void): ReturnType<Clock['every']> {
    return this.#own.every(periodMs, callback);
  }
}
