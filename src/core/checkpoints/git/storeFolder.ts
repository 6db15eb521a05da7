import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { rootMissing, storeUnsafe } from '../checkpointsErrors.ts';
import { writeWhole } from '../scan/writeWhole.ts';
import type { GitProgram } from './gitProgram.ts';
import { configFile } from './storeConfig.ts';
import { holdWithin } from './storeEntries.ts';

const DATA_FOLDER = '.claude-panel';

/** Where the snapshots of a root are. The workspace's own ones stay valid when its folder moves. */
export function storeDirectory(workspace: string, root: string): string {
  const relative = path.relative(workspace, root).split(path.sep).join('/');
  const key = relative === '' ? 'workspace' : createHash('sha256').update(relative).digest('hex').slice(0, 16);
  return path.join(workspace, DATA_FOLDER, 'checkpoints', `${key}.git`);
}

/** The directory of the store, made when it is missing and looked at before each use. */
export class StoreFolder {
  readonly directory: string;
  readonly #workspace: string;
  readonly #git: GitProgram;
  #ignoresCase: boolean | undefined;

  constructor(workspace: string, directory: string, git: GitProgram) {
    this.#workspace = workspace;
    this.directory = directory;
    this.#git = git;
  }

  /** Whether the disk takes `A` and `a` for the same name. Known after {@link prepare}. */
  get ignoresCase(): boolean {
    return this.#ignoresCase ?? false;
  }

  /** @throws CheckpointError `storeUnsafe`, `gitMissing`, `gitFailed` */
  async prepare(signal?: AbortSignal): Promise<void> {
    const parents = path.relative(this.#workspace, path.dirname(this.directory)).split(path.sep);
    let folder = this.#workspace;
    for (const name of parents) {
      folder = path.join(folder, name);
      await this.#folder(folder, () => mkdir(folder).catch(ignoreExisting));
    }
    // The file is written last, so a directory without it was never finished.
    const config = path.join(this.directory, 'config');
    await this.#folder(this.directory, () => this.#init(signal));
    await holdWithin(this.directory);
    if ((await readText(config)) === undefined) {
      await rm(this.directory, { recursive: true, force: true });
      await this.#init(signal);
    }
    this.#ignoresCase ??= (await readText(path.join(this.directory, 'head'))) !== undefined;
    // Whoever can write in the workspace can write this file; git obeys nothing but what stands here.
    const wanted = configFile(this.#ignoresCase);
    if ((await readText(config)) !== wanted) {
      await writeWhole(config, wanted);
    }
  }

  async #init(signal: AbortSignal | undefined): Promise<void> {
    await this.#git.run({
      args: ['init', '--quiet', '--bare', '--template=', this.directory],
      action: 'make the folder of the snapshots',
      signal,
    });
  }

  async #folder(folder: string, make: () => Promise<unknown>): Promise<void> {
    let found = await lstatOrNothing(folder);
    if (found === undefined) {
      if ((await lstatOrNothing(this.#workspace)) === undefined) {
        throw rootMissing(this.#workspace);
      }
      await make();
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
