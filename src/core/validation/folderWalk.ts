import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const MOST_FILES = 500;
const MOST_LEVELS = 5;

/** The folder and those above it, up to its repository or the user's home; Claude Code looks into all of them. */
export async function foldersUpwards(folder: string, home: string): Promise<string[]> {
  const realHome = await realpath(home).catch(() => home);
  const folders: string[] = [];
  let place = await realpath(folder).catch(() => folder);
  while (place !== realHome) {
    folders.push(place);
    const isRepository = await stat(join(place, '.git')).catch(() => undefined);
    const above = dirname(place);
    if (isRepository !== undefined || above === place) {
      break;
    }
    place = above;
  }
  return folders;
}

/** All Markdown files in a folder and below it, in the order of their names; `complete` is false when there are too many. */
export async function markdownFiles(root: string): Promise<{ files: string[]; complete: boolean }> {
  const files: string[] = [];
  let complete = true;
  const walk = async (path: string, level: number): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const inside = join(path, entry.name);
      const kind = entry.isSymbolicLink() ? await stat(inside).catch(() => undefined) : entry;
      if (kind?.isDirectory()) {
        if (level < MOST_LEVELS) {
          await walk(inside, level + 1);
        } else {
          complete = false;
        }
      } else if (entry.name.toLowerCase().endsWith('.md')) {
        if (files.length >= MOST_FILES) {
          complete = false;
          return;
        }
        files.push(inside);
      }
    }
  };
  await walk(root, 1);
  return { files, complete };
}
