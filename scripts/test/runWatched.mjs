import { execFileSync, spawn } from 'node:child_process';
import process from 'node:process';
import { ROOT } from '../setup/paths.mjs';

/** Time to die politely before the whole group is killed. */
const GRACE_MS = 5_000;

/** The suite that runs now. @type {import('node:child_process').ChildProcess | undefined} */
let current;

/** Kills the suite that runs now, because the whole test run is being stopped. */
export function killCurrent() {
  if (current) endGroup(current, 'SIGKILL');
}

/**
 * Runs a program with its output in this terminal, and ends it when it takes too long.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {number} minutes
 * @param {() => string[]} running names of what runs now, asked for when the time is over
 * @returns {Promise<string>} empty, or what went wrong
 */
export function runWatched(node, args, env, minutes, running) {
  return new Promise(resolve => {
    // A group of its own, so that a hung suite can be ended with everything that it started.
    const child = spawn(node, args, { cwd: ROOT, env, stdio: 'inherit', detached: process.platform !== 'win32' });
    current = child;
    let hung = false;
    /** @type {NodeJS.Timeout | undefined} */
    let killer;
    const watchdog = setTimeout(() => {
      hung = true;
      const names = running();
      console.log(`\nno end after ${minutes} minutes; still running: ${names.join(', ') || 'nothing recorded'}`);
      console.log(processTable(child.pid));
      endGroup(child, 'SIGTERM');
      killer = setTimeout(() => endGroup(child, 'SIGKILL'), GRACE_MS);
    }, minutes * 60_000);
    const finish = (/** @type {string} */ problem) => {
      clearTimeout(watchdog);
      clearTimeout(killer);
      current = undefined;
      resolve(problem);
    };
    child.once('error', error => finish(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (hung) finish(`hung: ended after ${minutes} minutes`);
      else if (code === 0) finish('');
      else finish(`ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function endGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32')
      execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // Gone already.
  }
}

/** The processes of the hung suite's group, for the reader of the log. @param {number | undefined} group */
function processTable(group) {
  if (process.platform === 'win32' || group === undefined) return '';
  try {
    const table = execFileSync('ps', ['-A', '-o', 'pgid=,pid=,etime=,args='], { encoding: 'utf8' });
    return table
      .split('\n')
      .filter(line => line.trimStart().startsWith(`${group} `))
      .join('\n');
  } catch {
    return '';
  }
}
