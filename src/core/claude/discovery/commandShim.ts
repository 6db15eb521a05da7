import { win32 } from 'node:path';

/**
 * What a `.cmd` file of npm or pnpm runs: the program or the script that stands in it, relative to its own folder.
 * Started directly, no command interpreter comes between, which limits lengths and reads arguments in its own way.
 * Undefined for a file that does something else.
 */
export function targetOfShim(text: string, folder: string): string | undefined {
  const targets = [...text.matchAll(/"%(?:~dp0|dp0%)[\\/]?([^"%]+)"/gi)].map(match => match[1] ?? '');
  const target = targets.findLast(path => /\.(exe|[cm]?js)$/i.test(path) && !/(^|[\\/])node\.exe$/i.test(path));
  return target === undefined ? undefined : win32.join(folder, target);
}
