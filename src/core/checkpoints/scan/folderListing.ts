import { type BigIntStats, type Dirent, lstat } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { inRoot, nameFromBytes } from '../systemPath.ts';

export interface FoundFile {
  readonly kind: 'file' | 'link';
  readonly size: number;
  readonly permissions: number;
  /** Another one means another content or another file; of the same one the content is the same, once it has settled. */
  readonly stamp: string;
  /** When it last changed in any way, in milliseconds on the clock of the disk. */
  readonly touched: number;
}

export interface Listing {
  readonly folders: readonly string[];
  readonly files: readonly (readonly [path: string, found: FoundFile])[];
  readonly special: readonly string[];
  readonly unreadable: readonly string[];
}

/** What one folder holds. @throws the system's error when it cannot be listed */
export async function listFolder(root: string, folder: string): Promise<Listing> {
  const folders: string[] = [];
  const special: string[] = [];
  const others: string[] = [];
  for (const [name, entry] of await entriesOf(root, folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (entry.isDirectory()) {
      folders.push(path);
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      others.push(path);
    } else {
      special.push(path);
    }
  }
  const files: (readonly [string, FoundFile])[] = [];
  const unreadable: string[] = [];
  await statAll(root, others, (path, result) => {
    if (result === 'unreadable') {
      unreadable.push(path);
    } else if (result !== 'gone') {
      files.push([path, result]);
    }
  });
  return { folders, files, special, unreadable };
}

async function entriesOf(
  root: string,
  folder: string,
): Promise<readonly (readonly [string, Dirent | Dirent<Buffer>])[]> {
  const place = inRoot(root, folder);
  const entries = await readdir(place, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes('\ufffd'))) {
    return entries.map(entry => [entry.name, entry]);
  }
  const raw = await readdir(place, { withFileTypes: true, encoding: 'buffer' });
  return raw.map(entry => [nameFromBytes(entry.name), entry]);
}

/** One promise for a whole folder: twenty thousand of them would cost more than the reading. */
function statAll(
  root: string,
  paths: readonly string[],
  take: (path: string, result: FoundFile | 'gone' | 'unreadable') => void,
): Promise<void> {
  return new Promise(resolve => {
    let open = paths.length;
    if (open === 0) {
      resolve();
    }
    for (const path of paths) {
      lstat(inRoot(root, path), { bigint: true }, (error, stats) => {
        take(path, error === null ? (foundFile(stats) ?? 'gone') : error.code === 'ENOENT' ? 'gone' : 'unreadable');
        open -= 1;
        if (open === 0) {
          resolve();
        }
      });
    }
  });
}

/** Undefined for what is neither a file nor a link. */
export function foundFile(stats: BigIntStats): FoundFile | undefined {
  const isLink = stats.isSymbolicLink();
  if (!isLink && !stats.isFile()) {
    return undefined;
  }
  const touched = stats.mtimeNs > stats.ctimeNs ? stats.mtimeNs : stats.ctimeNs;
  return {
    kind: isLink ? 'link' : 'file',
    size: Number(stats.size),
    permissions: isLink ? 0o777 : Number(stats.mode) & 0o777,
    stamp: `${stats.mtimeNs}.${stats.ctimeNs}.${stats.ino}.${stats.size}.${stats.mode}`,
    touched: Number(touched) / 1e6,
  };
}
