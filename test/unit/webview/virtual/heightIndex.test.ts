import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeightIndex } from '../../../../src/webview/virtual/heightIndex.ts';

/** The same, slowly. */
class PlainHeights {
  heights: number[] = [];
  readonly estimate: number;
  constructor(estimate: number) {
    this.estimate = estimate;
  }
  resize(count: number): void {
    this.heights = Array.from({ length: count }, (_, index) => this.heights[index] ?? this.estimate);
  }
  offsetOf(index: number): number {
    return this.heights.slice(0, index).reduce((sum, height) => sum + height, 0);
  }
  indexAt(offset: number): number {
    let top = 0;
    for (const [index, height] of this.heights.entries()) {
      if (offset < top + height) {
        return index;
      }
      top += height;
    }
    return Math.max(0, this.heights.length - 1);
  }
}

describe('HeightIndex', () => {
  it('agrees with plain sums after any changes', () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('resize' as const), count: fc.integer({ min: 0, max: 300 }) }),
      fc.record({
        kind: fc.constant('set' as const),
        index: fc.integer({ min: 0, max: 320 }),
        height: fc.integer({ min: 0, max: 500 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.integer({ min: 0, max: 20_000 }), (changes, offset) => {
        const heights = new HeightIndex(40);
        const plain = new PlainHeights(40);
        for (const each of changes) {
          if (each.kind === 'resize') {
            heights.resize(each.count);
            plain.resize(each.count);
          } else {
            heights.set(each.index, each.height);
            if (each.index < plain.heights.length) {
              plain.heights[each.index] = each.height;
            }
          }
        }
        expect(heights.total).toBeCloseTo(plain.offsetOf(plain.heights.length), 6);
        for (const index of [0, 1, 7, 64, 65, plain.heights.length]) {
          expect(heights.offsetOf(index)).toBeCloseTo(plain.offsetOf(index), 6);
        }
        expect(heights.indexAt(offset)).toBe(plain.indexAt(offset));
      }),
    );
  });

  it('says whether a height is new', () => {
    const heights = new HeightIndex(40);
    heights.resize(3);
    expect([
      heights.set(1, 40),
      heights.set(1, 60),
      heights.set(1, 60),
      heights.set(3, 10),
      heights.set(-1, 10),
    ]).toEqual([false, true, false, false, false]);
  });

  it('takes over known heights when the order changes', () => {
    const heights = new HeightIndex(40);
    heights.reset([10, undefined, 100]);
    expect([heights.count, heights.total, heights.offsetOf(2), heights.indexAt(49), heights.indexAt(50)]).toEqual([
      3, 150, 50, 1, 2,
    ]);
  });

  it('finds its way in 50,000 rows', () => {
    const heights = new HeightIndex(48);
    heights.resize(50_000);
    heights.set(10, 1000);
    expect(heights.total).toBe(50_000 * 48 + 952);
    expect(heights.indexAt(heights.offsetOf(49_999) + 1)).toBe(49_999);
  });
});
