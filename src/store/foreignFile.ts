import { statSync } from 'node:fs';
import type { UserKey } from '../core/security/userKey.ts';
import { carriesMark, ownMarkOf } from './fileMark.ts';
import { whoseLog } from './logMark.ts';
import { APPLICATION_ID } from './migrate.ts';
import { PanelDatabase } from './panelDatabase.ts';
import { foreignFile, foreignLog, notADatabase } from './storeError.ts';

/**
 * Looks whether a program of this user made the file, before anything in it is believed and without changing it: it may
 * have come with a repository. Gives its id, or nothing for a file that is still empty.
 * @throws StoreError `foreign`, `foreignLog`, `notADatabase` or `damaged`
 */
export function refuseForeignFile(options: {
  readonly path: string;
  readonly userKey: UserKey;
  readonly nativeBinding?: string | undefined;
}): string | undefined {
  const { path, userKey, nativeBinding } = options;
  // Logs beside an empty file are thrown away by SQLite, unread.
  if (sizeOf(path) === 0) {
    return undefined;
  }
  const log = whoseLog(path, userKey);
  // A file of ours is never written through a rollback journal.
  if (sizeOf(`${path}-journal`) > 0 || (log !== undefined && log.fileId === undefined)) {
    throw foreignLog(path);
  }
  const database = new PanelDatabase(path, { nativeBinding, readOnly: true });
  try {
    database.execute('pragma trusted_schema = off');
    if (isEmpty(database)) {
      return undefined;
    }
    if (Number(database.pragma('application_id')) !== APPLICATION_ID) {
      throw notADatabase(path);
    }
    const own = ownMarkOf(database, userKey);
    if (own === undefined || !carriesMark(path, own, Number(database.pragma('page_size')))) {
      throw foreignFile(path);
    }
    if (log !== undefined && log.fileId !== own.fileId) {
      throw foreignLog(path);
    }
    return own.fileId;
  } finally {
    database.dispose();
  }
}

function isEmpty(database: PanelDatabase): boolean {
  return database.prepare<{ total: number }>('select count(*) as total from sqlite_schema').get()?.total === 0;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
