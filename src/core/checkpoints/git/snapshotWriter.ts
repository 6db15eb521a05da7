import type { FileState } from '../checkpoint.ts';
import { gitFailed } from '../checkpointsErrors.ts';
import { type FoundFile, looksTheSame } from '../scan/folderListing.ts';
import type { Manifest, ManifestEntry } from '../scan/manifest.ts';
import { blobName, readContents } from '../scan/readContent.ts';
import type { Scan } from '../scan/scanFolder.ts';
import { gitMode, type SnapshotNotes } from '../scan/snapshotNotes.ts';
import type { GitProgram } from './gitProgram.ts';
import { quotedPath } from './quotedPath.ts';

export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const FILES = 'files';
export const NOTES = 'notes.json';

interface WriteParts {
  readonly git: GitProgram;
  readonly root: string;
  readonly scan: Scan;
  /** What the newest snapshot holds, when its objects are there. */
  readonly base: Manifest | undefined;
  /** A file that was touched later than this, on the clock of the disk, is read again next time. */
  readonly settledBefore: number;
  readonly reference: string;
  readonly message: string;
  /** In seconds. */
  readonly time: number;
  /** What is to be kept beside the files, once it is known which could be read. */
  readonly notes: (entries: ReadonlyMap<string, FileState>, unreadable: readonly string[]) => SnapshotNotes;
  readonly signal?: AbortSignal | undefined;
}

interface WrittenSnapshot {
  readonly manifest: Manifest;
  readonly notes: SnapshotNotes;
}

/** What is known once all commands were given. */
interface Writing {
  readonly entries: Map<string, ManifestEntry>;
  notes: SnapshotNotes | undefined;
}

/**
 * Writes a snapshot in one run of `git fast-import`: contents as they are, byte for byte, with no filter between; the
 * trees as changes of those before; a commit without parents, so that any snapshot can be removed alone.
 */
export async function writeSnapshot(parts: WriteParts): Promise<WrittenSnapshot> {
  const writing: Writing = { entries: new Map(), notes: undefined };
  const output = await parts.git.run({
    args: ['fast-import', '--quiet', '--force', '--done', '--date-format=raw', '--depth=0'],
    action: 'store a snapshot',
    input: inChunks(commands(parts, writing)),
    signal: parts.signal,
  });
  const [, id, tree] = /^([0-9a-f]{40})\n(?:040000 tree ([0-9a-f]{40})|missing)/.exec(output.toString('latin1')) ?? [];
  if (id === undefined || writing.notes === undefined) {
    throw gitFailed('store a snapshot', 'It did not say under which name.');
  }
  return { manifest: { id, tree: tree ?? EMPTY_TREE, entries: writing.entries }, notes: writing.notes };
}

async function* commands(
  { root, scan, base, settledBefore, reference, message, time, notes }: WriteParts,
  writing: Writing,
): AsyncGenerator<string | Uint8Array> {
  const { entries } = writing;
  const unreadable: string[] = [];
  const changed: (readonly [path: string, found: FoundFile])[] = [];
  for (const [path, found] of scan.files) {
    const known = base?.entries.get(path);
    if (known !== undefined && looksTheSame(known, found)) {
      entries.set(path, known);
    } else {
      changed.push([path, found]);
    }
  }
  let modifications = '';
  let mark = 1;
  for await (const read of readContents(root, changed)) {
    if (read.kind !== 'content') {
      if (read.kind === 'unreadable') {
        unreadable.push(read.path);
      }
      continue;
    }
    const { path, bytes, found, isSteady } = read;
    const isSettled = isSteady && Math.max(found.touched, found.modified) < settledBefore;
    const times = isSettled ? {} : { touched: Number.NaN };
    const entry: ManifestEntry = { ...found, ...times, blob: blobName(bytes) };
    entries.set(path, entry);
    const known = base?.entries.get(path);
    if (known?.blob === entry.blob) {
      if (gitMode(known) !== gitMode(entry)) {
        modifications += `M ${gitMode(entry)} ${entry.blob} ${inFiles(path)}\n`;
      }
      continue;
    }
    mark += 1;
    yield `blob\nmark :${mark}\ndata ${bytes.length}\n`;
    yield bytes;
    yield '\n';
    modifications += `M ${gitMode(entry)} :${mark} ${inFiles(path)}\n`;
  }
  yield `commit ${reference}\nmark :1\ncommitter Claude Control Panel <> ${time} +0000\n${data(message)}`;
  if (base !== undefined && base.tree !== EMPTY_TREE) {
    yield `M 040000 ${base.tree} ${FILES}\n`;
    // First, because a folder may have come where a file was.
    for (const path of base.entries.keys()) {
      if (!entries.has(path)) {
        yield `D ${inFiles(path)}\n`;
      }
    }
  }
  yield modifications;
  writing.notes = notes(entries, unreadable);
  yield `M 100644 inline ${NOTES}\n${data(JSON.stringify(writing.notes))}`;
  yield `get-mark :1\nls :1 ${quotedPath(FILES)}\ndone\n`;
}

function inFiles(path: string): string {
  return quotedPath(`${FILES}/${path}`);
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

const CHUNK = 256 * 1024;

/** A write for every line would cost more than the work. */
async function* inChunks(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
    waiting.push(bytes);
    size += bytes.length;
    if (size >= CHUNK) {
      yield Buffer.concat(waiting);
      waiting = [];
      size = 0;
    }
  }
  yield Buffer.concat(waiting);
}
