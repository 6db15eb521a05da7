import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { UserKey } from '../core/security/userKey.ts';
import type { HostRecord } from '../core/tasks/hostRegistry.ts';
import { DATA_FILE, DATA_FOLDER } from './dataFolder.ts';
import { refuseForeignFile } from './foreignFile.ts';
import { PanelDatabase } from './panelDatabase.ts';
import { SqliteHostRegistry } from './sqliteHostRegistry.ts';

/** The programs that have said they work on a workspace, alive or not; none when its file cannot be read. Changes nothing. */
export function hostsOfWorkspace(folder: string, userKey: UserKey): readonly HostRecord[] {
  const path = join(folder, DATA_FOLDER, DATA_FILE);
  if (!existsSync(path)) {
    return [];
  }
  try {
    refuseForeignFile({ path, userKey });
    const database = new PanelDatabase(path, { readOnly: true });
    try {
      return new SqliteHostRegistry(database).list();
    } finally {
      database.dispose();
    }
  } catch {
    return [];
  }
}
