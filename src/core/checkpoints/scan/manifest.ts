import { readFile, rm, stat } from 'node:fs/promises';
import type { FileState } from '../checkpoint.ts';
import type { FoundFile } from './folderListing.ts';
import { writeWhole } from './writeWhole.ts';

/** A file as the last snapshot has it. With no number as its times it is read again: it may have changed unseen. */
export type ManifestEntry = FileState & FoundFile;

/** What the newest snapshot holds, so that the next one reads only what changed. It can be lost at any time. */
export interface Manifest {
  readonly id: string;
  readonly tree: string;
  readonly entries: ReadonlyMap<string, ManifestEntry>;
}

const FORMAT = 'claude-panel manifest 2';
const END = '\0';
const NAME_LENGTH = 40;
const NUMBERS = ['size', 'permissions', 'modified', 'touched', 'inode', 'isLink'] as const;
const NUMBER_BYTES = 8;

/**
 * As bytes: the length of the text, the text, the numbers of all files. The text is UTF-16, because a name may hold marks
 * that UTF-8 has no form for; the numbers are as the processor has them, because writing twenty thousand times as text
 * would take longer than looking at the files.
 */
function formatManifest({ id, tree, entries }: Manifest): Buffer {
  const numbers = new Float64Array(entries.size * NUMBERS.length);
  const blobs: string[] = [];
  let at = 0;
  for (const { kind, blob, size, permissions, modified, touched, inode } of entries.values()) {
    numbers.set([size, permissions, modified, touched, inode, kind === 'link' ? 1 : 0], at);
    at += NUMBERS.length;
    blobs.push(blob);
  }
  const text = Buffer.from([FORMAT, id, tree, blobs.join(''), ...entries.keys()].join(END), 'utf16le');
  const length = Buffer.alloc(NUMBER_BYTES);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, Buffer.from(numbers.buffer)]);
}

/** Undefined for what is not whole. */
function parseManifest(bytes: Uint8Array): Manifest | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textEnd = whole.length < NUMBER_BYTES ? 0 : NUMBER_BYTES + whole.readUInt32LE();
  const [format, id, tree, blobs, ...paths] = whole.toString('utf16le', NUMBER_BYTES, textEnd).split(END);
  // Copied, because numbers have to lie at a multiple of their length.
  const numbers = Uint8Array.from(whole.subarray(textEnd));
  const isWhole =
    format === FORMAT &&
    id !== undefined &&
    tree !== undefined &&
    blobs?.length === paths.length * NAME_LENGTH &&
    numbers.length === paths.length * NUMBERS.length * NUMBER_BYTES;
  return isWhole ? { id, tree, entries: entriesOf(paths, blobs, new Float64Array(numbers.buffer)) } : undefined;
}

function entriesOf(paths: readonly string[], blobs: string, numbers: Float64Array): ReadonlyMap<string, ManifestEntry> {
  const entries = new Map<string, ManifestEntry>();
  for (const [index, path] of paths.entries()) {
    const at = index * NUMBERS.length;
    const number = (name: (typeof NUMBERS)[number]): number => numbers[at + NUMBERS.indexOf(name)] ?? 0;
    entries.set(path, {
      kind: number('isLink') === 1 ? 'link' : 'file',
      blob: blobs.slice(index * NAME_LENGTH, (index + 1) * NAME_LENGTH),
      size: number('size'),
      permissions: number('permissions'),
      modified: number('modified'),
      touched: number('touched'),
      inode: number('inode'),
    });
  }
  return entries;
}

/** The manifest on the disk, shared by all processes; read again only when another one wrote it. */
export class ManifestFile {
  readonly #file: string;
  #known: { readonly stamp: string; readonly manifest: Manifest | undefined } | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<Manifest | undefined> {
    const stamp = await this.#stamp();
    if (stamp === undefined) {
      return undefined;
    }
    if (this.#known?.stamp !== stamp) {
      this.#known = { stamp, manifest: parseManifest(await readFile(this.#file)) };
    }
    return this.#known.manifest;
  }

  async write(manifest: Manifest): Promise<void> {
    await writeWhole(this.#file, formatManifest(manifest));
    const stamp = await this.#stamp();
    this.#known = stamp === undefined ? undefined : { stamp, manifest };
  }

  async drop(): Promise<void> {
    this.#known = undefined;
    await rm(this.#file, { force: true });
  }

  async #stamp(): Promise<string | undefined> {
    const found = await stat(this.#file, { bigint: true }).catch(() => undefined);
    return found === undefined ? undefined : `${found.mtimeNs}.${found.ctimeNs}.${found.ino}.${found.size}`;
  }
}
