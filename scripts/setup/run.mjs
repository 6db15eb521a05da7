import { spawn } from 'node:child_process';
import process from 'node:process';
import { commandFor } from './commandFor.mjs';
import { CommandFailed } from './failure.mjs';

/**
 * Runs a program to its end and returns what it printed on both streams.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{title: string, cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number}} options
 * @returns {Promise<string>}
 */
export function run(program, args, { title, cwd, env, timeoutMs }) {
  const { file, args: quoted, windowsVerbatimArguments } = commandFor(program, args);
  return new Promise((resolve, reject) => {
    const options = { cwd, env: env ?? process.env, windowsVerbatimArguments };
    const child = spawn(file, quoted, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let expired = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          expired = true;
          child.kill('SIGKILL');
        }, timeoutMs)
      : undefined;
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', error => {
      clearTimeout(timer);
      reject(failure(title, `could not be started: ${error.message}`, output));
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else if (expired) reject(failure(title, `took longer than ${timeoutMs} ms`, output));
      else reject(failure(title, `ended with ${signal ?? `exit code ${code}`}`, output));
    });
  });
}

/** @param {string} title @param {string} reason @param {string} output what the program printed */
function failure(title, reason, output) {
  return new CommandFailed(`${title} ${reason}${output.trim() ? `\n${shortened(output)}` : ''}`);
}

/** The beginning, where npm says what is wrong, and the end, where most others do. @param {string} output */
function shortened(output) {
  const lines = output.trimEnd().split('\n');
  return (lines.length > 40 ? [...lines.slice(0, 20), '…', ...lines.slice(-20)] : lines).join('\n');
}
