/** Input is ignored for this long after something appeared under the pointer, or the window came to the front. */
export const SETTLE_MS = 400;

/**
 * Keeps a click or a key that was meant for something else from answering. The clock is its own and only goes forward,
 * in ms; the person's clock may be set.
 */
export class InputGuard {
  readonly #now: () => number;
  #windowFocused: boolean | undefined;
  #settledAt: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#settledAt = now() + SETTLE_MS;
  }

  /** A card came, went or moved. */
  cardsMoved(): void {
    this.#unsettle();
  }

  /** The view has the focus now. Within a window that had it all along, that is no reason to wait. */
  viewFocused(): void {
    if (this.#windowFocused !== true) {
      this.#unsettle();
    }
  }

  /** The view can be seen again. */
  viewShown(): void {
    this.#unsettle();
  }

  windowFocusChanged(focused: boolean): void {
    if (focused && this.#windowFocused === false) {
      this.#unsettle();
    }
    this.#windowFocused = focused;
  }

  /** Milliseconds until input counts again; 0 when it counts now. */
  get remaining(): number {
    return Math.max(0, this.#settledAt - this.#now());
  }

  accepts(): boolean {
    return this.remaining === 0;
  }

  #unsettle(): void {
    this.#settledAt = this.#now() + SETTLE_MS;
  }
}
