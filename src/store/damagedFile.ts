import { existsSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { freeName, stampOf } from './fileNames.ts';
import { toStoreError } from './sqliteFailure.ts';

/**
 * Renames a file that is not used and what belongs to it; nothing is deleted. Returns the new name.
 * Only one process at a time may do it, so that a new file is never set aside.
 */
export function setAside(path: string, why: 'damaged' | 'foreign', time: Date): string {
  const kept = freeName(`${path}.${why}-${stampOf(time)}`);
  try {
    // The logs first: left behind, they could be taken for those of the new file.
    for (const end of ['-wal', '-shm', '-journal', '']) {
      if (existsSync(path + end)) {
        renameSync(path + end, kept + end);
      }
    }
    removeSuspicion(path);
  } catch (error) {
    throw toStoreError(error, path);
  }
  return basename(kept);
}

/** Marks the file for a whole check when it is opened next: something in it could not be read. */
export function suspect(path: string): void {
  try {
    // What is there already says the same, and may be a link to a file of the user.
    writeFileSync(suspicionPath(path), '', { flag: 'wx' });
  } catch {
    // The check is an extra; a folder that cannot be written has been reported already.
  }
}

export function suspicionOf(path: string): boolean {
  return lstatSync(suspicionPath(path), { throwIfNoEntry: false }) !== undefined;
}

export function removeSuspicion(path: string): void {
  rmSync(suspicionPath(path), { force: true });
}

function suspicionPath(path: string): string {
  return `${path}.suspect`;
}
