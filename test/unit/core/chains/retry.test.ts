import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, durationMs, retryDelayMs } from '../../../../src/core/chains/retry.ts';

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1h2m3s4ms', 3_723_004],
  ])('reads %s', (text, expected) => expect(durationMs(text)).toBe(expected));
});

describe('retrying', () => {
  it('waits longer each time, half of it by chance, and never longer than the longest wait', () => {
    const policy = { attempts: 20, delay: '100ms', factor: 3, maxDelay: '1s' };
    const delays = (random: number): readonly number[] =>
      [2, 3, 4, 5].map(attempt => retryDelayMs(policy, attempt, () => random));
    expect(delays(0)).toEqual([50, 150, 450, 500]);
    expect(delays(0.999_999)).toEqual([100, 300, 900, 1000]);
  });

  it('waits one second at first and at most a minute, when nothing is said', () => {
    expect(retryDelayMs({ attempts: 20 }, 2, () => 1)).toBe(1000);
    expect(retryDelayMs({ attempts: 20 }, 20, () => 1)).toBe(60_000);
  });

  it('is tried exactly as often as is said', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
        let attempt = 1;
        for (;;) {
          const next = afterFailure({ attempts }, { attempt, isFinal: false }, { now: 5, random: () => random });
          if (next.kind === 'giveUp') {
            break;
          }
          expect(next.attempt).toBe(attempt + 1);
          expect(next.nextAt).toBeGreaterThan(5);
          attempt = next.attempt;
        }
        expect(attempt).toBe(attempts);
      }),
    );
  });

  it('does not try again without a policy, nor what cannot get better', () => {
    const moment = { now: 0, random: () => 0 };
    expect(afterFailure(undefined, { attempt: 1, isFinal: false }, moment)).toEqual({ kind: 'giveUp' });
    expect(afterFailure({ attempts: 3 }, { attempt: 1, isFinal: true }, moment)).toEqual({ kind: 'giveUp' });
  });
});
