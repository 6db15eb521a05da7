import { existsSync, readFileSync } from 'node:fs';

/**
 * One line of the record that a suite writes while it runs.
 * @typedef {{type: 'started' | 'ended' | 'passed' | 'failed' | 'skipped', id: string, test: string, error?: string, why?: string}} RecordLine
 */

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures one line each
 * @property {string[]} running started and not ended
 * @property {string[]} skips why tests were skipped: one line a reason, with their number
 */

/** @param {string} file @returns {Tally} */
export function readRecord(file) {
  /** @type {Map<string, RecordLine>} */
  const results = new Map();
  /** @type {Map<string, string>} */
  const running = new Map();
  for (const line of readLines(file)) {
    if (line.type === 'started') {
      running.set(line.id, line.test);
      continue;
    }
    running.delete(line.id);
    if (line.type !== 'ended' && results.get(line.id)?.type !== 'failed') results.set(line.id, line);
  }
  const all = [...results.values()];
  const count = (/** @type {RecordLine['type']} */ type) => all.filter(line => line.type === type).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    failures: all.filter(line => line.type === 'failed').map(({ test, error }) => (error ? `${test}: ${error}` : test)),
    running: [...running.values()],
    skips: reasons(all.filter(line => line.type === 'skipped')),
  };
}

/** @param {RecordLine[]} skipped */
function reasons(skipped) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { why = 'it is marked so' } of skipped) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, number]) => `${number === 1 ? 'one test' : `${number} tests`}: ${why}`);
}

/** @param {string} file @returns {RecordLine[]} without the last line when a killed writer cut it off */
function readLines(file) {
  if (!existsSync(file)) return [];
  const complete = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return complete.map(line => JSON.parse(line));
}
