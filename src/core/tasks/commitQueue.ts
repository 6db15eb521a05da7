import type { Disposable } from '../../base/disposable.ts';
import { Emitter, type Event } from '../../base/event.ts';
import type { Commit } from './panelLog.ts';

/**
 * Delivers commits one after the other. A listener may append: its commit waits until every listener has
 * heard the present one, so that all of them see the same order.
 */
export class CommitQueue implements Disposable {
  readonly #emitter = new Emitter<Commit>();
  readonly #waiting: Commit[] = [];
  #delivering = false;

  readonly onDidCommit: Event<Commit> = this.#emitter.event;

  deliver(commit: Commit): void {
    this.#waiting.push(commit);
    if (this.#delivering) {
      return;
    }
    this.#delivering = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#emitter.fire(next);
      }
    } finally {
      this.#delivering = false;
    }
  }

  dispose(): void {
    this.#waiting.length = 0;
    this.#emitter.dispose();
  }
}
