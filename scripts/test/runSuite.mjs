import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { CACHE } from '../setup/paths.mjs';
import { readRecord } from './record.mjs';
import { runWatched } from './runWatched.mjs';

/**
 * @typedef {import('./record.mjs').Tally & {name: string, milliseconds: number, note: string}} Outcome
 */

const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [], running: [], skips: [], milliseconds: 0 };

/** @param {string} name @param {string} note @returns {Outcome} */
export function skippedOutcome(name, note) {
  return { ...NOTHING, name, skipped: 1, note };
}

/** @param {string} name @param {string} note @returns {Outcome} */
export function failedOutcome(name, note) {
  return { ...NOTHING, name, failed: 1, failures: [`${name}: ${note}`], note };
}

/**
 * Runs one suite to its end, or to its time limit, and counts.
 * @param {import('./suites.mjs').Suite} suite
 * @param {string} node
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Outcome>}
 */
export async function runSuite(suite, node, environment) {
  const started = performance.now();
  const file = path.join(CACHE, 'test-records', `${suite.name}.ndjson`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const env = { ...environment, TEST_RECORD_FILE: file };
  const minutes = Number(process.env.TEST_SUITE_MINUTES) || suite.minutes;
  let problem = '';
  for (const command of suite.commands) {
    problem = await runWatched(node, command, env, minutes, () => readRecord(file).running);
    if (problem) break;
  }
  return { ...count(suite, file, problem), name: suite.name, milliseconds: performance.now() - started };
}

/**
 * @param {Pick<import('./suites.mjs').Suite, 'name' | 'records'>} suite
 * @param {string} file the record that the suite wrote
 * @param {string} problem empty when all went well
 */
export function count(suite, file, problem) {
  const tally = suite.records
    ? readRecord(file)
    : { passed: problem ? 0 : 1, failed: 0, skipped: 0, failures: [], running: [], skips: [] };
  // A suite that lost its tests must not look like one that passed.
  const what = problem || (tally.passed + tally.failed + tally.skipped === 0 ? 'no test ran' : '');
  // A problem that no test reported: the check itself, a crash of the runner, a hang.
  if (!what || (tally.failed > 0 && tally.running.length === 0)) return { ...tally, note: '' };
  const where = tally.running.length > 0 ? `, while running ${tally.running.join(', ')}` : '';
  const failures = [...tally.failures, `${suite.name}: ${what}${where}`];
  return { ...tally, failed: tally.failed + 1, failures, note: what };
}
