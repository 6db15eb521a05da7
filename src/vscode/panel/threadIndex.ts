/** The main thread of a task. */
export const MAIN_THREAD = '';

/**
 * Where the items of each thread stand in the log of a task. The log has one order for all; a view shows the main
 * thread and each sub-agent's as lists of their own.
 */
export class ThreadIndex {
  /** Places in the log, ascending, by thread. */
  readonly #threads = new Map<string, number[]>();
  #next = 0;

  /** The first place in the log that is not known yet. */
  get next(): number {
    return this.#next;
  }

  /** Adds the entry at the next place in the log. */
  add(thread: string): void {
    const places = this.#threads.get(thread);
    if (places === undefined) {
      this.#threads.set(thread, [this.#next]);
    } else {
      places.push(this.#next);
    }
    this.#next += 1;
  }

  total(thread: string): number {
    return this.#threads.get(thread)?.length ?? 0;
  }

  /** Places in the log of a run of items of one thread. */
  places(thread: string, from: number, count: number): readonly number[] {
    return this.#threads.get(thread)?.slice(from, from + count) ?? [];
  }

  /** The position in its thread of what stands at a place in the log. */
  position(thread: string, place: number): number | undefined {
    const places = this.#threads.get(thread) ?? [];
    let low = 0;
    let high = places.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = places[middle] ?? 0;
      if (found === place) {
        return middle;
      }
      if (found < place) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return undefined;
  }
}

/** Runs of places that can be read at once without reading much in between. */
export function readingRuns(
  places: readonly number[],
  mostBetween: number,
): readonly { readonly from: number; readonly count: number }[] {
  const runs: { from: number; count: number }[] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last !== undefined && place - (last.from + last.count) <= mostBetween) {
      last.count = place - last.from + 1;
    } else {
      runs.push({ from: place, count: 1 });
    }
  }
  return runs;
}
