import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAIN_THREAD, readingRuns, ThreadIndex } from '../../../../src/vscode/panel/threadIndex.ts';

describe('ThreadIndex', () => {
  it('finds each item of each thread at its place, for any mixture of threads', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(MAIN_THREAD, 'a', 'b')), threads => {
        const index = new ThreadIndex();
        for (const thread of threads) {
          index.add(thread);
        }
        const seen = new Map<string, number>();
        threads.forEach((thread, place) => {
          const position = seen.get(thread) ?? 0;
          seen.set(thread, position + 1);
          expect(index.position(thread, place)).toBe(position);
          expect(index.places(thread, position, 1)).toEqual([place]);
        });
        for (const [thread, total] of seen) {
          expect(index.total(thread)).toBe(total);
        }
      }),
    );
  });

  it('knows nothing of places in other threads', () => {
    const index = new ThreadIndex();
    index.add('a');
    expect(index.position(MAIN_THREAD, 0)).toBeUndefined();
    expect(index.places('b', 0, 10)).toEqual([]);
  });
});

describe('readingRuns', () => {
  it('reads close places at once and far ones apart', () => {
    expect(readingRuns([1, 2, 5, 100, 101], 3)).toEqual([
      { from: 1, count: 5 },
      { from: 100, count: 2 },
    ]);
  });

  it('covers every place, and no run twice', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500)), fc.nat(20), (some, between) => {
        const places = some.sort((a, b) => a - b);
        const read = readingRuns(places, between).flatMap(({ from, count }) =>
          Array.from({ length: count }, (_, offset) => from + offset),
        );
        expect(new Set(read).size).toBe(read.length);
        expect(places.filter(place => !read.includes(place))).toEqual([]);
      }),
    );
  });
});
