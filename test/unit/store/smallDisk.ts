import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterThisTest, temporaryFolder } from './temporaryFolder.ts';

export interface Disk {
  readonly folder: string;
  remount(options: string): void;
}

/** A disk of its own in memory, or the reason why there can be none. Only root on Linux can have one. */
export function mountDisk(options: string): Disk | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return 'Only root on Linux can mount a disk for this.';
  }
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { encoding: 'utf8' });
  if (status !== 0) {
    return `A disk cannot be mounted here: ${stderr}`;
  }
  afterThisTest(() => spawnSync('umount', ['--lazy', folder]));
  return {
    folder,
    remount: given => {
      const done = spawnSync('mount', ['-o', `remount,${given}`, folder], { encoding: 'utf8' });
      if (done.status !== 0) {
        throw new Error(done.stderr);
      }
    },
  };
}

/** Makes one file read-only, for root as well, until what this gives is called; or the reason why it cannot be. */
export function makeReadOnly(file: string): (() => void) | string {
  const mount = (...args: readonly string[]): string => {
    const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
    return status === 0 ? '' : stderr;
  };
  const failure = mount('--bind', file, file) || mount('-o', 'remount,bind,ro', file);
  let isOver = failure !== '';
  const end = (): void => {
    if (!isOver) {
      spawnSync('umount', ['--lazy', file]);
      isOver = true;
    }
  };
  afterThisTest(end);
  return failure === '' ? end : failure;
}
