import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const NAME = '.installed';

/**
 * The fingerprint of everything that decides what a step produces.
 * @param {readonly string[]} files
 * @param {readonly string[]} [extra]
 */
export function fingerprint(files, extra = []) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  for (const text of extra) hash.update(text).update('\0');
  return hash.digest('hex');
}

/** @param {string} folder @param {string} wanted */
export function isInstalled(folder, wanted) {
  const file = path.join(folder, NAME);
  return existsSync(file) && readFileSync(file, 'utf8') === wanted;
}

/** Written last, so that an interrupted step is done again. @param {string} folder @param {string} wanted */
export function markInstalled(folder, wanted) {
  writeFileSync(path.join(folder, NAME), wanted);
}
