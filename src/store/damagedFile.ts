import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { freeName, stampOf } from './fileNames.ts';
import { withReplaceLock } from './replaceLock.ts';
import { toStoreError } from './sqliteFailure.ts';

export type SetAside<T> =
  | { readonly kind: 'opened'; readonly value: T }
  | { readonly kind: 'setAside'; readonly keptAs: string };

/**
 * Renames a damaged file and what belongs to it; nothing is deleted. Only one process does it at a time:
 * each tries to open the file once more when its turn comes, so that a new file is never set aside.
 */
export function setAside<T>(path: string, time: Date, openAgain: () => T | undefined): SetAside<T> {
  return withReplaceLock(path, () => {
    const value = openAgain();
    if (value !== undefined) {
      return { kind: 'opened', value };
    }
    const kept = freeName(`${path}.damaged-${stampOf(time)}`);
    try {
      // The write-ahead log first: left behind, it could be taken for that of the new file.
      for (const end of ['-wal', '-shm', '']) {
        if (existsSync(path + end)) {
          renameSync(path + end, kept + end);
        }
      }
      removeSuspicion(path);
    } catch (error) {
      throw toStoreError(error, path);
    }
    return { kind: 'setAside', keptAs: basename(kept) };
  });
}

/** Marks the file for a whole check when it is opened next: something in it could not be read. */
export function suspect(path: string): void {
  try {
    writeFileSync(suspicionPath(path), '');
  } catch {
    // The check is an extra; a folder that cannot be written has been reported already.
  }
}

export function suspicionOf(path: string): boolean {
  return existsSync(suspicionPath(path));
}

export function removeSuspicion(path: string): void {
  rmSync(suspicionPath(path), { force: true });
}

function suspicionPath(path: string): string {
  return `${path}.suspect`;
}
