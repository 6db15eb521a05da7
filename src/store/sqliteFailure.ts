import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  damaged,
  diskFull,
  gone,
  inputOutput,
  locked,
  nativeModuleMissing,
  notADatabase,
  notAFile,
  readOnly,
  StoreError,
} from './storeError.ts';

/** What a person can act on, made of what SQLite or the file system reports. Other errors stay as they are. */
export function toStoreError(error: unknown, path: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) {
    return error;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return fromSqlite(code, error, path) ?? fromSystem(code, error, path) ?? error;
}

function fromSqlite(code: string, error: Error, path: string): StoreError | undefined {
  if (code === 'SQLITE_FULL' || (code.startsWith('SQLITE_IOERR') && isFull(path))) {
    return diskFull(path, error);
  }
  if (code === 'SQLITE_READONLY_DBMOVED') {
    return gone(path);
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code === 'SQLITE_AUTH') {
    return readOnly(path, error);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED') || code === 'SQLITE_PROTOCOL') {
    return locked(path, error);
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return damaged(path, error.message);
  }
  if (code === 'SQLITE_NOTADB') {
    return notADatabase(path);
  }
  if (code === 'SQLITE_CANTOPEN_ISDIR') {
    return notAFile(path);
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return isFull(path) ? diskFull(path, error) : readOnly(path, error);
  }
  return code.startsWith('SQLITE_IOERR') || code === 'SQLITE_NOLFS' ? inputOutput(path, error) : undefined;
}

function fromSystem(code: string, error: Error, path: string): StoreError | undefined {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return readOnly(path, error);
    case 'EBUSY':
      return locked(path, error);
    case 'EIO':
    case 'ENXIO':
    case 'ESTALE':
      return inputOutput(path, error);
    case 'ERR_DLOPEN_FAILED':
    case 'MODULE_NOT_FOUND':
      return nativeModuleMissing(error);
    default:
      return undefined;
  }
}

function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < 64 * 1024;
  } catch {
    return false;
  }
}
