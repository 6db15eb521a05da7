export interface Place {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Less than this is a rounding of the layout. */
const STILL_PX = 1;

/** Whether a card came under the pointer, or another part of it did. Growing at its end moves nothing. Pure. */
export function movedUnder(pointer: Point | undefined, before: Place, now: Place): boolean {
  const moved = Math.abs(now.top - before.top) > STILL_PX || Math.abs(now.left - before.left) > STILL_PX;
  return moved && pointer !== undefined && holds(now, pointer);
}

function holds({ left, top, right, bottom }: Place, { x, y }: Point): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/**
 * Watches where cards are from frame to frame: text that is written above one pushes it under a resting pointer.
 * A card may wait for hours, so it looks only while the pointer is in the view.
 */
export class CardMotion {
  readonly #onMoved: () => void;
  #pointer: Point | undefined;
  #places = new Map<Element, Place>();
  #cards: readonly Element[] = [];
  #frame: number | undefined;

  constructor(onMoved: () => void) {
    this.#onMoved = onMoved;
  }

  /** Looks at these from now on; at none when there are none. */
  watch(cards: readonly Element[]): void {
    this.#cards = cards;
    if (cards.length === 0) {
      this.stop();
    } else {
      window.addEventListener('pointermove', this.#pointerMoved, { capture: true, passive: true });
      document.documentElement.addEventListener('pointerleave', this.#pointerLeft);
    }
  }

  stop(): void {
    window.removeEventListener('pointermove', this.#pointerMoved, { capture: true });
    document.documentElement.removeEventListener('pointerleave', this.#pointerLeft);
    this.#pointerLeft();
  }

  readonly #pointerMoved = ({ clientX, clientY }: PointerEvent): void => {
    this.#pointer = { x: clientX, y: clientY };
    this.#frame ??= requestAnimationFrame(this.#look);
  };

  readonly #pointerLeft = (): void => {
    if (this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame);
      this.#frame = undefined;
    }
    this.#pointer = undefined;
    this.#places = new Map();
  };

  readonly #look = (): void => {
    const places = new Map(this.#cards.map(card => [card, card.getBoundingClientRect()]));
    for (const [card, now] of places) {
      const before = this.#places.get(card);
      if (before !== undefined && movedUnder(this.#pointer, before, now)) {
        this.#onMoved();
      }
    }
    this.#places = places;
    this.#frame = requestAnimationFrame(this.#look);
  };
}
