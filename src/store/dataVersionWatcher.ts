import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface Options {
  readonly database: PanelDatabase;
  readonly clock: Clock;
  /** Called when another connection committed something. When it throws, it is called again at the next look. */
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** Others hear of a commit within 100 ms; a look costs a few microseconds. */
const PERIOD_MS = 40;

/** Notices commits of other processes. Own commits do not count. */
export class DataVersionWatcher implements Disposable {
  readonly #options: Options;
  readonly #version: Prepared<{ data_version: number }>;
  readonly #timer: Disposable;
  /** Nothing at first: what was committed while the store was being opened is found by the first look. */
  #seen: number | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#version = options.database.prepare('pragma data_version');
    this.#timer = options.clock.every(PERIOD_MS, () => this.poll());
  }

  /** Looks now. Does nothing in the middle of a transaction. */
  poll(): void {
    const { database, onChange, onError } = this.#options;
    if (!database.isOpen || database.inTransaction) {
      return;
    }
    try {
      const version = this.#version.get()?.data_version;
      if (version !== this.#seen) {
        onChange();
        this.#seen = version;
      }
    } catch (error) {
      onError(error);
    }
  }

  /** Takes the next look for a change, for a listener that could not finish. */
  lookAgain(): void {
    this.#seen = undefined;
  }

  dispose(): void {
    this.#timer.dispose();
  }
}
