import type { RetryPolicy } from '../catalog/commandSchema.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const FIRST_DELAY = '1s';
const LONGEST_DELAY = '1m';

/** Milliseconds of a text such as `1h30m`, as the schema of commands lets it through. */
export function durationMs(text: string): number {
  return [...text.matchAll(/(\d+)(ms|h|m|s)/g)].reduce(
    (sum, [, count = '0', unit = 'ms']) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  );
}

/**
 * How long to wait before an attempt (2 is the first that is waited for): exponential, half of it by chance, so that
 * steps which failed together do not come back together. `random` gives numbers from 0 to below 1. Pure.
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, random: () => number): number {
  const longest = durationMs(policy.maxDelay ?? LONGEST_DELAY);
  const whole = durationMs(policy.delay ?? FIRST_DELAY) * (policy.factor ?? 2) ** (attempt - 2);
  const capped = Math.min(whole, longest);
  return Math.round(capped / 2 + (capped / 2) * random());
}

type AfterFailure =
  | { readonly kind: 'retry'; readonly attempt: number; readonly nextAt: number }
  | { readonly kind: 'giveUp' };

/** What follows when an attempt has failed. Pure. */
export function afterFailure(
  policy: RetryPolicy | undefined,
  failed: { readonly attempt: number; readonly isFinal: boolean },
  moment: { readonly now: number; readonly random: () => number },
): AfterFailure {
  if (policy === undefined || failed.isFinal || failed.attempt >= policy.attempts) {
    return { kind: 'giveUp' };
  }
  const attempt = failed.attempt + 1;
  return { kind: 'retry', attempt, nextAt: moment.now + retryDelayMs(policy, attempt, moment.random) };
}
