import { isInside } from '../core/validation/workspaceText.ts';

/** The folder, of these, that a place is in; the innermost when they are nested. Pure. */
export function folderOf(place: string, folders: readonly string[]): string | undefined {
  return folders.filter(folder => isInside(folder, place)).toSorted((a, b) => b.length - a.length)[0];
}
