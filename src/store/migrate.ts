import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Migration } from './migrations/migration.ts';
import type { PanelDatabase } from './panelDatabase.ts';
import { migrationFailed, newerSchema, StoreError } from './storeError.ts';

/** Tells our files from other SQLite files: "ClPa". */
export const APPLICATION_ID = 0x436c5061;

/** Refuses a file that a newer program wrote, before anything else of it is read. */
export function refuseNewerSchema(database: PanelDatabase, migrations: readonly Migration[]): void {
  const found = schemaVersion(database);
  const known = migrations.at(-1)?.version ?? 0;
  if (found > known) {
    throw newerSchema(database.path, found, known);
  }
}

/**
 * Brings the file to the newest format, each step in a transaction of its own.
 * An existing file is copied first; the name of the copy is returned.
 */
export function migrate(database: PanelDatabase, migrations: readonly Migration[], time: Date): string | undefined {
  const found = schemaVersion(database);
  const open = migrations.filter(({ version }) => version > found);
  if (open.length === 0) {
    return undefined;
  }
  const backup = found === 0 ? undefined : backUp(database, found, time);
  for (const migration of open) {
    runStep(database, migration, backup);
  }
  return backup;
}

function runStep(database: PanelDatabase, { version, sql }: Migration, backup: string | undefined): void {
  try {
    database.write(() => {
      // Another program may have been faster while this one waited for the lock.
      if (schemaVersion(database) >= version) {
        return;
      }
      database.execute(sql);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${version}`);
    });
  } catch (error) {
    throw error instanceof StoreError ? error : migrationFailed(database.path, version, backup, error);
  }
}

function backUp(database: PanelDatabase, version: number, time: Date): string {
  const stamp = time.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const path = freeName(`${database.path}.backup-format${version}-${stamp}`);
  database.prepare('vacuum into ?').run(path);
  return basename(path);
}

function freeName(path: string): string {
  let name = path;
  for (let number = 2; existsSync(name); number += 1) {
    name = `${path}-${number}`;
  }
  return name;
}

function schemaVersion(database: PanelDatabase): number {
  return Number(database.pragma('user_version'));
}
