import { withinTime } from './timeLimit.ts';

/** A regular expression may need longer than the world exists for one text; this much is plenty for an honest one. */
const MOST_MILLISECONDS = 1000;
const LONGEST_TEXT = 20_000;

/** What is wrong with a regular expression, in the words of the engine; nothing when it can be used. */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
  }
}

type PatternMatch = 'yes' | 'no' | 'tookTooLong';

/** Whether the whole text fits the pattern, which must be a good one. */
export function matchesPattern(pattern: string, text: string): PatternMatch {
  if (text.length > LONGEST_TEXT) {
    return 'no';
  }
  const whole = new RegExp(`^(?:${pattern})$`, 'u');
  const outcome = withinTime(MOST_MILLISECONDS, () => whole.test(text));
  if (outcome === undefined) {
    return 'tookTooLong';
  }
  return outcome.value ? 'yes' : 'no';
}
