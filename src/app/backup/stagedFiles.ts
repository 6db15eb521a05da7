import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { belongsInBackup } from '../../core/backup/backupFiles.ts';
import { entryNameSchema, entryOfPlace, type ManifestFile } from '../../core/backup/manifest.ts';

const MOST_FILE_BYTES = 512 * 1024 * 1024;
/** Whole working copies of the repository that Claude Code makes. */
const WORKTREES = '.claude/worktrees';

/**
 * Copies what belongs in a backup, but for the workspace file, and says what was left out.
 * @param staging gets `panel/…` and `claude/…`
 */
export async function stageFiles(folder: string, staging: string, signal: AbortSignal): Promise<readonly string[]> {
  const leftOut: string[] = [];
  const walk = async (place: string): Promise<void> => {
    signal.throwIfAborted();
    for (const entry of await readdir(path.join(folder, place), { withFileTypes: true }).catch(() => [])) {
      const inside = `${place}/${entry.name}`;
      if (place === '.claude-panel' && !belongsInBackup(entry.name)) {
        continue;
      }
      if (entry.isDirectory() && inside !== WORKTREES) {
        await walk(inside);
        continue;
      }
      const why = await stageFile(folder, inside, staging, entry.isFile());
      if (why !== undefined) {
        leftOut.push(`${inside}: ${why}`);
      }
    }
  };
  for (const place of ['.claude-panel', '.claude']) {
    // A link in place of the folder leads to what is not this workspace's.
    if ((await lstat(path.join(folder, place)).catch(() => undefined))?.isDirectory() === true) {
      await walk(place);
    }
  }
  return leftOut;
}

/** Why it was not copied, if it was not. */
async function stageFile(folder: string, place: string, staging: string, isFile: boolean): Promise<string | undefined> {
  if (!isFile) {
    return place === WORKTREES ? 'working copies of the repository' : 'a link, or no file';
  }
  const name = entryOfPlace(place);
  if (!entryNameSchema.safeParse(name).success) {
    return 'its name cannot be kept on every system';
  }
  const source = path.join(folder, place);
  const found = await stat(source).catch(() => undefined);
  if (found === undefined || found.size > MOST_FILE_BYTES) {
    return found === undefined ? 'it is gone, or cannot be read' : `larger than ${MOST_FILE_BYTES / 1024 / 1024} MB`;
  }
  const target = path.join(staging, name);
  await mkdir(path.dirname(target), { recursive: true });
  try {
    await copyFile(source, target);
    return undefined;
  } catch {
    return 'it is gone, or cannot be read';
  }
}

/** Every file below a folder, with its digest, in the order of the names. Anything that is no file counts as `odd`. */
export async function listFiles(root: string): Promise<{ readonly files: ManifestFile[]; readonly odd: string[] }> {
  const files: ManifestFile[] = [];
  const odd: string[] = [];
  const walk = async (place: string): Promise<void> => {
    const entries = await readdir(path.join(root, place), { withFileTypes: true });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const name = place === '' ? entry.name : `${place}/${entry.name}`;
      if (entry.isDirectory()) {
        await walk(name);
      } else if (entry.isFile()) {
        files.push(await describeFile(root, name));
      } else {
        odd.push(name);
      }
    }
  };
  await walk('');
  return { files, odd };
}

export async function describeFile(root: string, name: string): Promise<ManifestFile> {
  const file = path.join(root, name);
  const { size, mode } = await stat(file);
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  return {
    name,
    size,
    sha256: digest.digest('hex'),
    ...((mode & 0o111) === 0 ? {} : { executable: true as const }),
  };
}
