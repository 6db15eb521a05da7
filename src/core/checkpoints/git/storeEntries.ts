import type { Dirent } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { storeUnsafe } from '../checkpointsErrors.ts';

const FOLDERS = ['objects', 'refs', 'logs', 'info', 'hooks'];
const FILES = ['HEAD', 'config', 'packed-refs'];
/** Git never looks into it: the command line of every git names another place. */
const UNUSED = 'hooks';
/** Each of them would make git use another place for objects or refs. */
const POINTERS = [
  'commondir',
  path.join('objects', 'info', 'alternates'),
  path.join('objects', 'info', 'http-alternates'),
];

/**
 * Makes sure that all of a store is in its directory. A repository can ship one whose objects or refs are links to those
 * of the user's own, and tidying up would then remove them there.
 * @throws CheckpointError `storeUnsafe`
 */
export async function holdWithin(directory: string): Promise<void> {
  for (const entry of await entriesOf(directory)) {
    const isWrong =
      (FOLDERS.includes(entry.name) && !entry.isDirectory()) || (FILES.includes(entry.name) && !entry.isFile());
    const place = path.join(directory, entry.name);
    if (isWrong) {
      throw storeUnsafe(place);
    }
    await refuseLinks(place, entry, entry.name !== UNUSED);
  }
  // Only now: no folder on the way is a link.
  for (const name of POINTERS) {
    await rm(path.join(directory, name), { recursive: true, force: true });
  }
}

async function refuseLinks(place: string, entry: Dirent, isLookedInto: boolean): Promise<void> {
  if (entry.isDirectory()) {
    for (const inner of isLookedInto ? await entriesOf(place) : []) {
      await refuseLinks(path.join(place, inner.name), inner, true);
    }
  } else if (!entry.isFile()) {
    throw storeUnsafe(place);
  }
}

/** Another process may be tidying up: what went meanwhile holds nothing. What cannot be looked into is not trusted. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return [];
    }
    throw storeUnsafe(folder);
  }
}
