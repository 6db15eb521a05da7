import { randomBytes } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { UserKey } from '../../security/userKey.ts';
import { writeWhole } from '../scan/writeWhole.ts';

const FILE = 'panel.owner';
const FORM = /^([0-9a-f]{32}) ([0-9a-f]{64})$/;

/** Binds a new store to its user. Not to its path: the snapshots stay when the folder moves. */
export async function markStore(directory: string, userKey: UserKey): Promise<void> {
  const id = randomBytes(16).toString('hex');
  await writeWhole(path.join(directory, FILE), `${id} ${signatureOf(directory, id, userKey)}`);
}

/** Whether a program of this user made the store. Anything else may have come with a repository. */
export async function isMarkedStore(directory: string, userKey: UserKey): Promise<boolean> {
  const file = path.join(directory, FILE);
  const found = await lstat(file).catch(() => undefined);
  if (found?.isFile() !== true) {
    return false;
  }
  const [, id, signature] = FORM.exec(await readFile(file, 'utf8').catch(() => '')) ?? [];
  return id !== undefined && signature === signatureOf(directory, id, userKey);
}

function signatureOf(directory: string, id: string, userKey: UserKey): string {
  return userKey.sign(`claude-panel snapshots ${path.basename(directory)} ${id}`);
}
