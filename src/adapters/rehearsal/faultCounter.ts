import type { Fault, Round } from './scenarioModel.ts';

/** Places of conversations that are remembered; the oldest are forgotten first. */
const MOST_PLACES = 20_000;

/** Counts how often each fault happened at each place of each conversation: the only thing that requests do not tell. */
export class FaultCounter {
  readonly #happened = new Map<string, number>();

  /** The fault that happens now, if any; asking counts it. */
  take(place: string, round: Round): Fault | undefined {
    for (const [index, fault] of round.faults.entries()) {
      const key = `${place}\n${index}`;
      const before = this.#happened.get(key) ?? 0;
      if (before < fault.times) {
        this.#remember(key, before + 1);
        return fault;
      }
    }
    return undefined;
  }

  #remember(key: string, times: number): void {
    this.#happened.delete(key);
    this.#happened.set(key, times);
    const oldest = this.#happened.size > MOST_PLACES ? this.#happened.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.#happened.delete(oldest);
    }
  }
}
