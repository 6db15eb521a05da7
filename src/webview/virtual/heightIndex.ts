/**
 * The heights of many rows, of which few are measured: sums and searches in logarithmic time (a Fenwick tree).
 * Rows that were never measured count with the estimate.
 */
export class HeightIndex {
  #estimate: number;
  #count = 0;
  #capacity = 0;
  /** Difference between each row's height and the estimate, summed the Fenwick way; place 0 is not used. */
  #sums = new Float64Array(1);
  #differences = new Float64Array(0);

  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  get count(): number {
    return this.#count;
  }

  get total(): number {
    return this.offsetOf(this.#count);
  }

  /** Changes the number of rows; those that stay keep their heights. */
  resize(count: number): void {
    for (let index = count; index < this.#count; index++) {
      this.#change(index, 0);
    }
    if (count > this.#capacity) {
      this.#grow(count);
    }
    this.#count = count;
  }

  /** Replaces all heights; `undefined` stands for a row that was not measured. */
  reset(heights: readonly (number | undefined)[]): void {
    this.#count = heights.length;
    this.#capacity = Math.max(this.#capacity, heights.length);
    this.#differences = new Float64Array(this.#capacity);
    heights.forEach((height, index) => {
      this.#differences[index] = height === undefined ? 0 : height - this.#estimate;
    });
    this.#rebuild();
  }

  heightOf(index: number): number {
    return this.#estimate + (this.#differences[index] ?? 0);
  }

  /** Returns whether the height is another than before. */
  set(index: number, height: number): boolean {
    if (index < 0 || index >= this.#count || Math.abs(this.heightOf(index) - height) < 0.01) {
      return false;
    }
    this.#change(index, height - this.#estimate);
    return true;
  }

  /** The distance from the top of the first row to the top of this one. */
  offsetOf(index: number): number {
    const end = Math.max(0, Math.min(index, this.#count));
    let sum = 0;
    for (let place = end; place > 0; place -= place & -place) {
      sum += this.#sums[place] ?? 0;
    }
    return sum + end * this.#estimate;
  }

  /** The row that covers this distance from the top; the first or the last one outside. */
  indexAt(offset: number): number {
    if (this.#count === 0 || offset <= 0) {
      return 0;
    }
    let place = 0;
    let rest = offset;
    for (let step = 1 << Math.floor(Math.log2(Math.max(1, this.#capacity))); step > 0; step >>= 1) {
      const next = place + step;
      if (next <= this.#capacity) {
        const height = (this.#sums[next] ?? 0) + step * this.#estimate;
        if (height <= rest) {
          place = next;
          rest -= height;
        }
      }
    }
    return Math.min(place, this.#count - 1);
  }

  #change(index: number, difference: number): void {
    const delta = difference - (this.#differences[index] ?? 0);
    this.#differences[index] = difference;
    if (delta !== 0) {
      for (let place = index + 1; place <= this.#capacity; place += place & -place) {
        this.#sums[place] = (this.#sums[place] ?? 0) + delta;
      }
    }
  }

  #grow(count: number): void {
    this.#capacity = Math.max(count, this.#capacity * 2, 64);
    const differences = new Float64Array(this.#capacity);
    differences.set(this.#differences.subarray(0, this.#count));
    this.#differences = differences;
    this.#rebuild();
  }

  #rebuild(): void {
    this.#sums = new Float64Array(this.#capacity + 1);
    for (let place = 1; place <= this.#capacity; place++) {
      const sum = (this.#sums[place] ?? 0) + (this.#differences[place - 1] ?? 0);
      this.#sums[place] = sum;
      const parent = place + (place & -place);
      if (parent <= this.#capacity) {
        this.#sums[parent] = (this.#sums[parent] ?? 0) + sum;
      }
    }
  }
}
