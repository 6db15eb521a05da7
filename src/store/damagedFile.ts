import { existsSync, lstatSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { toStoreError } from './sqliteFailure.ts';
import { locked } from './storeError.ts';

export type SetAside<T> =
  | { readonly kind: 'opened'; readonly value: T }
  | { readonly kind: 'setAside'; readonly keptAs: string };

const STALE_LOCK_MS = 10_000;
const PAUSE_MS = 50;

/**
 * Renames a damaged file and what belongs to it; nothing is deleted. Only one process does it at a time:
 * each tries to open the file once more when its turn comes, so that a new file is never set aside.
 */
export function setAside<T>(path: string, time: Date, openAgain: () => T | undefined): SetAside<T> {
  return withLock(`${path}.replacing`, () => {
    const value = openAgain();
    if (value !== undefined) {
      return { kind: 'opened', value };
    }
    const stamp = time.toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const kept = freeName(`${path}.damaged-${stamp}`);
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

function freeName(path: string): string {
  let name = path;
  for (let number = 2; existsSync(name); number += 1) {
    name = `${path}-${number}`;
  }
  return name;
}

function withLock<T>(lock: string, work: () => T): T {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; !tryLock(lock); waited += PAUSE_MS) {
    if (waited > STALE_LOCK_MS) {
      throw locked(lock, new Error('Another process replaces the file at this moment.'));
    }
    Atomics.wait(pause, 0, 0, PAUSE_MS);
  }
  try {
    return work();
  } finally {
    rmdirSync(lock);
  }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw toStoreError(error, lock);
    }
    removeStale(lock);
    return false;
  }
}

/** A process that was killed while it held the lock must not hold up all later ones. */
function removeStale(lock: string): void {
  const made = lstatSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (made !== undefined && Date.now() - made > STALE_LOCK_MS) {
    rmSync(lock, { recursive: true, force: true });
  }
}
