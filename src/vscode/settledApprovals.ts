import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Commit } from '../core/tasks/panelLog.ts';

/** A view shows for some seconds who answered, so a settled question is kept a little longer than that. */
export const SETTLED_KEPT_MS = 6_000;

/** Says of each question that was settled when nothing has to know it any more. */
export class SettledApprovals implements Disposable {
  readonly #clock: Clock;
  readonly #onGone: (approvalId: string) => void;
  readonly #timers = new Map<string, Disposable>();

  constructor(clock: Clock, onGone: (approvalId: string) => void) {
    this.#clock = clock;
    this.#onGone = onGone;
  }

  take({ approvals }: Pick<Commit, 'approvals'>): void {
    for (const { id, status } of approvals) {
      this.#timers.get(id)?.dispose();
      this.#timers.delete(id);
      if (status.state !== 'pending') {
        const timer = this.#clock.after(SETTLED_KEPT_MS, () => {
          this.#timers.delete(id);
          this.#onGone(id);
        });
        this.#timers.set(id, timer);
      }
    }
  }

  dispose(): void {
    for (const timer of this.#timers.values()) {
      timer.dispose();
    }
    this.#timers.clear();
  }
}
