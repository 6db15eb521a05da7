import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CheckpointMoment } from '../checkpoint.ts';
import type { GitProgram } from './gitProgram.ts';

export const KEPT = 'refs/checkpoints/';
/** Taken only to look at what is there now. */
export const PASSING = 'refs/passing/';

export interface StoredReference {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly moment: CheckpointMoment;
  readonly isPassing: boolean;
}

export function referenceName(prefix: string, at: number, moment: CheckpointMoment, key: string): string {
  return `${prefix}${at}-${moment}-${key}`;
}

/** Oldest first. */
export async function storedReferences(git: GitProgram): Promise<readonly StoredReference[]> {
  const output = await git.run({
    args: ['for-each-ref', '--format=%(objectname) %(refname)'],
    action: 'list the snapshots',
  });
  const found = output
    .toString('utf8')
    .split('\n')
    .flatMap(line => {
      const [, id, name, at, moment] =
        /^([0-9a-f]{40}) (refs\/(?:checkpoints|passing)\/(\d+)-(before|after|undo|redo|manual)-\S+)$/.exec(line) ?? [];
      return id === undefined || name === undefined
        ? []
        : [{ id, name, at: Number(at), moment: moment as CheckpointMoment, isPassing: name.startsWith(PASSING) }];
    });
  return found.sort((one, other) => one.at - other.at);
}

export async function removeReferences(git: GitProgram, names: readonly string[]): Promise<void> {
  if (names.length > 0) {
    await git.run({
      args: ['update-ref', '--stdin', '-z'],
      action: 'remove old snapshots',
      input: names.map(name => `delete ${name}\0\0`).join(''),
    });
  }
}

/** One pack of everything that a snapshot still needs; the rest goes. Nothing else may write meanwhile. */
export async function packTogether(git: GitProgram, directory: string): Promise<void> {
  await git.run({ args: ['repack', '-a', '-d', '-q', '--no-write-bitmap-index'], action: 'tidy up the snapshots' });
  await git.run({ args: ['prune', '--expire=now'], action: 'tidy up the snapshots' });
  await git.run({ args: ['pack-refs', '--all', '--prune'], action: 'tidy up the snapshots' });
  for (const name of await readdir(directory)) {
    if (name.startsWith('fast_import_crash_')) {
      await rm(path.join(directory, name), { force: true });
    }
  }
}

export async function packCount(directory: string): Promise<number> {
  const names = await readdir(path.join(directory, 'objects', 'pack')).catch(() => []);
  return names.filter(name => name.endsWith('.pack')).length;
}

/** Bytes of everything in the folder. */
export async function diskUse(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (entry.isFile()) {
      bytes += await stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
    }
  }
  return bytes;
}
