import type { ChainRun } from '../../core/chains/chainRun.ts';
import { isChainOver } from '../../core/chains/chainRun.ts';
import type { Commit } from '../../core/tasks/panelLog.ts';
import { tasksOf } from '../presenters/chainSummary.ts';

/** Which of the chains that live has a task in it: what such a task costs and asks is shown with its chain. */
export class ChainIndex {
  readonly #alive = new Map<string, ChainRun>();
  readonly #byTask = new Map<string, string>();

  constructor(unfinished: readonly ChainRun[]) {
    for (const run of unfinished) {
      this.#take(run);
    }
  }

  /** The chains that look otherwise after a commit. */
  changed({ chains, tasks }: Pick<Commit, 'chains' | 'tasks'>): readonly ChainRun[] {
    const found = new Map<string, ChainRun>();
    for (const run of chains) {
      this.#take(run);
      found.set(run.id, run);
    }
    for (const { id } of tasks) {
      const run = this.#alive.get(this.#byTask.get(id) ?? '');
      if (run !== undefined) {
        found.set(run.id, run);
      }
    }
    return [...found.values()];
  }

  #take(run: ChainRun): void {
    const taskIds = Object.values(run.steps).flatMap(tasksOf);
    if (isChainOver(run.status)) {
      this.#alive.delete(run.id);
      for (const id of taskIds) {
        this.#byTask.delete(id);
      }
      return;
    }
    this.#alive.set(run.id, run);
    for (const id of taskIds) {
      this.#byTask.set(id, run.id);
    }
  }
}
