// Sets up and runs every suite: npm test, or npm test -- SUITE … for some.
// The last line is `N passed, N failed, N skipped`; a suite whose engine cannot be had counts as one skipped.
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { endMarked } from './endMarked.mjs';
import { main } from './main.mjs';
import { ExpectedFailure } from './setup/failure.mjs';
import { say, seconds } from './setup/progress.mjs';
import { setUp } from './setup/toolchain.mjs';
import { failedOutcome, runSuite, skippedOutcome } from './test/runSuite.mjs';
import { killCurrent } from './test/runWatched.mjs';
import { SUITES } from './test/suites.mjs';
import { summary, total } from './test/summary.mjs';

const asked = process.argv.slice(2);
const unknown = asked.filter(name => !SUITES.some(suite => suite.name === name));
if (unknown.length > 0) {
  say(`unknown suite ${unknown.join(', ')}; there are:`);
  for (const { name, about } of SUITES) say(`  ${name.padEnd(8)}  ${about}`);
  process.exit(2);
}
const chosen = SUITES.filter(({ name }) => asked.length === 0 || asked.includes(name));

// Whatever a suite starts carries this mark, so that what it leaves behind can be found and ended.
const run = randomUUID();
const MARK = 'CLAUDE_PANEL_TEST_RUN';
const environment = { ...process.env, [MARK]: run };

await main(async () => {
  const outcomes = await runChosen();
  console.log(summary(outcomes));
  const { passed, failed } = total(outcomes);
  return failed > 0 || passed === 0 ? 1 : 0;
});

async function runChosen() {
  const started = performance.now();
  let toolchain;
  try {
    toolchain = await setUp([...new Set(chosen.flatMap(suite => [...suite.needs, ...(suite.uses ?? [])]))]);
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error;
    say(error.message);
    return [failedOutcome('set-up', 'could not be completed')];
  }
  for (const [piece, reason] of Object.entries(toolchain.unavailable)) say(`set-up: no ${piece}: ${reason}`);
  say(`set-up: ready in ${seconds(started)}`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      killCurrent();
      endMarked(toolchain.node, MARK, run, 'ignore');
      process.exit(130);
    });
  }
  const outcomes = [];
  let bundles = await buildFirst(toolchain);
  for (const suite of chosen) {
    const outcome = await outcomeOf(suite, toolchain, bundles);
    outcomes.push(outcome);
    if (suite.name === 'bundles') bundles = outcome.failed === 0;
  }
  return outcomes;
}

/**
 * @param {import('./test/suites.mjs').Suite} suite
 * @param {import('./setup/toolchain.mjs').Toolchain} toolchain
 * @param {boolean} bundles whether they could be built
 */
async function outcomeOf(suite, toolchain, bundles) {
  console.log(`\n── ${suite.name}: ${suite.about}`);
  const missing = suite.needs.map(piece => toolchain.unavailable[piece]).filter(reason => reason !== undefined);
  if (missing.length > 0) return skippedOutcome(suite.name, missing.join('; '));
  if (suite.needsBundles && !bundles) return failedOutcome(suite.name, 'the bundles could not be built');
  const outcome = await runSuite(suite, toolchain.node, environment);
  if (suite.records) endMarked(toolchain.node, MARK, run, 'inherit');
  return outcome;
}

/** Builds when a chosen suite needs the bundles and the suite that makes them was not chosen. @param {import('./setup/toolchain.mjs').Toolchain} toolchain */
async function buildFirst(toolchain) {
  const needed = chosen.some(suite => suite.needsBundles) && !chosen.some(({ name }) => name === 'bundles');
  const builder = SUITES.find(({ name }) => name === 'bundles');
  return needed && builder ? (await runSuite(builder, toolchain.node, environment)).failed === 0 : true;
}
