import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';

/** A dry run: a chain as it would be, and what starts it. */
interface ChainPlan {
  readonly run: ChainRun;
  /** What each step would do, with the values that are known. */
  readonly does: ReadonlyMap<string, string>;
  /** Gives the id of the chain that was started; nothing when something else has to happen first. */
  readonly start: () => Promise<string | undefined>;
}

/** What was planned in this window. It is never stored: a plan that nobody runs leaves nothing behind. */
export class ChainPlans implements Disposable {
  readonly #plans = new Map<string, ChainPlan>();
  readonly #changed = new Emitter<string>();

  /** A plan is new, or gone. */
  readonly onDidChange = this.#changed.event;

  add(plan: ChainPlan): void {
    this.#plans.set(plan.run.id, plan);
    this.#changed.fire(plan.run.id);
  }

  get(id: string): ChainPlan | undefined {
    return this.#plans.get(id);
  }

  all(): readonly ChainPlan[] {
    return [...this.#plans.values()];
  }

  discard(id: string): void {
    if (this.#plans.delete(id)) {
      this.#changed.fire(id);
    }
  }

  dispose(): void {
    this.#plans.clear();
    this.#changed.dispose();
  }
}
