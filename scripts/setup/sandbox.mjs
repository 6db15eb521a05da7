import { existsSync } from 'node:fs';
import process from 'node:process';
import { canInstallPackages, installPackages } from './debianPackages.mjs';
import { Unavailable } from './failure.mjs';
import { findOnPath } from './findOnPath.mjs';
import { run } from './run.mjs';

/** What Claude Code's sandbox needs on Linux: program to package. */
const PROGRAMS = { bwrap: 'bubblewrap', socat: 'socat' };
const ON_MAC = '/usr/bin/sandbox-exec';
const ANSWER_TIMEOUT_MS = 30_000;
/** The same that the panel tries before it relies on a sandbox. */
const PROBE = '--ro-bind / / --dev /dev --unshare-pid --proc /proc --unshare-net -- /bin/sh -c :'.split(' ');

/**
 * The sandbox that god mode's tests work in. macOS has one; on Linux it is bubblewrap with socat, from Debian's packages
 * where they can be installed.
 * @returns {Promise<string>} the program
 */
export async function installSandbox() {
  if (process.platform === 'darwin' && existsSync(ON_MAC)) return ON_MAC;
  if (process.platform !== 'linux') throw new Unavailable('Claude Code has no sandbox for this system');
  if (missing().length > 0 && canInstallPackages()) {
    await installPackages('sandbox (Debian’s bubblewrap and socat)', missing());
  }
  const bubblewrap = findOnPath('bwrap');
  if (!bubblewrap || missing().length > 0) {
    throw new Unavailable(`install ${missing().join(' and ')} with the package manager of your system`);
  }
  try {
    await run(bubblewrap, PROBE, { title: 'bubblewrap', timeoutMs: ANSWER_TIMEOUT_MS });
  } catch (error) {
    // A container may have the program and yet forbid what it does.
    const why = error instanceof Error ? error.message.split('\n').slice(0, 2).join(': ') : String(error);
    throw new Unavailable(`bubblewrap does not work on this machine (${why})`);
  }
  return bubblewrap;
}

/** Packages whose program is not on PATH. */
function missing() {
  return Object.entries(PROGRAMS).flatMap(([program, name]) => (findOnPath(program) ? [] : [name]));
}
