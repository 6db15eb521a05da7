import { describe, expect, it } from 'vitest';
import { inputUsage, usageBody } from '../../../../src/adapters/rehearsal/usage.ts';

describe('estimated usage', () => {
  it('counts a token for four characters', () => {
    expect(inputUsage(400, 400, true)).toEqual({ input: 100, cacheRead: 0, cacheCreation: 0 });
  });

  it('writes the first long prompt to the cache, and reads it from there in the next round', () => {
    expect(inputUsage(40_000, 40_000, true)).toEqual({ input: 3, cacheRead: 0, cacheCreation: 9997 });
    expect(inputUsage(40_400, 400, false)).toEqual({ input: 3, cacheRead: 10_000, cacheCreation: 97 });
  });

  it('gives way to the numbers of the scenario, one by one', () => {
    const body = usageBody({ input: 3, cacheRead: 10, cacheCreation: 20 }, 5, { output: 7, cacheRead: 0 });
    expect(body).toMatchObject({
      input_tokens: 3,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 20,
      output_tokens: 7,
    });
  });
});
