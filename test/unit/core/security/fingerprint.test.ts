import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../src/base/canonicalJson.ts';
import { fingerprintOf } from '../../../../src/core/security/fingerprint.ts';

/** What JSON can tell apart: -0 is 0. */
const json = fc.jsonValue({ maxDepth: 4 }).map((value): unknown => JSON.parse(JSON.stringify(value)));

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inside]) => [key, reversed(inside)]),
      )
    : value;
}

describe('fingerprintOf', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(json, value => {
        expect(fingerprintOf(reversed(value))).toBe(fingerprintOf(value));
      }),
    );
  });

  it('differs exactly when the content differs', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(fingerprintOf(one) === fingerprintOf(other)).toBe(isDeepStrictEqual(one, other));
      }),
      { numRuns: 500 },
    );
  });

  it('comes from JSON that means the same', () => {
    fc.assert(
      fc.property(json, value => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it('does not count what is undefined', () => {
    expect(fingerprintOf({ a: 1, b: undefined })).toBe(fingerprintOf({ a: 1 }));
  });
});
