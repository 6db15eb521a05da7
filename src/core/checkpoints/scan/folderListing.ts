import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { inRoot, nameFromBytes } from '../systemPath.ts';

/** How a file looks from outside. When all of it is the same, the content is, too, once it has settled. */
export interface FoundFile {
  readonly kind: 'file' | 'link';
  readonly size: number;
  readonly permissions: number;
  /** Milliseconds on the clock of the disk, with fractions. */
  readonly modified: number;
  /** When anything about it changed last; nobody can set this one. */
  readonly touched: number;
  readonly inode: number;
}

export interface Listing {
  readonly folders: readonly string[];
  readonly files: readonly (readonly [path: string, found: FoundFile])[];
  readonly special: readonly string[];
  readonly unreadable: readonly string[];
}

/**
 * What one folder holds. Without promises, because twenty thousand of them would cost more than the looking; the caller
 * pauses between folders. @throws the system's error when it cannot be listed
 */
export function listFolder(root: string, folder: string): Listing {
  const folders: string[] = [];
  const files: (readonly [string, FoundFile])[] = [];
  const special: string[] = [];
  const unreadable: string[] = [];
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const [name, entry] of entriesOf(root, folder)) {
    const path = prefix + name;
    if (entry.isDirectory()) {
      folders.push(path);
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      const found = look(root, path);
      if (found === 'unreadable') {
        unreadable.push(path);
      } else if (found !== undefined) {
        files.push([path, found]);
      }
    } else {
      special.push(path);
    }
  }
  return { folders, files, special, unreadable };
}

function entriesOf(root: string, folder: string): readonly (readonly [string, Dirent | Dirent<Buffer>])[] {
  const place = inRoot(root, folder);
  const entries = readdirSync(place, { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes('\ufffd'))) {
    return entries.map(entry => [entry.name, entry]);
  }
  const raw = readdirSync(place, { withFileTypes: true, encoding: 'buffer' });
  return raw.map(entry => [nameFromBytes(entry.name), entry]);
}

/** Undefined when it has gone meanwhile. */
function look(root: string, path: string): FoundFile | 'unreadable' | undefined {
  try {
    const stats = lstatSync(inRoot(root, path), { throwIfNoEntry: false });
    return stats === undefined ? undefined : foundFile(stats);
  } catch {
    return 'unreadable';
  }
}

/** Undefined for what is neither a file nor a link. */
export function foundFile(stats: Stats): FoundFile | undefined {
  const isLink = stats.isSymbolicLink();
  if (!isLink && !stats.isFile()) {
    return undefined;
  }
  return {
    kind: isLink ? 'link' : 'file',
    size: stats.size,
    permissions: isLink ? 0o777 : stats.mode & 0o777,
    modified: stats.mtimeMs,
    touched: stats.ctimeMs,
    inode: stats.ino,
  };
}

export function looksTheSame(one: FoundFile, other: FoundFile): boolean {
  return (
    one.modified === other.modified &&
    one.touched === other.touched &&
    one.size === other.size &&
    one.inode === other.inode &&
    one.permissions === other.permissions &&
    one.kind === other.kind
  );
}
