import { glob, lstat } from 'node:fs/promises';
import path from 'node:path';
import { badOutput } from '../../core/chains/chainErrors.ts';

const MOST_FILES = 1000;

/**
 * The files that these paths and globs find below a folder, relative to it, with `/`, each once and in order. Links are
 * not followed out of the folder: what lies elsewhere is no output.
 * @throws ChainError `badOutput` when a plain path is not there, or there are too many
 */
export async function outputFiles(folder: string, patterns: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const before = found.size;
    for await (const match of glob(pattern, { cwd: folder })) {
      const file = path.resolve(folder, match);
      const relative = path.relative(folder, file);
      const isInside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
      if (isInside && (await isFile(file))) {
        found.add(relative.split(path.sep).join('/'));
      }
      if (found.size > MOST_FILES) {
        throw badOutput(`"${pattern}" finds more than ${MOST_FILES} files.`);
      }
    }
    if (found.size === before && !/[*?[{]/.test(pattern)) {
      throw badOutput(`The file "${pattern}" was not made.`);
    }
  }
  return [...found].sort();
}

async function isFile(file: string): Promise<boolean> {
  const stats = await lstat(file).catch(() => undefined);
  return stats?.isFile() === true;
}
