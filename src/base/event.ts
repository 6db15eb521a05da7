import type { Disposable } from './disposable.ts';

/** Subscribes a listener; the returned disposable ends the subscription. The shape is VS Code's. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Fires values to its listeners. A listener that throws does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void = reportOnNextTurn) {
    this.#onError = onError;
  }

  readonly event: Event<T> = listener => {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  };

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

function reportOnNextTurn(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Resolves with the first value that satisfies the test; rejects with the signal's reason when it aborts first. */
export function nextEvent<T>(event: Event<T>, test: (value: T) => boolean, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      subscription.dispose();
      reject(signal?.reason);
    };
    const subscription = event(value => {
      if (test(value)) {
        subscription.dispose();
        signal?.removeEventListener('abort', onAbort);
        resolve(value);
      }
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
