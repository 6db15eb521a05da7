/** Items remembered at most; those touched longest ago are forgotten first. */
const ITEMS_KEPT = 500;
const NONE: ReadonlySet<string> = new Set();

/** Which parts of which items are unfolded. Kept apart from the items, which come and go while scrolling. */
export class OpenParts {
  readonly #items = new Map<string, ReadonlySet<string>>();

  of(itemId: string): ReadonlySet<string> {
    return this.#items.get(itemId) ?? NONE;
  }

  toggle(itemId: string, part: string): void {
    const parts = new Set(this.of(itemId));
    if (!parts.delete(part)) {
      parts.add(part);
    }
    this.#items.delete(itemId);
    this.#items.set(itemId, parts);
    const oldest = this.#items.keys().next();
    if (this.#items.size > ITEMS_KEPT && oldest.done !== true) {
      this.#items.delete(oldest.value);
    }
  }
}
