import { spawn } from 'node:child_process';
import os from 'node:os';
import process from 'node:process';

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program in this terminal, passes signals on, and gives its exit code as a shell would.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{cwd?: string | undefined, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<number>}
 */
export function runAttached(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: 'inherit' });
    // Ctrl+C reaches the child by itself; a signal sent to this process alone does not.
    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of FORWARDED) process.off(name, forward);
      resolve(code ?? 128 + (signal ? os.constants.signals[signal] : 0));
    });
  });
}
