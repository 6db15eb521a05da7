import type { Disposable } from '../base/disposable.ts';

type InterruptSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const SIGNALS: readonly InterruptSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

interface SignalSource {
  on(name: InterruptSignal, listener: () => void): unknown;
  off(name: InterruptSignal, listener: () => void): unknown;
}

/** Ctrl+C and its kin, for a command that has something to settle before it ends. */
export class Interrupts {
  readonly #source: SignalSource;
  #raised: ((signal: InterruptSignal) => void) | undefined;

  constructor(source: SignalSource) {
    this.#source = source;
  }

  /** From here on until disposed the signals are only told, with how many came so far. */
  listen(onSignal: (signal: InterruptSignal, count: number) => void): Disposable {
    let count = 0;
    const raised = (signal: InterruptSignal): void => {
      count += 1;
      onSignal(signal, count);
    };
    const listeners = SIGNALS.map(signal => ({ signal, listener: (): void => raised(signal) }));
    for (const { signal, listener } of listeners) {
      this.#source.on(signal, listener);
    }
    this.#raised = raised;
    return {
      dispose: () => {
        this.#raised = undefined;
        for (const { signal, listener } of listeners) {
          this.#source.off(signal, listener);
        }
      },
    };
  }

  /** Ctrl+C as a character: a terminal in raw mode sends no signal for it. */
  raise(): void {
    this.#raised?.('SIGINT');
  }
}
