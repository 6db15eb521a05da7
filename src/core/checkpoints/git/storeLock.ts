import { lstat, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { storeBusy } from '../checkpointsErrors.ts';

const PAUSE_MS = 15;
const PATIENCE_MS = 60_000;
/** A process number may have been given to another process since. */
const STALE_MS = 30 * 60_000;
const UNFINISHED_MS = 5000;
/** A process number is shorter. */
const MOST_BYTES = 20;

/**
 * Only one process at a time writes into a store: what it finds there stays until it is done.
 * @param work gets the time on the clock of the disk, in milliseconds
 * @throws CheckpointError `storeBusy` when another process holds it for a minute
 */
export async function withStoreLock<T>(
  file: string,
  signal: AbortSignal | undefined,
  work: (diskTime: number) => Promise<T>,
): Promise<T> {
  const patienceEnds = Date.now() + PATIENCE_MS;
  while (!(await tryLock(file))) {
    signal?.throwIfAborted();
    if (Date.now() > patienceEnds) {
      throw storeBusy(file);
    }
    await pause(PAUSE_MS);
  }
  try {
    return await work((await stat(file)).mtimeMs);
  } finally {
    await rm(file, { force: true });
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'EPERM'))) {
      throw error;
    }
    if (await isStale(file)) {
      await rm(file, { force: true });
    }
    return false;
  }
}

/** A process that was killed while it held the lock must not hold up all later ones. */
async function isStale(file: string): Promise<boolean> {
  try {
    const found = await lstat(file);
    if (found.isSymbolicLink() || found.size > MOST_BYTES) {
      // No program of ours made it, and what a link leads to may have no end.
      return true;
    }
    const age = Math.abs(Date.now() - found.mtimeMs);
    const pid = Number(await readFile(file, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0) {
      return age > UNFINISHED_MS;
    }
    return age > STALE_MS || !runs(pid);
  } catch {
    return false;
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
