import { spawn } from 'node:child_process';
import process from 'node:process';

/** A program that could not be started, ended with an error, or took too long. */
export class CommandFailed extends Error {
  /**
   * @param {string} title
   * @param {string} reason
   * @param {string} output what the program printed
   */
  constructor(title, reason, output) {
    super(`${title} ${reason}${output.trim() ? `\n${lastLines(output, 30)}` : ''}`);
    this.name = 'CommandFailed';
    this.output = output;
  }
}

/**
 * Runs a program to its end and returns what it printed on both streams.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{title: string, cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number}} options
 * @returns {Promise<string>}
 */
export function run(file, args, { title, cwd, env, timeoutMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
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
      reject(new CommandFailed(title, `could not be started: ${error.message}`, output));
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else if (expired) reject(new CommandFailed(title, `took longer than ${timeoutMs} ms`, output));
      else reject(new CommandFailed(title, `ended with ${signal ?? `exit code ${code}`}`, output));
    });
  });
}

/** @param {string} text @param {number} count */
function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
