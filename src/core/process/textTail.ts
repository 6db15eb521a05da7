/** Keeps the end of a text that may be endless. */
export class TextTail {
  readonly #limit: number;
  #text = '';

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(text: string): void {
    const joined = this.#text + text;
    this.#text = joined.length > this.#limit * 2 ? joined.slice(-this.#limit) : joined;
  }

  toString(): string {
    return this.#text.slice(-this.#limit);
  }
}
