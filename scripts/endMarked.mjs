import { execFileSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './setup/paths.mjs';

const PROGRAM = path.join(ROOT, 'test', 'harness', 'endMarked.ts');

/**
 * Ends every process that was started with `name=value` in its environment. Does nothing on Windows, where the
 * environment of a process cannot be read.
 * @param {string} node
 * @param {string} name
 * @param {string} value
 * @param {'inherit' | 'ignore'} output
 */
export function endMarked(node, name, value, output) {
  if (process.platform === 'win32') return;
  const args = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', PROGRAM, name, value];
  try {
    execFileSync(node, args, { stdio: ['ignore', output, output] });
  } catch {
    // What it could not end it has named.
  }
}
