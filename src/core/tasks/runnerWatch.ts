import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Task } from './task.ts';

export interface RunnerLimits {
  /** Silence after which the panel says so. */
  readonly silenceMs: number;
  /** Silence after which the task is ended. */
  readonly idleMs: number;
}

interface WatchParts {
  readonly clock: Clock;
  readonly limits: RunnerLimits;
  readonly task: () => Task;
  readonly isWorking: () => boolean;
  readonly onSilent: (since: number) => void;
  readonly onIdleLimit: (seconds: number) => void;
  readonly onTimeLimit: (minutes: number) => void;
  readonly onCostDue: () => void;
}

const TICK_MS = 1000;
const COST_PERIOD_MS = 3000;
/** A longer gap between two ticks is a machine that slept: neither work nor silence. */
const LONGEST_TICK_MS = 10_000;

/**
 * Watches one run of the process: silence while no tool works, the time limit (each run has its own allowance; the wait
 * for a person does not count), and when to ask for the cost.
 */
export class RunnerWatch implements Disposable {
  readonly #parts: WatchParts;
  readonly #timer: Disposable;
  #lastHeard: number;
  #lastTick: number;
  #lastCost = 0;
  #workedMs = 0;
  #silent = false;
  #inTurn = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    const now = parts.clock.now();
    this.#lastHeard = now;
    this.#lastTick = now;
    this.#timer = parts.clock.every(TICK_MS, () => this.#tick());
  }

  /** True when this ends a silence that was told. */
  heard(now: number): boolean {
    this.#lastHeard = now;
    const wasSilent = this.#silent;
    this.#silent = false;
    return wasSilent;
  }

  turnStarted(): void {
    this.#inTurn = true;
  }

  turnEnded(): void {
    this.#inTurn = false;
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #tick(): void {
    const now = this.#parts.clock.now();
    const gap = now - this.#lastTick;
    const passed = gap > LONGEST_TICK_MS ? TICK_MS : gap;
    this.#lastHeard += gap - passed;
    this.#lastTick = now;
    const task = this.#parts.task();
    if (task.status.state === 'waiting' || this.#parts.isWorking()) {
      this.#lastHeard = Math.max(this.#lastHeard, now);
    }
    if (task.status.state !== 'waiting') {
      this.#workedMs += passed;
    }
    const { minutes } = task.limits;
    if (minutes !== undefined && minutes > 0 && this.#workedMs >= minutes * 60_000) {
      this.#parts.onTimeLimit(minutes);
      return;
    }
    this.#watchSilence(now, task);
    if (this.#inTurn && now - this.#lastCost >= COST_PERIOD_MS) {
      this.#lastCost = now;
      this.#parts.onCostDue();
    }
  }

  #watchSilence(now: number, task: Task): void {
    // A retry that is being waited for is announced by its own notice.
    const quietUntil = Math.max(this.#lastHeard, task.retry?.nextAt ?? 0);
    const silence = now - quietUntil;
    if (silence >= this.#parts.limits.idleMs) {
      this.#parts.onIdleLimit(Math.round(silence / 1000));
    } else if (!this.#silent && silence >= this.#parts.limits.silenceMs) {
      this.#silent = true;
      this.#parts.onSilent(quietUntil);
    }
  }
}
