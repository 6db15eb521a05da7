import { closeSync, lstatSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { UserKey } from '../core/security/userKey.ts';
import { toStoreError } from './sqliteFailure.ts';

/**
 * SQLite believes any write-ahead log that lies beside a file, and with one every page of the file can be replaced. So it is
 * written down, signed, which log was begun by this user's programs. A log is known by its first salt: that is a random
 * number, and grows by one with each round of the log.
 */
interface LogMark {
  readonly fileId: string;
  /** Nothing while a program is about to begin a log. */
  readonly salt?: number;
  readonly mark: string;
}

const HEADER_BYTES = 32;
const SALT_AT = 16;
const SALTS = 2 ** 32;
/** A round takes about 1000 pages, and the mark is renewed whenever a program opens the file. */
const MOST_ROUNDS = 2 ** 16;
const MOST_MARK_BYTES = 1024;

function markPath(path: string): string {
  return `${path}.log-mark`;
}

/** Whether there is a log with content, and when it is one of this user, to which file it belongs. */
export function whoseLog(path: string, userKey: UserKey): { readonly fileId: string | undefined } | undefined {
  const salt = saltOf(path);
  if (salt === undefined) {
    return undefined;
  }
  const mark = readMark(path);
  const isOwn = mark !== undefined && mark.mark === signed(mark.fileId, mark.salt, userKey);
  const fits = mark?.salt === undefined || (salt - mark.salt + SALTS) % SALTS < MOST_ROUNDS;
  return { fileId: isOwn && fits ? mark.fileId : undefined };
}

/** Before a file is opened: the log that is begun then counts, also when the program is killed before it marks it. */
export function expectLog(path: string, fileId: string, userKey: UserKey): void {
  write(path, { fileId, mark: signed(fileId, undefined, userKey) }, false);
}

/** After a file was opened and written to: from now on only this log counts. */
export function markLog(path: string, fileId: string, userKey: UserKey): void {
  const salt = saltOf(path);
  if (salt === undefined) {
    rmSync(markPath(path), { force: true });
  } else {
    write(path, { fileId, salt, mark: signed(fileId, salt, userKey) }, true);
  }
}

/** After a file could not be opened. That it could not is what counts, also when nothing can be written down. */
export function expectNoOther(path: string, fileId: string, userKey: UserKey): void {
  try {
    markLog(path, fileId, userKey);
  } catch {
    return;
  }
}

function saltOf(path: string): number | undefined {
  const log = `${path}-wal`;
  if ((lstatSync(log, { throwIfNoEntry: false })?.size ?? 0) < HEADER_BYTES) {
    return undefined;
  }
  const header = Buffer.alloc(HEADER_BYTES);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(log, 'r');
    return readSync(descriptor, header) < HEADER_BYTES ? undefined : header.readUInt32BE(SALT_AT);
  } catch (error) {
    throw toStoreError(error, path);
  } finally {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
  }
}

function readMark(path: string): LogMark | undefined {
  const file = markPath(path);
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true || found.size > MOST_MARK_BYTES) {
    return undefined;
  }
  try {
    const { fileId, salt, mark } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<keyof LogMark, unknown>>;
    return { fileId: String(fileId), mark: String(mark), ...(typeof salt === 'number' ? { salt } : {}) };
  } catch {
    return undefined;
  }
}

function write(path: string, mark: LogMark, flush: boolean): void {
  const file = markPath(path);
  try {
    rmSync(`${file}.new`, { force: true, recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(mark), { flag: 'wx', flush });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw toStoreError(error, path);
  }
}

function signed(fileId: string, salt: number | undefined, userKey: UserKey): string {
  return userKey.sign(`claude-panel log ${fileId} ${salt ?? 'any'}`);
}
