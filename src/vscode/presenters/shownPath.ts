import path from 'node:path';
import { visibleText } from '../../base/visibleText.ts';

/** A path as people want to read it: relative to the folder when it is inside, whole otherwise. */
export function shownPath(file: string, folder: string): string {
  const relative = path.relative(folder, path.resolve(folder, file));
  const isInside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
  return visibleText(isInside ? relative.replaceAll('\\', '/') : file);
}
