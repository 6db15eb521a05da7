// Runs a program of this checkout that drives VS Code, with everything set up and built first:
// node scripts/inVscode.mjs FILE [argument …]
import path from 'node:path';
import process from 'node:process';
import { main } from './main.mjs';
import { runAttached } from './runAttached.mjs';
import { ROOT } from './setup/paths.mjs';
import { setQuiet } from './setup/progress.mjs';
import { setUp } from './setup/toolchain.mjs';

const [file, ...rest] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/inVscode.mjs FILE [argument …]');
  process.exit(2);
}
setQuiet(true);
await main(async () => {
  const { node } = await setUp(['claude', 'vscodeHost', 'browser']);
  for (const build of [
    ['esbuild.mjs', '--quiet'],
    ['scripts/package.mjs', '--quick'],
  ]) {
    const code = await runAttached(node, build, { cwd: ROOT });
    if (code !== 0) return code;
  }
  // The sources are modules without saying so in package.json, which VS Code would misread.
  const run = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', path.resolve(ROOT, file), ...rest];
  return runAttached(node, run, { cwd: ROOT });
});
