import { createHash } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { archiveTime } from '../../core/backup/backupFiles.ts';

/** Where the backups of a workspace are kept: outside of it, so that what removes the folder leaves them. */
export async function backupFolder(home: string, workspace: string): Promise<string> {
  const real = await realpath(workspace).catch(() => path.resolve(workspace));
  const name = path
    .basename(real)
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 60);
  const digest = createHash('sha256').update(real).digest('hex').slice(0, 8);
  return path.join(home, 'backups', `${name === '' ? 'workspace' : name}-${digest}`);
}

/** Names of the archives of a workspace, the newest first. */
export async function archivesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter(name => archiveTime(name) !== undefined)
    .sort()
    .reverse();
}

/** When the newest backup of a workspace was made. */
export async function newestBackup(home: string, workspace: string): Promise<number | undefined> {
  const [newest] = await archivesIn(await backupFolder(home, workspace));
  return newest === undefined ? undefined : archiveTime(newest);
}
