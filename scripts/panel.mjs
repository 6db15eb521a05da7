// The command line from this checkout, built first when a source is newer: npm run -s panel -- run "…"
import path from 'node:path';
import process from 'node:process';
import { buildWhenStale } from './build/buildProduct.mjs';
import { main } from './main.mjs';
import { runAttached } from './runAttached.mjs';
import { ROOT } from './setup/paths.mjs';
import { setQuiet } from './setup/progress.mjs';
import { setUpNode } from './setup/toolchain.mjs';

const BUNDLE = path.join('dist', 'cli.js');

setQuiet(true);
await main(async () => {
  const node = await setUpNode();
  await buildWhenStale(node, BUNDLE);
  // npm changes to the checkout; the user means the folder that the command was typed in.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  return runAttached(node, [path.join(ROOT, BUNDLE), ...process.argv.slice(2)], { cwd });
});
