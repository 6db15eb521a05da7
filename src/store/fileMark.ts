import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { UserKey } from '../core/security/userKey.ts';
import type { PanelDatabase } from './panelDatabase.ts';

const ID = 'file_id';
const MARK = 'file_mark';
/** As SQLite keeps its text. In a table that is made otherwise a value could be computed, and reading it would run that. */
const META = 'create table meta ( key text primary key, value text not null ) strict, without rowid';

/** What shows that a program of this user made a file. */
interface FileMark {
  readonly fileId: string;
  /** Nobody else can know it. */
  readonly mark: string;
  /** The page on which it stands, counted from 1. */
  readonly page: number;
}

export function newFileId(): string {
  return randomBytes(16).toString('hex');
}

/** Binds a new file to its user. Part of the transaction that makes the first tables. */
export function markFile(database: PanelDatabase, fileId: string, userKey: UserKey): void {
  const add = database.prepare('insert into meta (key, value) values (?, ?)');
  add.run(ID, fileId);
  add.run(MARK, markOf(fileId, userKey));
}

/** The mark of a file that a program of this user made; nothing for every other file. */
export function ownMarkOf(database: PanelDatabase, userKey: UserKey): FileMark | undefined {
  const table = database
    .prepare<{ sql: string; rootpage: number }>(
      "select sql, rootpage from sqlite_schema where type = 'table' and name = 'meta'",
    )
    .get();
  if (table?.sql.toLowerCase().replaceAll(/\s+/g, ' ') !== META) {
    return undefined;
  }
  const find = database.prepare<{ value: string }>('select value from meta where key = ?');
  const fileId = find.get(ID)?.value;
  const mark = find.get(MARK)?.value;
  return fileId !== undefined && mark !== undefined && mark === markOf(fileId, userKey)
    ? { fileId, mark, page: table.rootpage }
    : undefined;
}

/**
 * Whether the mark stands in the file itself. With a log of ours beside it, the mark may have been read from that log, while
 * the file was replaced by another. A file that has not come as far as this page has all of its content in the log.
 */
export function carriesMark(path: string, { mark, page }: FileMark, pageSize: number): boolean {
  const bytes = Buffer.alloc(pageSize);
  const descriptor = openSync(path, 'r');
  try {
    const length = readSync(descriptor, bytes, 0, pageSize, (page - 1) * pageSize);
    return length === 0 || bytes.includes(mark);
  } finally {
    closeSync(descriptor);
  }
}

function markOf(fileId: string, userKey: UserKey): string {
  return userKey.sign(`claude-panel file ${fileId}`);
}
