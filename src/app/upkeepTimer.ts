import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** Long after the start or a change of the settings: nobody waits for it, and a number may be half typed. */
const LATER_MS = 60_000;
const HOUR_MS = 60 * 60_000;

/** Tidies up now and then, for as long as a window is open. The jobs know what is due, and never reject. */
export class UpkeepTimer implements Disposable {
  readonly #clock: Clock;
  readonly #jobs: readonly (() => Promise<void>)[];
  #timer: Disposable | undefined;

  constructor(clock: Clock, jobs: readonly (() => Promise<void>)[]) {
    this.#clock = clock;
    this.#jobs = jobs;
  }

  /** In a minute, and from then on every hour. Called again, it counts from then. */
  soon(): void {
    this.#arm(LATER_MS);
  }

  dispose(): void {
    this.#timer?.dispose();
  }

  #arm(delayMs: number): void {
    this.#timer?.dispose();
    this.#timer = this.#clock.after(delayMs, () => {
      this.#arm(HOUR_MS);
      for (const job of this.#jobs) {
        void job();
      }
    });
  }
}
