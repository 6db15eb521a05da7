import { describe, expect, it } from 'vitest';
import { extensionSize, sizeReport } from '../../../../scripts/build/sizeReport.mjs';

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

describe('extensionSize', () => {
  it('counts both bundles of the extension against one budget, and no other file', () => {
    const size = extensionSize([
      { name: 'dist/extension.js', bytes: 1000 },
      { name: 'dist/panel.js', bytes: 999_001 },
      { name: 'dist/cli.js', bytes: 5_000_000 },
    ]);
    expect(sizeReport([size]).over).toEqual([size.name]);
  });
});
