import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../base/clock.ts';
import type { UserKey } from '../../security/userKey.ts';
import { rootMissing, storeUnsafe } from '../checkpointsErrors.ts';
import { writeWhole } from '../scan/writeWhole.ts';
import type { GitProgram } from './gitProgram.ts';
import { configFile } from './storeConfig.ts';
import { holdWithin } from './storeEntries.ts';
import { withStoreLock } from './storeLock.ts';
import { isMarkedStore, markStore } from './storeMark.ts';

const DATA_FOLDER = '.claude-panel';

/** Where the snapshots of a root are. The workspace's own ones stay valid when its folder moves. */
export function storeDirectory(workspace: string, root: string): string {
  const relative = path.relative(workspace, root).split(path.sep).join('/');
  const key = relative === '' ? 'workspace' : createHash('sha256').update(relative).digest('hex').slice(0, 16);
  return path.join(workspace, DATA_FOLDER, 'checkpoints', `${key}.git`);
}

interface StoreFolderParts {
  readonly workspace: string;
  /** Of the store: see {@link storeDirectory}. */
  readonly directory: string;
  readonly git: GitProgram;
  readonly userKey: UserKey;
  readonly clock: Clock;
}

/** The directory of the store, made when it is missing and looked at before each use. */
export class StoreFolder {
  readonly directory: string;
  readonly #parts: StoreFolderParts;
  #ignoresCase: boolean | undefined;

  constructor(parts: StoreFolderParts) {
    this.#parts = parts;
    this.directory = parts.directory;
  }

  /** Whether the disk takes `A` and `a` for the same name. Known after {@link prepare}. */
  get ignoresCase(): boolean {
    return this.#ignoresCase ?? false;
  }

  /** @throws CheckpointError `storeUnsafe`, `storeBusy`, `gitMissing`, `gitFailed` */
  async prepare(signal?: AbortSignal): Promise<void> {
    const { workspace } = this.#parts;
    const parents = path.relative(workspace, path.dirname(this.directory)).split(path.sep);
    let folder = workspace;
    for (const name of parents) {
      folder = path.join(folder, name);
      await this.#parent(folder);
    }
    if (!(await this.#isOurs())) {
      // Elsewhere than in the store: what another process makes must not look like a foreign one meanwhile.
      await withStoreLock(`${this.directory}.making`, signal, () => this.#begin(signal));
    }
    await holdWithin(this.directory);
    const config = path.join(this.directory, 'config');
    this.#ignoresCase ??= (await readText(path.join(this.directory, 'head'))) !== undefined;
    // Whoever can write in the workspace can write this file; git obeys nothing but what stands here.
    const wanted = configFile(this.#ignoresCase);
    if ((await readText(config)) !== wanted) {
      await writeWhole(config, wanted);
    }
  }

  /** False for none, for one that was never finished, and for one that came with the folder. */
  async #isOurs(): Promise<boolean> {
    const found = await lstatOrNothing(this.directory);
    if (found !== undefined && !found.isDirectory()) {
      throw storeUnsafe(this.directory);
    }
    return found !== undefined && isMarkedStore(this.directory, this.#parts.userKey);
  }

  /** A store of somebody else is neither used nor removed: it may hold anything. */
  async #begin(signal: AbortSignal | undefined): Promise<void> {
    const { git, userKey, clock } = this.#parts;
    if (await this.#isOurs()) {
      return;
    }
    if ((await lstatOrNothing(this.directory)) !== undefined) {
      await rename(this.directory, `${this.directory}.foreign-${clock.now()}`);
    }
    await git.run({
      args: ['init', '--quiet', '--bare', '--template=', this.directory],
      action: 'make the folder of the snapshots',
      signal,
    });
    // Last, so a directory without it was never finished.
    await markStore(this.directory, userKey);
  }

  async #parent(folder: string): Promise<void> {
    const { workspace } = this.#parts;
    let found = await lstatOrNothing(folder);
    if (found === undefined) {
      if ((await lstatOrNothing(workspace)) === undefined) {
        throw rootMissing(workspace);
      }
      await mkdir(folder).catch(ignoreExisting);
      found = await lstatOrNothing(folder);
    }
    if (found?.isDirectory() !== true) {
      throw storeUnsafe(folder);
    }
  }
}

async function lstatOrNothing(file: string) {
  return lstat(file).catch(() => undefined);
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
    throw error;
  }
}
