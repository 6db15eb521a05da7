import path from 'node:path';
import { packageFile, ROOT } from '../setup/paths.mjs';
import { TOOLS } from '../tools.mjs';

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} about what it proves, in a few words
 * @property {readonly import('../setup/toolchain.mjs').Piece[]} needs pieces without which it is skipped
 * @property {readonly import('../setup/toolchain.mjs').Piece[]} [uses] pieces without which some of its tests are skipped
 * @property {boolean} [needsBundles]
 * @property {number} minutes after which it is taken for hung
 * @property {readonly (readonly string[])[]} commands arguments of Node, one after another
 * @property {boolean} [records] writes one line a test; otherwise the commands together are one check
 */

const check = { needs: [], minutes: 10 };
const VITEST = packageFile(...tool('vitest'));
const RECORDER = path.join(ROOT, 'scripts', 'test', 'vitestRecorder.mjs');

/** In the order in which they run: the quick ones first. @type {readonly Suite[]} */
export const SUITES = [
  { ...check, name: 'lint', about: 'formatter and linter', commands: [[packageFile(...tool('biome')), 'check', '.']] },
  {
    ...check,
    name: 'rings',
    about: 'who may import whom',
    commands: [[packageFile(...tool('depcruise')), 'src', '--config', '.dependency-cruiser.cjs']],
  },
  {
    ...check,
    name: 'types',
    about: 'TypeScript, and the scripts',
    commands: ['.', 'scripts'].map(project => [packageFile(...tool('tsc')), '-p', project]),
  },
  {
    ...check,
    name: 'bundles',
    about: 'everything builds and fits its budget',
    commands: [['esbuild.mjs'], ['scripts/package.mjs', '--quick']],
  },
  vitestSuite('unit', 'pure parts', 15),
  // The command line is tested as it was built.
  {
    ...vitestSuite('contract', 'one suite over every engine behind a port', 15),
    needsBundles: true,
    uses: ['claude', 'olderClaude', 'sandbox'],
  },
  vitestSuite('golden', 'recorded streams', 15),
  { ...vitestSuite('webview', 'the panel in a real browser', 15), needs: ['browser'], needsBundles: true },
  {
    name: 'host',
    about: 'inside VS Code',
    needs: ['vscodeHost', 'browser', 'claude'],
    needsBundles: true,
    minutes: 20,
    commands: [
      ['esbuild.mjs', '--tests', '--quiet'],
      ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'test/harness/runHostTests.ts'],
    ],
    records: true,
  },
  {
    ...vitestSuite('e2e', 'real VS Code, real browser, real Claude Code', 60),
    needs: ['vscodeHost', 'browser', 'claude'],
    uses: ['sandbox'],
    needsBundles: true,
  },
];

/** @param {string} name @param {string} about @param {number} minutes @returns {Suite} */
function vitestSuite(name, about, minutes) {
  const reporters = ['--reporter=default', `--reporter=${RECORDER}`];
  return {
    name,
    about,
    needs: [],
    minutes,
    commands: [[VITEST, 'run', '--project', name, ...reporters]],
    records: true,
  };
}

/** @param {string} name @returns {[string, string]} */
function tool(name) {
  const found = TOOLS[name];
  if (!found) throw new Error(`no tool ${name}`);
  return found;
}
