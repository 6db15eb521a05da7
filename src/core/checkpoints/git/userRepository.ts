import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** The user's repository that a folder belongs to, found without running anything in it. */
interface UserRepository {
  /** The folder that holds `.git`. */
  readonly workTree: string;
  readonly index: string;
  readonly exclude: string;
}

export async function findUserRepository(folder: string): Promise<UserRepository | undefined> {
  for (let workTree = folder; ; workTree = path.dirname(workTree)) {
    const directory = await gitDirectory(path.join(workTree, '.git'));
    if (directory !== undefined) {
      const common = await readFile(path.join(directory, 'commondir'), 'utf8').catch(() => undefined);
      const shared = common === undefined ? directory : path.resolve(directory, common.trim());
      return { workTree, index: path.join(directory, 'index'), exclude: path.join(shared, 'info', 'exclude') };
    }
    if (path.dirname(workTree) === workTree) {
      return undefined;
    }
  }
}

/** A directory, or a file that names one: in a submodule or a linked worktree. */
async function gitDirectory(place: string): Promise<string | undefined> {
  try {
    if ((await stat(place)).isDirectory()) {
      return place;
    }
    const [, named] = /^gitdir: (.+?)\r?\n?$/.exec(await readFile(place, 'utf8')) ?? [];
    return named === undefined ? undefined : path.resolve(path.dirname(place), named);
  } catch {
    return undefined;
  }
}
