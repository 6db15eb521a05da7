import type { TaskFact } from './taskFact.ts';

/** How long the calls of one process waited for a person, as far as they asked. Times are milliseconds. */
export class WaitTimes {
  readonly #since = new Map<string, number>();
  readonly #waited = new Map<string, number>();

  /** A call may ask more than once. */
  began(toolUseId: string, now: number): void {
    this.#since.set(toolUseId, now);
  }

  ended(toolUseId: string, now: number): void {
    const since = this.#since.get(toolUseId);
    if (since !== undefined && this.#since.delete(toolUseId)) {
      this.#waited.set(toolUseId, (this.#waited.get(toolUseId) ?? 0) + Math.max(0, now - since));
    }
  }

  /** The end of a call says how long it had waited; every other fact stays as it is. */
  tell(fact: TaskFact): TaskFact {
    if (fact.type !== 'claude-panel.task.toolEnded') {
      return fact;
    }
    const { toolUseId } = fact.data;
    const waitedMs = this.#waited.get(toolUseId);
    this.#since.delete(toolUseId);
    this.#waited.delete(toolUseId);
    return waitedMs === undefined ? fact : { ...fact, data: { ...fact.data, waitedMs } };
  }
}
