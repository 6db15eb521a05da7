import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { ServiceHost } from './serviceHost.ts';

const NEXT_TRY_MS = 5000;

interface Parts {
  readonly host: Pick<ServiceHost, 'state' | 'onDidChange' | 'get'>;
  readonly clock: Clock;
}

/**
 * Tries a start that failed again every few seconds. What was in its way, such as a full disk, may be gone, and nobody
 * should have to reload the window to find out.
 */
export class StartRetry implements Disposable {
  readonly #parts: Parts;
  readonly #owned = new DisposableStore();
  #nextTry: Disposable | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#owned.add(parts.host.onDidChange(() => this.#plan()));
    this.#plan();
  }

  dispose(): void {
    this.#nextTry?.dispose();
    this.#owned.dispose();
  }

  #plan(): void {
    const { host, clock } = this.#parts;
    this.#nextTry?.dispose();
    this.#nextTry =
      host.state.kind === 'failed'
        ? // The state tells what became of it.
          clock.after(NEXT_TRY_MS, () => void host.get().catch(() => undefined))
        : undefined;
  }
}
