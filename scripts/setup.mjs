// Installs what the project's commands need, once: node scripts/setup.mjs [claude] [olderClaude] [vscodeHost] [browser] [sandbox]
// Everything here runs on Node 20 with nothing installed.
import process from 'node:process';
import { main } from './main.mjs';
import { say, seconds } from './setup/progress.mjs';
import { setUp } from './setup/toolchain.mjs';

const PIECES = /** @type {const} */ (['claude', 'olderClaude', 'vscodeHost', 'browser', 'sandbox']);

const started = performance.now();
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !PIECES.some(piece => piece === name));
if (unknown.length > 0) {
  say(`set-up: unknown piece ${unknown.join(', ')}; there are ${PIECES.join(', ')}`);
  process.exit(2);
}
await main(async () => {
  const toolchain = await setUp(asked.length > 0 ? PIECES.filter(piece => asked.includes(piece)) : PIECES);
  for (const [piece, reason] of Object.entries(toolchain.unavailable)) say(`set-up: no ${piece}: ${reason}`);
  say(`set-up: ready in ${seconds(started)}`);
  return 0;
});
