import { describe, expect, it } from 'vitest';
import { mergedSpans, type SnapshotSpan } from '../../../../src/core/checkpoints/snapshotSpans.ts';

const span = (beforeAt: number, afterAt: number): SnapshotSpan => ({
  root: '/ws',
  attempt: 1,
  hostId: 'window',
  before: `at ${beforeAt}`,
  beforeAt,
  after: `at ${afterAt}`,
  afterAt,
  notCovered: 0,
  changed: 2,
});

describe('mergedSpans', () => {
  it('makes one of those that overlap, of which it is not known how many paths differ', () => {
    const { changed: _changed, ...whole } = span(1, 9);
    expect(mergedSpans([span(5, 9), span(1, 6)])).toEqual([whole]);
  });

  it('leaves those that do not, the oldest first', () => {
    expect(mergedSpans([span(5, 9), span(1, 4)])).toEqual([span(1, 4), span(5, 9)]);
  });
});
