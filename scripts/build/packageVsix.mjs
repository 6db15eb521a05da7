import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ExpectedFailure } from '../setup/failure.mjs';
import { CACHE, packageFile, ROOT } from '../setup/paths.mjs';
import { libc, PLATFORM } from '../setup/platform.mjs';
import { run } from '../setup/run.mjs';

/** VS Code's names for platforms, each with the native SQLite file that it needs. @type {Record<string, string>} */
export const TARGETS = {
  'alpine-arm64': 'linuxmusl-arm64',
  'alpine-x64': 'linuxmusl-x64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-x64',
  'win32-arm64': 'win32-arm64',
  'win32-x64': 'win32-x64',
};

/** The package that the end-to-end tests and `npm start` install. */
export const TEST_VSIX = path.join(CACHE, 'package', 'claude-control-panel.vsix');

/** This machine's name among `TARGETS`. */
export function thisTarget() {
  return libc() === 'musl' ? `alpine-${process.arch}` : PLATFORM;
}

/**
 * Packs what was built into one VSIX for one platform.
 * @param {string} node a Node that vsce runs on
 * @param {string} target one of `TARGETS`
 * @param {string} file where to put it
 * @returns {Promise<number>} its size in bytes
 */
export async function packageVsix(node, target, file) {
  const native = TARGETS[target];
  if (!native) throw new Error(`unknown target ${target}; there are ${Object.keys(TARGETS).join(', ')}`);
  const folder = path.join(CACHE, 'package');
  mkdirSync(folder, { recursive: true });
  const ignore = path.join(folder, `${target}.vscodeignore`);
  const everything = readFileSync(path.join(ROOT, '.vscodeignore'), 'utf8');
  writeFileSync(ignore, everything.replace('!prebuilds/*.node', `!prebuilds/${native}.node`));
  const vsce = packageFile('@vscode/vsce', 'vsce');
  await refuseToForget(node, [vsce, 'ls', '--no-dependencies', '--ignoreFile', ignore]);
  await run(
    node,
    [
      vsce,
      'package',
      ...['--target', target, '--out', file, '--ignoreFile', ignore],
      // There is no public repository that the README's pictures and links could be taken from.
      ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
    ],
    { title: `packing for ${target}`, cwd: ROOT },
  );
  return statSync(file).size;
}

/**
 * A kind of file that .vscodeignore does not know yet would be missing without a word.
 * @param {string} node
 * @param {readonly string[]} list arguments that make vsce list what it would ship
 * @throws {ExpectedFailure} naming what was built and would not be shipped
 */
async function refuseToForget(node, list) {
  const shipped = (await run(node, list, { title: 'listing the package', cwd: ROOT }))
    .split('\n')
    .map(line => line.trim());
  const built = readdirSync(path.join(ROOT, 'dist'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('.map'))
    .map(entry => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const forgotten = built.filter(file => !shipped.includes(file));
  if (forgotten.length > 0) throw new ExpectedFailure(`.vscodeignore leaves out ${forgotten.join(', ')}`);
}
