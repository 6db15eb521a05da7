import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type UserKey, userKeyFrom } from '../core/security/userKey.ts';
import { keyDamaged, keyUnreadable, keyUnwritable, UserKeyError } from './userKeyError.ts';

const KEY_BYTES = 32;
/** Another process may be writing it, where a file system cannot put a whole file into its place. */
const WAITS = 50;
const WAIT_MS = 20;

/**
 * The key in the file `key` of this folder; it is made when it is not there. All processes of the user get the same one,
 * also those that start at the same moment.
 * @throws UserKeyError with a remedy
 */
export function readUserKey(home: string): UserKey {
  const file = path.join(home, 'key');
  return userKeyFrom(read(file) ?? make(file));
}

function read(file: string): Uint8Array | undefined {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; ; waits += 1) {
    const bytes = readOnce(file);
    if (bytes === undefined || bytes.length === KEY_BYTES) {
      return bytes;
    }
    if (bytes.length > KEY_BYTES || waits === WAITS) {
      throw keyDamaged(file, `is not ${KEY_BYTES} bytes long`);
    }
    Atomics.wait(pause, 0, 0, WAIT_MS);
  }
}

function readOnce(file: string): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { mode } = fstatSync(descriptor);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) {
      throw keyDamaged(file, 'is not a file');
    }
    keepPrivate(descriptor, mode);
    const bytes = Buffer.alloc(KEY_BYTES + 1);
    return bytes.subarray(0, readSync(descriptor, bytes));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return undefined;
    }
    throw error instanceof UserKeyError ? error : keyUnreadable(file, error);
  } finally {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
  }
}

/** Some file systems know no rights; that is no reason to do without the key. */
function keepPrivate(descriptor: number, mode: number): void {
  if ((mode & 0o077) !== 0) {
    try {
      fchmodSync(descriptor, 0o600);
    } catch {
      return;
    }
  }
}

function make(file: string): Uint8Array {
  const whole = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(whole, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true });
      putInPlace(whole, file);
    } finally {
      rmSync(whole, { force: true });
    }
  } catch (error) {
    throw keyUnwritable(file, error);
  }
  // It may be the one of another process that was faster.
  const bytes = read(file);
  if (bytes === undefined) {
    throw keyUnwritable(file, 'it was removed at once');
  }
  return bytes;
}

/** The first one wins, and nobody sees half a key. */
function putInPlace(whole: string, file: string): void {
  try {
    linkSync(whole, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      copyWhereLinksAreUnknown(whole, file);
    }
  }
}

function copyWhereLinksAreUnknown(whole: string, file: string): void {
  try {
    copyFileSync(whole, file, constants.COPYFILE_EXCL);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw error;
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
