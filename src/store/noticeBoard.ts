import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/event.ts';
import { type Failure, toFailure } from '../base/panelError.ts';

/** What the user should know about the file. The same trouble comes back with every look at it; it is said once. */
export class NoticeBoard implements Disposable {
  readonly #emitter = new Emitter<Failure>();
  readonly #notices: Failure[];

  readonly onDidNotice: Event<Failure> = this.#emitter.event;

  constructor(notices: readonly Failure[]) {
    this.#notices = [...notices];
  }

  get notices(): readonly Failure[] {
    return this.#notices;
  }

  readonly add = (error: unknown): void => {
    const failure = toFailure(error);
    if (!this.#notices.some(({ reason, detail }) => reason === failure.reason && detail === failure.detail)) {
      this.#notices.push(failure);
      this.#emitter.fire(failure);
    }
  };

  dispose(): void {
    this.#emitter.dispose();
  }
}
