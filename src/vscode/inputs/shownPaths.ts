import path from 'node:path';

/** Inside of the folder relative to it, with `/`; outside of it whole. */
export function pathInFolder(folder: string, file: string): string {
  const relative = path.relative(folder, file);
  if (relative === '') {
    return '.';
  }
  const isOutside = relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
  return isOutside ? file : relative.split(path.sep).join('/');
}

/** Every folder that these relative paths lead through, and the one that they begin in. */
export function foldersAbove(files: readonly string[]): readonly string[] {
  const found = new Set(['.']);
  for (const file of files) {
    for (let parent = path.posix.dirname(file); !found.has(parent); parent = path.posix.dirname(parent)) {
      found.add(parent);
    }
  }
  return [...found].sort();
}
