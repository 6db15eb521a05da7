import { access } from 'node:fs/promises';
import path from 'node:path';
import { nameFromBytes } from '../systemPath.ts';
import type { GitProgram } from './gitProgram.ts';
import { findUserRepository } from './userRepository.ts';

export interface IgnoredPaths {
  /** Files, and folders that are ignored as a whole; relative to the root. */
  readonly paths: ReadonlySet<string>;
  /** False in a folder that belongs to no repository: then nobody may have said what needs no care. */
  readonly inRepository: boolean;
}

/**
 * What git ignores below the root, by the rules of the folder itself and of the user's repository. Nothing of that
 * repository runs or is written: its index and its list of excludes are read as files.
 */
export async function ignoredPaths(git: GitProgram, root: string, signal?: AbortSignal): Promise<IgnoredPaths> {
  const repository = await findUserRepository(root);
  const list = async (index: string): Promise<Buffer | undefined> => {
    const excludes = repository !== undefined && (await exists(repository.exclude)) ? repository.exclude : undefined;
    return git.tryRun({
      args: [
        ...['ls-files', '-z', '--others', '--ignored', '--directory', '--exclude-per-directory=.gitignore'],
        ...(excludes === undefined ? [] : [`--exclude-from=${excludes}`]),
      ],
      action: 'list what is ignored',
      cwd: root,
      environment: { GIT_WORK_TREE: repository?.workTree ?? root, GIT_INDEX_FILE: index },
      signal,
    });
  };
  const nothing = path.join(root, '.git', 'no-index');
  // An index of a form that this git cannot read: then tracked files count as untracked ones.
  const listing = (await list(repository?.index ?? nothing)) ?? (await list(nothing)) ?? Buffer.alloc(0);
  const paths = new Set<string>();
  for (let start = 0, end = listing.indexOf(0); end >= 0; start = end + 1, end = listing.indexOf(0, start)) {
    paths.add(nameFromBytes(listing.subarray(start, listing[end - 1] === 0x2f ? end - 1 : end)));
  }
  return { paths, inRepository: repository !== undefined };
}

export function isSameIgnored(one: IgnoredPaths, other: IgnoredPaths): boolean {
  return (
    one.inRepository === other.inRepository &&
    one.paths.size === other.paths.size &&
    [...one.paths].every(path => other.paths.has(path))
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
