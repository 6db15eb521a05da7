import { setImmediate } from 'node:timers/promises';
import type { CoverageLimits, NotCovered } from '../checkpoint.ts';
import { folderTooLarge, rootMissing } from '../checkpointsErrors.ts';
import type { IgnoredPaths } from '../git/ignoredPaths.ts';
import { type FoundFile, type Listing, listFolder } from './folderListing.ts';

export interface Scan {
  readonly files: ReadonlyMap<string, FoundFile>;
  /** Folders that hold nothing. */
  readonly emptyFolders: readonly string[];
  readonly notCovered: readonly NotCovered[];
}

interface ScanParts {
  readonly root: string;
  readonly ignored: IgnoredPaths;
  readonly limits: CoverageLimits;
  readonly signal?: AbortSignal | undefined;
}

/** What nobody keeps by hand, where no repository says so. */
const GENERATED = new Set(['node_modules', 'bower_components', '.venv', 'venv', '__pycache__', '.tox', '.gradle']);
/** Of our own folder only what people write is theirs. */
const PANEL_FOLDER = '.claude-panel';
const PEOPLE_WRITE = new Set(['.gitignore', 'profiles.yaml', 'commands'].map(name => `${PANEL_FOLDER}/${name}`));
/** What else this process has to do is not held up longer than this. */
const SLICE_MS = 8;

/** Looks at everything below a root, and decides what a snapshot covers. Reads no content. */
export async function scanFolder(parts: ScanParts): Promise<Scan> {
  const scanner = new Scanner(parts);
  await scanner.everything();
  await scanner.ignored();
  return scanner.result();
}

class Scanner {
  readonly #parts: ScanParts;
  readonly #files = new Map<string, FoundFile>();
  readonly #emptyFolders: string[] = [];
  readonly #notCovered: NotCovered[] = [];
  readonly #ignoredFolders: string[] = [];
  readonly #ignoredFiles: (readonly [path: string, found: FoundFile])[] = [];
  #bytes = 0;
  #sliceBegan = performance.now();

  constructor(parts: ScanParts) {
    this.#parts = parts;
  }

  /** All that git does not ignore. @throws CheckpointError `folderTooLarge`, `folderMissing` */
  async everything(): Promise<void> {
    const { root, signal } = this.#parts;
    for (const waiting = ['']; waiting.length > 0; ) {
      const folder = waiting.pop() ?? '';
      const listing = this.#list(folder);
      waiting.push(...(listing === undefined ? [] : this.#take(folder, listing)));
      this.#checkSize(root);
      await this.#pause(signal);
    }
  }

  /** What it ignores, as far as it is small. One after the other, so that the same files come first each time. */
  async ignored(): Promise<void> {
    const { limits } = this.#parts;
    let left = limits.ignoredBytes;
    for (const [path, found] of this.#ignoredFiles.sort(byPath)) {
      if (found.size > Math.min(left, limits.ignoredFileBytes)) {
        this.#notCovered.push({ path, reason: 'ignoredTooLarge', bytes: found.size });
      } else {
        left -= found.size;
        this.#files.set(path, found);
      }
    }
    for (const folder of this.#ignoredFolders.sort()) {
      left -= await this.#ignoredFolder(folder, left);
    }
  }

  result(): Scan {
    return {
      files: this.#files,
      emptyFolders: this.#emptyFolders.sort(),
      notCovered: this.#notCovered.sort((one, other) => (one.path < other.path ? -1 : 1)),
    };
  }

  async #pause(signal: AbortSignal | undefined): Promise<void> {
    if (performance.now() - this.#sliceBegan > SLICE_MS) {
      await setImmediate();
      signal?.throwIfAborted();
      this.#sliceBegan = performance.now();
    }
  }

  #list(folder: string): Listing | undefined {
    try {
      return listFolder(this.#parts.root, folder);
    } catch (error) {
      if (folder === '') {
        throw rootMissing(this.#parts.root, error);
      }
      if (!isGone(error)) {
        this.#notCovered.push({ path: folder, reason: 'unreadable' });
      }
      return undefined;
    }
  }

  /** Returns the folders to look into. */
  #take(folder: string, listing: Listing): readonly string[] {
    if (this.#isNested(folder, listing)) {
      return [];
    }
    this.#takeNames(listing);
    const { paths, inRepository } = this.#parts.ignored;
    for (const [path, found] of listing.files) {
      if (isOurs(path)) {
        continue;
      }
      if (paths.has(path)) {
        this.#ignoredFiles.push([path, found]);
      } else {
        this.#add(path, found);
      }
    }
    const inside: string[] = [];
    for (const path of listing.folders.filter(isCovered)) {
      if (paths.has(path) || (!inRepository && GENERATED.has(lastName(path)))) {
        this.#ignoredFolders.push(path);
      } else {
        inside.push(path);
      }
    }
    this.#noteEmpty(folder, listing);
    return inside;
  }

  #isNested(folder: string, { folders, files }: Listing): boolean {
    if (folder === '' || !(folders.includes(`${folder}/.git`) || files.some(([path]) => path === `${folder}/.git`))) {
      return false;
    }
    this.#notCovered.push({ path: folder, reason: 'nestedRepository' });
    return true;
  }

  #takeNames({ special, unreadable, folders, files }: Listing): void {
    this.#notCovered.push(
      ...special.map(path => ({ path, reason: 'special' }) as const),
      ...unreadable.map(path => ({ path, reason: 'unreadable' }) as const),
      ...[...folders, ...files.map(([path]) => path)]
        .filter(isReserved)
        .map(path => ({ path, reason: 'reservedName' }) as const),
    );
  }

  #add(path: string, found: FoundFile): void {
    if (!isCovered(path)) {
      return;
    }
    if (found.size > this.#parts.limits.fileBytes) {
      this.#notCovered.push({ path, reason: 'tooLarge', bytes: found.size });
      return;
    }
    this.#bytes += found.size;
    this.#files.set(path, found);
  }

  #noteEmpty(folder: string, { folders, files, special, unreadable }: Listing): void {
    if (folder !== '' && folders.length + files.length + special.length + unreadable.length === 0) {
      this.#emptyFolders.push(folder);
    }
  }

  #checkSize(root: string): void {
    const { totalFiles, totalBytes } = this.#parts.limits;
    if (this.#files.size > totalFiles) {
      throw folderTooLarge(root, `it has more than ${totalFiles.toLocaleString('en')} files that git does not ignore`);
    }
    if (this.#bytes > totalBytes) {
      const megabytes = Math.round(totalBytes / 1024 / 1024).toLocaleString('en');
      throw folderTooLarge(root, `it has more than ${megabytes} MB that git does not ignore`);
    }
  }

  /** All of it or nothing. Resolves with the bytes that it took. */
  async #ignoredFolder(top: string, left: number): Promise<number> {
    const { limits, signal } = this.#parts;
    const inner = new Scanner(this.#parts);
    let count = 0;
    let bytes = 0;
    for (const waiting = [top]; waiting.length > 0; ) {
      await this.#pause(signal);
      const folder = waiting.pop() ?? top;
      const listing = inner.#list(folder);
      if (listing === undefined || inner.#isNested(folder, listing)) {
        continue;
      }
      inner.#takeNames(listing);
      inner.#noteEmpty(folder, listing);
      for (const [path, found] of listing.files.filter(([path]) => isCovered(path))) {
        if (found.size > limits.ignoredFileBytes) {
          inner.#notCovered.push({ path, reason: 'ignoredTooLarge', bytes: found.size });
        } else {
          bytes += found.size;
          inner.#files.set(path, found);
        }
      }
      waiting.push(...listing.folders.filter(isCovered));
      count += listing.files.length + listing.folders.length;
      if (count > limits.ignoredFolderFiles || bytes > left) {
        this.#notCovered.push({ path: top, reason: 'ignoredTooLarge' });
        return 0;
      }
    }
    for (const [path, found] of inner.#files) {
      this.#files.set(path, found);
    }
    this.#emptyFolders.push(...inner.#emptyFolders);
    this.#notCovered.push(...inner.#notCovered);
    return bytes;
  }
}

function byPath([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The root's own `.git`, and what we keep ourselves: never part of a snapshot, and nothing a task should change. */
function isOurs(path: string): boolean {
  return path === '.git' || (path.startsWith(`${PANEL_FOLDER}/`) && !isWritten(path));
}

function isWritten(path: string): boolean {
  return PEOPLE_WRITE.has(path.split('/', 2).join('/'));
}

/** Git takes no such name into a tree. The exact one is known as what it is. */
function isReserved(path: string): boolean {
  const name = lastName(path);
  return name !== '.git' && name.toLowerCase() === '.git';
}

function isCovered(path: string): boolean {
  return !isOurs(path) && !isReserved(path) && lastName(path) !== '.git';
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
