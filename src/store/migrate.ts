import { basename } from 'node:path';
import { freeName, stampOf } from './fileNames.ts';
import type { Migration } from './migrations/migration.ts';
import type { PanelDatabase } from './panelDatabase.ts';
import { migrationFailed, newerSchema, StoreError } from './storeError.ts';

/** Tells our files from other SQLite files: "ClPa". */
export const APPLICATION_ID = 0x436c5061;

interface MigrateOptions {
  readonly migrations: readonly Migration[];
  readonly time: Date;
  /** Marks a file that is made here. */
  readonly markNew: () => void;
}

/** Refuses a file that a newer program wrote, before anything else of it is read. */
export function refuseNewerSchema(database: PanelDatabase, migrations: readonly Migration[]): void {
  const found = schemaVersion(database);
  const known = migrations.at(-1)?.version ?? 0;
  if (found > known) {
    throw newerSchema(database.path, found, known);
  }
}

/**
 * Brings the file to the newest format, each step in a transaction of its own. Only one program at a time may do it.
 * An existing file is copied first; the name of the copy is returned.
 */
export function migrate(database: PanelDatabase, { migrations, time, markNew }: MigrateOptions): string | undefined {
  const found = schemaVersion(database);
  const open = migrations.filter(({ version }) => version > found);
  const backup = found === 0 || open.length === 0 ? undefined : backUp(database, found, time);
  for (const migration of open) {
    runStep(database, migration, { backup, finish: migration === migrations[0] ? markNew : () => undefined });
  }
  return backup;
}

function runStep(
  database: PanelDatabase,
  { version, sql }: Migration,
  { backup, finish }: { readonly backup: string | undefined; readonly finish: () => void },
): void {
  try {
    database.write(() => {
      database.execute(sql);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${version}`);
      finish();
    });
  } catch (error) {
    throw error instanceof StoreError ? error : migrationFailed(database.path, version, backup, error);
  }
}

function backUp(database: PanelDatabase, version: number, time: Date): string {
  const path = freeName(`${database.path}.backup-format${version}-${stampOf(time)}`);
  database.prepare('vacuum into ?').run(path);
  return basename(path);
}

function schemaVersion(database: PanelDatabase): number {
  return Number(database.pragma('user_version'));
}
