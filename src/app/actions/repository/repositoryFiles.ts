import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ActionContext } from '../panelAction.ts';
import { GitReading } from './gitReading.ts';

const MOST_FILES = 100_000;
/** Where there is no git to say what is ignored. */
const SKIPPED_FOLDERS = new Set([
  '.git',
  '.claude-panel',
  'node_modules',
  'vendor',
  '.venv',
  'venv',
  'target',
  'dist',
  'build',
  '.next',
  '.cache',
]);

interface RepositoryFiles {
  /** Relative to the folder, with `/`. */
  readonly files: readonly string[];
  /** What was left out, in words. */
  readonly skipped: readonly string[];
  readonly git: GitReading | undefined;
}

/** The files of a folder that belong to it: with git those that it does not ignore, else all but what tools put there. */
export async function repositoryFiles(context: ActionContext): Promise<RepositoryFiles> {
  const git = await GitReading.open(context);
  const listed = await git?.text(['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  if (listed !== undefined) {
    const files = [...new Set(listed.split('\0'))].filter(file => file !== '' && !file.startsWith('.claude-panel/'));
    return { ...limited(files), git };
  }
  const files: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    context.signal.throwIfAborted();
    const entries = await readdir(path.join(context.folder, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const inside = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) {
        await walk(inside);
      } else if (entry.isFile() && files.length <= MOST_FILES) {
        files.push(inside);
      }
    }
  };
  await walk('');
  return { ...limited(files), git };
}

function limited(files: readonly string[]): Pick<RepositoryFiles, 'files' | 'skipped'> {
  return files.length <= MOST_FILES
    ? { files, skipped: [] }
    : {
        files: files.slice(0, MOST_FILES),
        skipped: [`${files.length - MOST_FILES} files beyond the first ${MOST_FILES}`],
      };
}
