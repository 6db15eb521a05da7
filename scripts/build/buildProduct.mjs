import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { exclusively } from '../setup/lock.mjs';
import { ROOT } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';

/** What the bundles are made from. */
const SOURCES = ['src', 'commands', 'package.json', 'package-lock.json', 'esbuild.mjs', 'scripts/build'];

/**
 * Builds every bundle; what the build prints is shown only when it fails.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} [environment] added to this process's
 */
export async function buildProduct(node, environment = {}) {
  await run(node, [path.join(ROOT, 'esbuild.mjs')], {
    title: 'the build',
    cwd: ROOT,
    env: { ...process.env, ...environment },
  });
}

/**
 * Builds when a source is newer than a bundle. Several at once wait for the one that builds.
 * @param {string} node
 * @param {string} bundle path from the root
 */
export async function buildWhenStale(node, bundle) {
  if (isFresh(bundle)) return;
  await exclusively(async () => {
    if (!isFresh(bundle)) await buildProduct(node);
  });
}

/** @param {string} bundle */
function isFresh(bundle) {
  const file = path.join(ROOT, bundle);
  return existsSync(file) && SOURCES.every(source => newest(path.join(ROOT, source)) <= statSync(file).mtimeMs);
}

/** @param {string} place @returns {number} the newest change at or below it, 0 when there is nothing */
function newest(place) {
  if (!existsSync(place)) return 0;
  const own = statSync(place);
  if (!own.isDirectory()) return own.mtimeMs;
  return readdirSync(place).reduce((latest, name) => Math.max(latest, newest(path.join(place, name))), own.mtimeMs);
}
