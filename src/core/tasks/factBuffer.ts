import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { PanelLog } from './panelLog.ts';
import type { TaskLogFact } from './taskFact.ts';

const RETRY_MS = 1000;

/**
 * Collects the facts of one chunk of output and writes them in one transaction.
 * When the log cannot be written (a full disk), they are kept and tried again: nothing is lost while the process lives.
 */
export class FactBuffer implements Disposable {
  readonly #subject: string;
  readonly #log: PanelLog;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown) => void;
  #facts: TaskLogFact[] = [];
  #scheduled = false;
  #retry: Disposable | undefined;

  constructor(subject: string, log: PanelLog, clock: Clock, onFailure: (error: unknown) => void) {
    this.#subject = subject;
    this.#log = log;
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  /** Writes at the end of the present turn of the event loop. */
  add(facts: readonly TaskLogFact[]): void {
    this.#facts.push(...facts);
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        this.flush();
      });
    }
  }

  /** Writes at once, after what was collected before. */
  now(facts: readonly TaskLogFact[]): void {
    this.#facts.push(...facts);
    this.flush();
  }

  flush(): void {
    if (this.#facts.length === 0) {
      return;
    }
    const facts = this.#facts;
    this.#facts = [];
    try {
      this.#log.append([{ subject: this.#subject, facts }]);
    } catch (error) {
      this.#facts = [...facts, ...this.#facts];
      this.#retry ??= this.#clock.after(RETRY_MS, () => {
        this.#retry = undefined;
        this.flush();
      });
      this.#onFailure(error);
    }
  }

  dispose(): void {
    this.flush();
    // What still could not be written keeps trying: the timer holds the buffer until the disk has room again.
  }
}
