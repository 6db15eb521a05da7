import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { Disposable } from '../../base/disposable.ts';
import type { Ticker } from './ticker.ts';

/** Text that is written anew every second, by itself: nothing around it is rendered again. */
class TickingDirective extends AsyncDirective {
  #ticker: Ticker | undefined;
  #text: ((now: number) => string) | undefined;
  #shown: string | undefined;
  #subscription: Disposable | undefined;

  override render(ticker: Ticker, text: (now: number) => string): unknown {
    this.#ticker = ticker;
    this.#text = text;
    if (this.isConnected) {
      this.#listen();
    }
    this.#shown = text(ticker.now());
    return this.#shown;
  }

  override disconnected(): void {
    this.#subscription?.dispose();
    this.#subscription = undefined;
  }

  override reconnected(): void {
    this.#listen();
  }

  #listen(): void {
    this.#subscription ??= this.#ticker?.onBeat(now => {
      const text = this.#text?.(now) ?? '';
      if (text !== this.#shown) {
        this.#shown = text;
        this.setValue(text);
      }
    });
  }
}

export const ticking = directive(TickingDirective) as (ticker: Ticker, text: (now: number) => string) => unknown;
