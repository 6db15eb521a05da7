import { describe, expect, it } from 'vitest';
import { sizeReport } from '../../../../scripts/build/sizeReport.mjs';

describe('sizeReport', () => {
  it('names only what is over its budget', () => {
    const { over } = sizeReport([
      { name: 'exact', bytes: 100, budget: 100 },
      { name: 'large', bytes: 101, budget: 100 },
      { name: 'free', bytes: 1_000_000 },
    ]);
    expect(over).toEqual(['large']);
  });
});
