import { lstat, readdir } from 'node:fs/promises';
import { foundFile, type Listing, listFolder } from '../scan/folderListing.ts';
import { blobName, readContent } from '../scan/readContent.ts';
import { inRoot, nameFromBytes, parentOf } from '../systemPath.ts';
import type { NowState } from '../undoPlan.ts';

const MOST_HELD = 500;

interface PresentParts {
  readonly root: string;
  /** Whether the disk takes `A` and `a` for the same name. */
  readonly ignoresCase: boolean;
  /** A larger file is not read. */
  readonly fileBytes: number;
}

type FolderState = { readonly kind: 'folder' } | { readonly kind: 'absent'; readonly blockedBy?: string };

/** Looks at paths as they are now. Never follows a link, neither at the path nor above it. */
export class PresentState {
  readonly #parts: PresentParts;
  readonly #folders = new Map<string, Promise<FolderState>>();
  readonly #names = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(parts: PresentParts) {
    this.#parts = parts;
  }

  async at(path: string): Promise<NowState> {
    const folder = await this.#folder(parentOf(path));
    if (folder.kind === 'absent') {
      return folder;
    }
    const otherCase = await this.#otherCase(path);
    if (otherCase !== undefined) {
      return { kind: 'absent', blockedBy: otherCase };
    }
    const { root, fileBytes } = this.#parts;
    const stats = await lstat(inRoot(root, path)).catch(codeOf);
    if (typeof stats !== 'object') {
      return stats === 'ENOENT' || stats === 'ENOTDIR' ? { kind: 'absent' } : { kind: 'unknown' };
    }
    if (stats.isDirectory()) {
      return { kind: 'folder', holds: this.#holds(path) };
    }
    const found = foundFile(stats);
    if (found === undefined || found.size > fileBytes) {
      return { kind: 'unknown' };
    }
    const read = await readContent(root, path, found);
    if (read.kind !== 'content') {
      return read.kind === 'gone' ? { kind: 'absent' } : { kind: 'unknown' };
    }
    const { kind, permissions } = read.found;
    return { kind, blob: blobName(read.bytes), size: read.bytes.length, permissions };
  }

  #folder(folder: string): Promise<FolderState> {
    let state = this.#folders.get(folder);
    if (state === undefined) {
      state = this.#lookAtFolder(folder);
      this.#folders.set(folder, state);
    }
    return state;
  }

  async #lookAtFolder(folder: string): Promise<FolderState> {
    if (folder === '') {
      return { kind: 'folder' };
    }
    const above = await this.#folder(parentOf(folder));
    if (above.kind === 'absent') {
      return above;
    }
    const otherCase = await this.#otherCase(folder);
    if (otherCase !== undefined) {
      return { kind: 'absent', blockedBy: otherCase };
    }
    const stats = await lstat(inRoot(this.#parts.root, folder)).catch(codeOf);
    if (typeof stats !== 'object') {
      return { kind: 'absent' };
    }
    return stats.isDirectory() ? { kind: 'folder' } : { kind: 'absent', blockedBy: folder };
  }

  /** The path that stands in the way of this one, where the disk does not tell its case apart. */
  async #otherCase(path: string): Promise<string | undefined> {
    if (!this.#parts.ignoresCase) {
      return undefined;
    }
    const parent = parentOf(path);
    let names = this.#names.get(parent);
    if (names === undefined) {
      names = this.#namesIn(parent);
      this.#names.set(parent, names);
    }
    const name = path.slice(parent === '' ? 0 : parent.length + 1);
    const found = (await names).get(folded(name));
    return found === undefined || found === name ? undefined : parent === '' ? found : `${parent}/${found}`;
  }

  async #namesIn(folder: string): Promise<ReadonlyMap<string, string>> {
    const entries = await readdir(inRoot(this.#parts.root, folder), { encoding: 'buffer' }).catch(() => []);
    return new Map(entries.map(nameFromBytes).map(name => [folded(name), name]));
  }

  #list(folder: string): Listing | undefined {
    try {
      return listFolder(this.#parts.root, folder);
    } catch {
      return undefined;
    }
  }

  #holds(top: string): readonly string[] | undefined {
    const held: string[] = [];
    for (const waiting = [top]; waiting.length > 0; ) {
      const folder = waiting.pop() ?? top;
      const listing = held.length > MOST_HELD ? undefined : this.#list(folder);
      if (listing === undefined) {
        return undefined;
      }
      const { folders, files, special, unreadable } = listing;
      held.push(`${folder}/`, ...files.map(([path]) => path), ...special, ...unreadable);
      waiting.push(...folders);
    }
    return held;
  }
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}
