import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { toStoreError } from './sqliteFailure.ts';
import { locked } from './storeError.ts';

const STALE_LOCK_MS = 10_000;
const PAUSE_MS = 20;

/** Only one process at a time copies or replaces the file as a whole. Reading and writing it needs no such lock. */
export function withReplaceLock<T>(path: string, work: () => T): T {
  const lock = `${path}.replacing`;
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
    rmSync(lock, { recursive: true, force: true });
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
  // One that seems to be from the future did not come from a program of ours.
  if (made !== undefined && Math.abs(Date.now() - made) > STALE_LOCK_MS) {
    rmSync(lock, { recursive: true, force: true });
  }
}
