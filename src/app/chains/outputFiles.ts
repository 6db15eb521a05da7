import { glob, lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { badOutput } from '../../core/chains/chainErrors.ts';
import { isInside } from '../../core/validation/workspaceText.ts';

const MOST_FILES = 1000;
/** Files and folders that one pattern may come across: a link may lead to the whole disk. */
const MOST_LOOKED_AT = 1_000_000;
const LARGEST_MB = 256;
/** A part of a path or pattern that goes up, also as one of several in braces. */
const GOES_UP = /(?:^|[\\/{,(|])\.\.(?:$|[\\/},)|])/;
/** A way out of the folder, as it is when a pattern that hid it is taken apart. */
const LEADS_OUT = /^\.\.(?:$|[\\/])/;

type Place = { readonly kind: 'file'; readonly bytes: number } | { readonly kind: 'none' | 'outside' | 'notAFile' };

/**
 * The files that these paths and globs find below a folder, relative to it, with `/`, each once and in order. A file
 * counts by where it really is: what links lead to elsewhere is no output, nor is anything that is no plain file.
 * Nothing is opened.
 * @throws ChainError `badOutput` when a pattern leads out of the folder, a plain path has no such file, or the files
 * are too many or too large
 */
export async function outputFiles(
  folder: string,
  patterns: readonly string[],
  mostLookedAt = MOST_LOOKED_AT,
): Promise<readonly string[]> {
  const inside = await realpath(folder).catch(() => folder);
  const found = new Set<string>();
  for (const pattern of patterns) {
    if (path.isAbsolute(pattern) || path.win32.isAbsolute(pattern) || GOES_UP.test(pattern)) {
      throw badOutput(`"${pattern}" leads out of the folder of the workspace.`);
    }
    if (!/[*?[{]/.test(pattern)) {
      await expectFile(folder, inside, pattern);
    }
    let lookedAt = 0;
    const exclude = (way: string): boolean => {
      lookedAt += 1;
      if (lookedAt > mostLookedAt) {
        throw badOutput(`"${pattern}" goes through more than ${mostLookedAt} files and folders.`);
      }
      return LEADS_OUT.test(way);
    };
    for await (const match of glob(pattern, { cwd: folder, exclude })) {
      const file = path.resolve(folder, match);
      const place = await lookAt(file, inside);
      if (place.kind === 'file') {
        checkSize(match, place.bytes);
        found.add(path.relative(folder, file).split(path.sep).join('/'));
      }
      if (found.size > MOST_FILES) {
        throw badOutput(`"${pattern}" finds more than ${MOST_FILES} files.`);
      }
    }
  }
  return [...found].sort();
}

async function expectFile(folder: string, inside: string, name: string): Promise<void> {
  const { kind } = await lookAt(path.resolve(folder, name), inside);
  switch (kind) {
    case 'file':
      return;
    case 'none':
      throw badOutput(`The file "${name}" was not made.`);
    case 'outside':
      throw badOutput(`"${name}" is a link that leads out of the folder of the workspace.`);
    case 'notAFile':
      throw badOutput(`"${name}" is no plain file.`);
  }
}

function checkSize(name: string, bytes: number): void {
  if (bytes > LARGEST_MB * 1024 * 1024) {
    throw badOutput(`The file "${name}" has more than ${LARGEST_MB} MB.`);
  }
}

async function lookAt(file: string, inside: string): Promise<Place> {
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined) {
    // A link to nothing may lead anywhere once something is there.
    return { kind: (await lstat(file).catch(() => undefined)) === undefined ? 'none' : 'outside' };
  }
  if (!isInside(inside, real)) {
    return { kind: 'outside' };
  }
  const stats = await stat(real).catch(() => undefined);
  return stats?.isFile() === true ? { kind: 'file', bytes: stats.size } : { kind: 'notAFile' };
}
