import type { OptionSpec } from '../commandSpec.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { badValue } from '../usageError.ts';

export const JSON_EVENTS: OptionSpec = {
  name: 'json',
  kind: 'flag',
  summary: 'print the events of the task as CloudEvents, one JSON object a line, and nothing else on stdout',
};

export const APPROVE: OptionSpec = {
  name: 'approve',
  kind: 'text',
  value: 'ask|allow|deny',
  choices: ['ask', 'allow', 'deny'],
  summary: 'who answers what the task asks: a person (the default), yes to every tool once, or no to everything',
};

export const MAX_MINUTES: OptionSpec = {
  name: 'max-minutes',
  kind: 'text',
  value: 'N',
  summary: 'stop the task after N minutes of work, such as 30 or 0.5; waiting for a person does not count',
};

/** @throws UsageError `badValue`. */
export function minutesGiven(given: GivenArguments): number | undefined {
  const text = given.text(MAX_MINUTES.name);
  if (text === undefined) {
    return undefined;
  }
  const minutes = Number(text);
  if (!Number.isFinite(minutes) || minutes <= 0) {
    throw badValue('--max-minutes', text, 'a number of minutes above 0');
  }
  return minutes;
}

export function approveGiven(given: GivenArguments): 'ask' | 'allow' | 'deny' {
  const text = given.text(APPROVE.name);
  return text === 'allow' || text === 'deny' ? text : 'ask';
}
