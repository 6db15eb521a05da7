import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { endMarked } from '../endMarked.mjs';
import { commandFor } from '../setup/commandFor.mjs';

const MARK = 'CLAUDE_PANEL_START';

/**
 * Runs a program until it ends or this process is told to stop; then ends everything that it started.
 * @param {string} node
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @param {import('node:child_process').StdioOptions} [stdio]
 * @param {(exited: () => boolean) => Promise<void>} [started] work once it runs
 * @returns {Promise<number>} exit code
 */
export async function runUntilStopped(node, program, args, environment, stdio = 'inherit', started = async () => {}) {
  const mark = randomUUID();
  // A group of its own, so that Ctrl+C reaches only this process, which then stops things in order.
  const { file, args: quoted, windowsVerbatimArguments } = commandFor(program, args);
  const child = spawn(file, quoted, {
    windowsVerbatimArguments,
    env: { ...environment, [MARK]: mark },
    stdio,
    detached: process.platform !== 'win32',
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
  /** @type {Promise<number>} */
  const stopped = new Promise(resolve => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, () => resolve(0));
  });
  try {
    await Promise.race([started(() => child.exitCode !== null || child.signalCode !== null), stopped]);
    return await Promise.race([ended, stopped]);
  } finally {
    endEverything(node, child.pid, mark);
  }
}

/** @param {string} node @param {number | undefined} pid @param {string} mark */
function endEverything(node, pid, mark) {
  endMarked(node, MARK, mark, 'ignore');
  if (process.platform !== 'win32' || pid === undefined) return;
  try {
    execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
  } catch {
    // It has ended already.
  }
}
