import path from 'node:path';

/** The folder, of these, that a place is in; the innermost when they are nested. Pure. */
export function folderOf(place: string, folders: readonly string[]): string | undefined {
  return folders.filter(folder => isIn(place, folder)).toSorted((a, b) => b.length - a.length)[0];
}

function isIn(place: string, folder: string): boolean {
  const way = path.relative(folder, place);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
