import process from 'node:process';
import { CommandFailed } from './failure.mjs';
import { findOnPath } from './findOnPath.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const TIMEOUT_MS = 10 * 60_000;

/** Whether packages of Debian, or of a system made from it, can be installed without asking anybody. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
}

/**
 * @param {string} title of the step
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether they are installed now
 */
export async function installPackages(title, packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { title: 'apt-get', env, timeoutMs: TIMEOUT_MS };
  try {
    await step(title, async () => {
      await run('apt-get', ['update', '-q'], options);
      await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], options);
    });
    return true;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return false;
  }
}
