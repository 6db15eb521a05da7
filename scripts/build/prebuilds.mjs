import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { packageFile, ROOT } from '../setup/paths.mjs';
import { prebuildName } from '../setup/platform.mjs';

/** The native SQLite files to ship: `TARGETS=linux-x64,darwin-arm64`, else this machine's. @returns {string[]} */
export function chosenPrebuilds() {
  const chosen = (process.env.TARGETS ?? '').split(',').map(name => name.trim());
  return chosen.some(Boolean) ? chosen.filter(Boolean) : [prebuildName()];
}

/**
 * Copies better-sqlite3's native files to where its loader looks for them: `../prebuilds` beside `dist`.
 * @param {readonly string[]} names
 */
export function copyPrebuilds(names) {
  const folder = path.join(ROOT, 'prebuilds');
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    const source = packageFile('better-sqlite3', `prebuilds/${name}.node`);
    if (!existsSync(source)) throw new Error(`better-sqlite3 ships no native file for ${name}`);
    // Moved into place: overwriting a library that a running process has loaded would crash that process.
    const draft = path.join(folder, `.${name}.${process.pid}`);
    copyFileSync(source, draft);
    const target = path.join(folder, `${name}.node`);
    rmSync(target, { force: true });
    renameSync(draft, target);
  }
}
