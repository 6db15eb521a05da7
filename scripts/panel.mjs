// The command line from this checkout, built first when a source is newer: npm run -s panel -- run "…"
import path from 'node:path';
import process from 'node:process';
import { buildWhenStale } from './build/buildProduct.mjs';
import { runAttached } from './runAttached.mjs';
import { ROOT } from './setup/paths.mjs';
import { say, setQuiet } from './setup/progress.mjs';
import { setUpNode } from './setup/toolchain.mjs';

const BUNDLE = path.join('dist', 'cli.js');

setQuiet(true);
const node = await setUpNode();
try {
  await buildWhenStale(node, BUNDLE);
  // npm changes to the checkout; the user means the folder that the command was typed in.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await runAttached(node, [path.join(ROOT, BUNDLE), ...process.argv.slice(2)], { cwd });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
