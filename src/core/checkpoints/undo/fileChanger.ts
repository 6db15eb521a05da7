import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, open, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises';
import type { FileState } from '../checkpoint.ts';
import { changedMeanwhile, outsideRoot } from '../checkpointsErrors.ts';
import { ancestorsOf, inRoot, parentOf, toSystemPath } from '../systemPath.ts';

/** Changes single paths below a root, each at once or not at all, and nothing outside it. */
export class FileChanger {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * @param isStill asked at the last moment, when the new content lies ready beside it
   * @throws CheckpointError `changedMeanwhile`, `outsideRoot`, or the system's error
   */
  async put(path: string, state: FileState, content: Uint8Array, isStill: () => Promise<boolean>): Promise<void> {
    await this.#makeParents(path);
    const temporary = this.#beside(path);
    try {
      await this.#write(temporary, state, content);
      if (!(await isStill())) {
        throw changedMeanwhile(path);
      }
      await this.#checkParents(path);
      await rename(toSystemPath(temporary), inRoot(this.#root, path));
    } catch (error) {
      await rm(toSystemPath(temporary), { force: true });
      throw error;
    }
  }

  /** Puts it under the first name that is free. Resolves with that name. */
  async putBeside(path: string, state: FileState, content: Uint8Array): Promise<string> {
    for (let count = 1; ; count += 1) {
      const name = besideName(path, count);
      const isFree = async (): Promise<boolean> => !(await this.#exists(name));
      if (await isFree()) {
        await this.put(name, state, content, isFree);
        return name;
      }
    }
  }

  async remove(path: string, isStill: () => Promise<boolean>): Promise<void> {
    if (!(await isStill())) {
      throw changedMeanwhile(path);
    }
    await this.#checkParents(path);
    await unlink(inRoot(this.#root, path));
  }

  /** False when it holds something, or is not there. */
  async removeEmptyFolder(folder: string): Promise<boolean> {
    try {
      await this.#checkParents(folder);
      await rmdir(inRoot(this.#root, folder));
      return true;
    } catch {
      return false;
    }
  }

  /** False when it is there already, or something else stands there or where one of its folders was: that stays. */
  async makeFolder(folder: string): Promise<boolean> {
    for (const parent of ancestorsOf(folder)) {
      await this.#makeUnlessThere(parent);
      if (!(await this.#isFolder(parent))) {
        return false;
      }
    }
    return this.#makeUnlessThere(folder);
  }

  async #write(temporary: string, { kind, permissions }: FileState, content: Uint8Array): Promise<void> {
    const place = toSystemPath(temporary);
    if (kind === 'link') {
      await symlink(process.platform === 'win32' ? Buffer.from(content).toString('utf8') : Buffer.from(content), place);
      return;
    }
    const file = await open(place, 'wx', 0o600);
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    await chmod(place, permissions);
  }

  async #makeParents(path: string): Promise<void> {
    for (const folder of ancestorsOf(path)) {
      await this.#makeUnlessThere(folder);
      await this.#checkFolder(folder);
    }
  }

  async #makeUnlessThere(folder: string): Promise<boolean> {
    try {
      await mkdir(inRoot(this.#root, folder));
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        throw error;
      }
      return false;
    }
  }

  async #checkParents(path: string): Promise<void> {
    for (const folder of ancestorsOf(path)) {
      await this.#checkFolder(folder);
    }
  }

  async #checkFolder(folder: string): Promise<void> {
    if (!(await this.#isFolder(folder))) {
      throw outsideRoot(folder);
    }
  }

  async #isFolder(path: string): Promise<boolean> {
    return (await lstat(inRoot(this.#root, path))).isDirectory();
  }

  async #exists(path: string): Promise<boolean> {
    return lstat(inRoot(this.#root, path)).then(
      () => true,
      () => false,
    );
  }

  #beside(path: string): string {
    const parent = parentOf(path);
    return `${this.#root}/${parent === '' ? '' : `${parent}/`}.claude-panel-${randomBytes(6).toString('hex')}.tmp`;
  }
}

/** `notes.md` becomes `notes (earlier).md`, then `notes (earlier 2).md`. */
function besideName(path: string, count: number): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const end = dot > 0 ? name.slice(dot) : '';
  const start = path.slice(0, path.length - end.length);
  return `${start} (earlier${count === 1 ? '' : ` ${count}`})${end}`;
}
