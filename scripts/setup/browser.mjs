import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { canInstallPackages, installPackages } from './debianPackages.mjs';
import { CommandFailed, Unavailable } from './failure.mjs';
import { installedBrowsers } from './installedBrowsers.mjs';
import { packageFile, TOOLCHAIN } from './paths.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const DOWNLOADS = path.join(TOOLCHAIN, 'browsers');
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
const ANSWER_TIMEOUT_MS = 30_000;
/**
 * A browser for the tests: an installed one, else Playwright's, else Debian's.
 * @param {string} node
 * @returns {Promise<string>} the program
 */
export async function installBrowser(node) {
  const failures = [];
  for (const source of [installed, () => downloaded(node), debian]) {
    const { program, failure } = await source();
    if (program) return program;
    if (failure) failures.push(failure);
  }
  throw new Unavailable(`no browser: install Chrome, Chromium or Edge (${failures.join('; ')})`);
}

/** @typedef {{program?: string, failure?: string}} Attempt */

/** @returns {Promise<Attempt>} */
async function installed() {
  for (const program of installedBrowsers()) if (await answers(program)) return { program };
  return { failure: 'none is installed' };
}

/** @param {string} node @returns {Promise<Attempt>} */
async function downloaded(node) {
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: DOWNLOADS, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' };
  const playwright = JSON.stringify(packageFile('playwright-core', 'index.js'));
  const where = `process.stdout.write(require(${playwright}).chromium.executablePath())`;
  const program = await run(node, ['-e', where], { title: 'Playwright', env });
  if (existsSync(program) && (await answers(program))) return { program };
  try {
    await step('browser (Playwright’s Chromium)', () =>
      run(node, [packageFile('playwright-core', 'cli.js'), 'install', 'chromium', '--no-shell', '--no-progress'], {
        title: 'Playwright’s download',
        env,
        timeoutMs: DOWNLOAD_TIMEOUT_MS,
      }),
    );
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return { failure: 'Playwright’s could not be downloaded' };
  }
  return (await answers(program)) ? { program } : { failure: 'Playwright’s does not start here' };
}

/** @returns {Promise<Attempt>} */
async function debian() {
  if (!canInstallPackages()) return {};
  // A font too: without one every letter is an empty box.
  return (await installPackages('browser (Debian’s chromium)', ['chromium', 'fonts-dejavu-core']))
    ? installed()
    : { failure: 'Debian’s package could not be installed' };
}

/** Whether the program starts at all: a downloaded browser often lacks system libraries. @param {string} program */
async function answers(program) {
  // On Windows this would open a window instead of printing the version.
  if (process.platform === 'win32') return true;
  try {
    await run(program, ['--version'], { title: program, timeoutMs: ANSWER_TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}
