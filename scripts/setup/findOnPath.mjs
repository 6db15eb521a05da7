import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * The full path of a program on PATH.
 * @param {string} name without extension
 * @param {readonly string[]} [more] folders to look in after those of PATH
 * @returns {string | undefined}
 */
export function findOnPath(name, more = []) {
  const extensions = process.platform === 'win32' ? (process.env.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
  for (const folder of [...(process.env.PATH ?? '').split(path.delimiter), ...more]) {
    if (!path.isAbsolute(folder)) continue;
    for (const extension of extensions) {
      const file = path.join(folder, name + extension.toLowerCase());
      if (isProgram(file)) return file;
    }
  }
  return undefined;
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
