import type { FileState } from '../checkpoint.ts';
import { contentDamaged, unknownCheckpoint } from '../checkpointsErrors.ts';
import { blobName } from '../scan/readContent.ts';
import { parseNotes, permissionsIn, type SnapshotNotes } from '../scan/snapshotNotes.ts';
import { nameFromBytes } from '../systemPath.ts';
import { parseDiff, type TreeChange } from './diffTree.ts';
import type { GitProgram } from './gitProgram.ts';
import { EMPTY_TREE, NOTES } from './snapshotWriter.ts';

const ID = /^[0-9a-f]{40}$/;
const MOST_KNOWN = 16;

/** What a stored snapshot says about itself. */
export interface StoredSnapshot {
  readonly id: string;
  readonly tree: string;
  readonly notes: SnapshotNotes;
}

/** Reads what {@link writeSnapshot} wrote. */
export class SnapshotReader {
  readonly #git: GitProgram;
  /** A snapshot never changes; those read last. */
  readonly #known = new Map<string, StoredSnapshot>();

  constructor(git: GitProgram) {
    this.#git = git;
  }

  /** Spares reading what was just written. */
  remember(snapshot: StoredSnapshot): void {
    this.#known.set(snapshot.id, snapshot);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) {
      this.#known.delete(oldest);
    }
  }

  forgetAll(): void {
    this.#known.clear();
  }

  /** @throws CheckpointError `unknownCheckpoint` */
  async snapshot(id: string): Promise<StoredSnapshot> {
    const known = this.#known.get(id);
    if (known !== undefined) {
      return known;
    }
    if (!ID.test(id)) {
      throw unknownCheckpoint(id);
    }
    const output = await this.#batch('--batch', [`${id}^{commit}`, `${id}:${NOTES}`, `${id}:files`]);
    const [commit, text, files] = batchObjects(output);
    const notes = text?.content === undefined ? undefined : parseNotes(text.content.toString('utf8'));
    if (commit === undefined || notes === undefined) {
      throw unknownCheckpoint(id);
    }
    const snapshot = { id, tree: files?.name ?? EMPTY_TREE, notes };
    this.remember(snapshot);
    return snapshot;
  }

  /** @throws CheckpointError `unknownCheckpoint` when it is not there, `contentDamaged` when it is not what it was. */
  async content(blob: string): Promise<Uint8Array> {
    const [content] = await this.contents([blob]);
    if (content === undefined) {
      throw unknownCheckpoint(blob);
    }
    return content;
  }

  /** In the order of the names; undefined for what is not there. @throws CheckpointError `contentDamaged` */
  async contents(blobs: readonly string[]): Promise<readonly (Uint8Array | undefined)[]> {
    const names = blobs.map(blob => (ID.test(blob) ? blob : 'none'));
    const objects = blobs.length === 0 ? [] : batchObjects(await this.#batch('--batch', names));
    return objects.map((found, at) => {
      if (found !== undefined && blobName(found.content) !== blobs[at]) {
        throw contentDamaged(blobs[at] ?? '');
      }
      return found?.content;
    });
  }

  async sizes(blobs: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
    if (blobs.size === 0) {
      return new Map();
    }
    const output = (await this.#batch('--batch-check', [...blobs])).toString('latin1');
    return new Map(
      output.split('\n').flatMap(line => {
        const [name = '', type, size] = line.split(' ');
        return type === 'blob' ? [[name, Number(size)] as const] : [];
      }),
    );
  }

  /** With lines counted, and what moved as one change of the file that it was. */
  async changedFiles(before: string, after: string): Promise<readonly TreeChange[]> {
    return this.#diff(['--numstat', '-M', '-l2000'], before, after);
  }

  /** Each path for itself, folders that came or went among them. */
  async changedPaths(before: string, after: string): Promise<readonly TreeChange[]> {
    return this.#diff(['-t', '--no-renames'], before, after);
  }

  async #diff(options: readonly string[], before: string, after: string): Promise<readonly TreeChange[]> {
    const plain = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-ext-diff', '--no-textconv'];
    return parseDiff(
      await this.#git.run({ args: [...plain, ...options, before, after], action: 'compare two snapshots' }),
    );
  }

  /** Every file of a snapshot. */
  async files({ tree, notes }: StoredSnapshot): Promise<ReadonlyMap<string, Omit<FileState, 'size'>>> {
    const output = await this.#git.run({ args: ['ls-tree', '-r', '-z', tree], action: 'list a snapshot' });
    const permissions = permissionsIn(notes);
    const files = new Map<string, Omit<FileState, 'size'>>();
    for (let start = 0, end = output.indexOf(0); end >= 0; start = end + 1, end = output.indexOf(0, start)) {
      const record = output.subarray(start, end);
      const tab = record.indexOf(0x09);
      const [mode = '', , blob = ''] = record.subarray(0, tab).toString('latin1').split(' ');
      const path = nameFromBytes(record.subarray(tab + 1));
      files.set(path, {
        kind: mode === '120000' ? 'link' : 'file',
        blob,
        permissions: permissions(path, mode),
      });
    }
    return files;
  }

  async #batch(option: '--batch' | '--batch-check', names: readonly string[]): Promise<Buffer> {
    return this.#git.run({
      args: ['cat-file', option, '--buffer'],
      action: 'read a snapshot',
      input: `${names.join('\n')}\n`,
    });
  }
}

interface BatchObject {
  readonly name: string;
  readonly content: Buffer;
}

/** `NAME TYPE SIZE\nCONTENT\n` for each that is there, `… missing\n` for each that is not. */
function batchObjects(output: Buffer): readonly (BatchObject | undefined)[] {
  const found: (BatchObject | undefined)[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0x0a, at);
    const [name = '', type, size] = output.subarray(at, end).toString('latin1').split(' ');
    at = end + 1;
    if (type === undefined || type === 'missing' || size === undefined) {
      found.push(undefined);
    } else {
      found.push({ name, content: output.subarray(at, at + Number(size)) });
      at += Number(size) + 1;
    }
  }
  return found;
}
