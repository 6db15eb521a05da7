import { statSync } from 'node:fs';
import type { Failure } from '../base/panelError.ts';
import { toFailure } from '../base/panelError.ts';
import { removeSuspicion, setAside, suspicionOf } from './damagedFile.ts';
import { APPLICATION_ID, migrate, refuseNewerSchema } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { PanelDatabase } from './panelDatabase.ts';
import { damaged, locked, notADatabase, StoreError } from './storeError.ts';

export interface OpenOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  readonly now: () => number;
  readonly nativeBinding?: string | undefined;
}

export interface OpenedDatabase {
  readonly database: PanelDatabase;
  /** What the user should know, such as that a damaged file was set aside. */
  readonly notices: readonly Failure[];
}

/** Reading a whole file of this size for a check takes a few milliseconds; a larger one is only checked when it is suspected. */
const CHECKED_SIZE = 2 * 1024 * 1024;

/** Opens a file that must be sound: for one that was just written, or put there by another program. */
export function openSoundDatabase(options: OpenOptions): PanelDatabase {
  return openSound(options, true);
}

/** Opens the file in the newest format. A damaged file is kept under another name, and a new one is started. */
export function openDatabase(options: OpenOptions): OpenedDatabase {
  try {
    return { database: openSound(options), notices: [] };
  } catch (error) {
    if (!isUnusable(error)) {
      throw error;
    }
    return openInPlaceOf(error, options);
  }
}

function openInPlaceOf(failure: StoreError, options: OpenOptions): OpenedDatabase {
  const { path, now } = options;
  const outcome = setAside(path, new Date(now()), () => {
    // Another process may have set it aside already while this one waited.
    try {
      return openSound(options, true);
    } catch (error) {
      if (isUnusable(error)) {
        return undefined;
      }
      throw error;
    }
  });
  if (outcome.kind === 'opened') {
    return { database: outcome.value, notices: [] };
  }
  const notice =
    failure.reason === 'damaged'
      ? damaged(path, failure.detail ?? failure.message, outcome.keptAs)
      : notADatabase(path, outcome.keptAs);
  return { database: openSound(options), notices: [toFailure(notice)] };
}

function openSound({ path, migrations, now, nativeBinding }: OpenOptions, hasLock = false): PanelDatabase {
  const suspected = suspicionOf(path);
  const database = new PanelDatabase(path, nativeBinding);
  try {
    refuseOtherFile(database);
    refuseNewerSchema(database, migrations);
    if (suspected || sizeOf(path) < CHECKED_SIZE) {
      refuseDamage(database);
    }
    useWriteAheadLog(database);
    database.execute(
      'pragma synchronous = normal; pragma foreign_keys = on; pragma trusted_schema = off; pragma journal_size_limit = 67108864;',
    );
    migrate(database, { migrations, time: new Date(now()), hasLock });
    // Fails here, not with the first task, when nothing can be written.
    database.write(() => undefined);
    if (suspected) {
      removeSuspicion(path);
    }
    return database;
  } catch (error) {
    database.dispose();
    throw error;
  }
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

function refuseOtherFile(database: PanelDatabase): void {
  const application = Number(database.pragma('application_id'));
  const tables = Number(
    database.prepare<{ total: number }>('select count(*) as total from sqlite_schema').get()?.total,
  );
  if (application !== APPLICATION_ID && tables > 0) {
    throw notADatabase(database.path);
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

function isUnusable(error: unknown): error is StoreError {
  return error instanceof StoreError && (error.reason === 'damaged' || error.reason === 'notADatabase');
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
