import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { stampOf } from './fileNames.ts';

/** Of each kind: what was damaged must not be pushed out by what keeps coming with a repository. */
const KEPT_OF_A_KIND = 5;
/** Whoever was told of it has had time to fetch it. */
const KEPT_FOR_MS = 7 * 24 * 60 * 60_000;

/**
 * Removes what was set aside long ago when there is much of it, and returns the names. Only one process at a time may do
 * it. What cannot be removed now stays until the next time.
 */
export function removeOldKept(path: string, now: number): readonly string[] {
  const folder = dirname(path);
  const base = basename(path);
  const names = readdirSync(folder);
  return surplusKept(base, names, now).filter(kept => {
    try {
      // The file itself last: as long as it is there, it is found again.
      for (const end of ['-wal', '-shm', '-journal', '']) {
        rmSync(join(folder, kept + end), { force: true });
      }
      return true;
    } catch {
      return false;
    }
  });
}

/** Those files that were set aside longest ago and are too many, without the logs that belong to them. */
export function surplusKept(base: string, names: readonly string[], now: number): readonly string[] {
  const oldest = stampOf(new Date(now - KEPT_FOR_MS));
  return ['damaged', 'foreign'].flatMap(why => {
    const start = `${base}.${why}-`;
    const kept = names
      .filter(name => name.startsWith(start) && /^\d{8}T\d{6}Z(-\d+)?$/.test(name.slice(start.length)))
      .sort()
      .reverse();
    return kept.slice(KEPT_OF_A_KIND).filter(name => name.slice(start.length) < oldest);
  });
}
