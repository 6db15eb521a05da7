import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../../../src/core/validation/nearestWord.ts';

const KEYS = ['description', 'extends', 'model', 'fallbackModel', 'permissionMode', 'mcp'];

describe('nearestWord', () => {
  it.each([
    ['modle', 'model'],
    ['permisionMode', 'permissionMode'],
    ['permission_mode', 'permissionMode'],
    ['extend', 'extends'],
    ['MODEL', 'model'],
  ])('takes %s for %s', (written, meant) => {
    expect(nearestWord(written, KEYS)).toBe(meant);
  });

  it('suggests nothing when nothing is near', () => {
    expect(nearestWord('temperature', KEYS)).toBeUndefined();
  });

  it('finds a word again after one of its letters was dropped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS.filter(key => key.length > 4)), fc.nat(), (key, seed) => {
        const at = seed % key.length;
        expect(nearestWord(key.slice(0, at) + key.slice(at + 1), KEYS)).toBe(key);
      }),
    );
  });
});
