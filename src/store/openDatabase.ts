import { statSync } from 'node:fs';
import type { Failure } from '../base/panelError.ts';
import { toFailure } from '../base/panelError.ts';
import type { UserKey } from '../core/security/userKey.ts';
import { removeSuspicion, setAside, suspicionOf } from './damagedFile.ts';
import { markFile, newFileId } from './fileMark.ts';
import { refuseForeignFile } from './foreignFile.ts';
import { removeOldKept } from './keptFiles.ts';
import { expectLog, expectNoOther, markLog } from './logMark.ts';
import { migrate, refuseNewerSchema } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { PanelDatabase } from './panelDatabase.ts';
import { withReplaceLock } from './replaceLock.ts';
import { damaged, foreignFile, foreignLog, keptTooMany, locked, notADatabase, StoreError } from './storeError.ts';

export interface OpenOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  readonly now: () => number;
  readonly nativeBinding?: string | undefined;
  readonly userKey: UserKey;
}

interface OpenedDatabase {
  readonly database: PanelDatabase;
  /** What the user should know, such as that a damaged file was set aside. */
  readonly notices: readonly Failure[];
}

/** Reading a whole file of this size for a check takes a few milliseconds; a larger one is only checked when it is suspected. */
const CHECKED_SIZE = 2 * 1024 * 1024;

/**
 * Opens the file in the newest format. One that is damaged, or that a program of this user did not write, is kept under
 * another name, and a new one is started.
 */
export function openDatabase(options: OpenOptions): OpenedDatabase {
  return withReplaceLock(options.path, () => {
    const { database, notices } = openOrReplace(options);
    const gone = removeOldKept(options.path, options.now());
    return { database, notices: [...notices, ...(gone.length === 0 ? [] : [toFailure(keptTooMany(gone))])] };
  });
}

function openOrReplace(options: OpenOptions): OpenedDatabase {
  try {
    return { database: openSoundDatabase(options), notices: [] };
  } catch (error) {
    const notice = replaceUnusable(error, options);
    return { database: openSoundDatabase(options), notices: [toFailure(notice)] };
  }
}

/** Sets aside what cannot be used, and tells it; throws every other error. */
function replaceUnusable(error: unknown, { path, now }: OpenOptions): StoreError {
  const time = new Date(now());
  switch (error instanceof StoreError ? error.reason : undefined) {
    case 'foreign':
      return foreignFile(path, setAside(path, 'foreign', time));
    case 'foreignLog':
      return foreignLog(path, setAside(path, 'foreign', time));
    case 'notADatabase':
      return notADatabase(path, setAside(path, 'damaged', time));
    case 'damaged': {
      const { detail, message } = error as StoreError;
      return damaged(path, detail ?? message, setAside(path, 'damaged', time));
    }
    default:
      throw error;
  }
}

/** Sets aside a file that cannot be used and stands where this user's own belongs. The lock must be held. */
export function clearPlace(options: OpenOptions): StoreError | undefined {
  try {
    refuseForeignFile(options);
    return undefined;
  } catch (error) {
    return replaceUnusable(error, options);
  }
}

/** Opens a file that must be sound and of this user, or makes a new one. The lock must be held. */
export function openSoundDatabase({ path, migrations, now, nativeBinding, userKey }: OpenOptions): PanelDatabase {
  const suspected = suspicionOf(path);
  const fileId = refuseForeignFile({ path, userKey, nativeBinding }) ?? newFileId();
  expectLog(path, fileId, userKey);
  const database = new PanelDatabase(path, { nativeBinding });
  try {
    database.execute('pragma trusted_schema = off');
    refuseNewerSchema(database, migrations);
    if (suspected || sizeOf(path) < CHECKED_SIZE) {
      refuseDamage(database);
    }
    useWriteAheadLog(database);
    database.execute('pragma synchronous = normal; pragma foreign_keys = on; pragma journal_size_limit = 67108864;');
    migrate(database, { migrations, time: new Date(now()), markNew: () => markFile(database, fileId, userKey) });
    beginLog(database, now());
    markLog(path, fileId, userKey);
    if (suspected) {
      removeSuspicion(path);
    }
    return database;
  } catch (error) {
    database.dispose();
    expectNoOther(path, fileId, userKey);
    throw error;
  }
}

/** Writes something, so that there is a log to be marked. When nothing can be written it fails here, not with the first task. */
function beginLog(database: PanelDatabase, now: number): void {
  database
    .prepare(
      "insert into meta (key, value) values ('opened', ?) on conflict (key) do update set value = excluded.value",
    )
    .run(new Date(now).toISOString());
}

/** The findings of SQLite's quick check, or nothing when the file is sound. */
export function findDamage(database: PanelDatabase): string | undefined {
  const finding = database.pragma('quick_check(1)');
  return finding === 'ok' ? undefined : String(finding);
}

function refuseDamage(database: PanelDatabase): void {
  const finding = findDamage(database);
  if (finding !== undefined) {
    throw damaged(database.path, finding);
  }
}

/** SQLite does not wait for other processes here, so this does: all may be opening the same new file. */
function useWriteAheadLog(database: PanelDatabase): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 1; ; attempt += 1) {
    try {
      database.pragma('journal_mode = wal');
      return;
    } catch (error) {
      if (!(error instanceof StoreError) || error.reason !== 'locked') {
        throw error;
      }
      if (attempt > 100) {
        throw locked(database.path, error);
      }
      Atomics.wait(pause, 0, 0, 20);
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
