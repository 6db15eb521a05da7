import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * Writes each file beside its place and moves it there, so that a program that starts meanwhile reads a whole bundle.
 * @param {readonly import('esbuild').OutputFile[]} files
 * @param {boolean} executable
 */
export function writeOutputs(files, executable) {
  for (const file of files) {
    mkdirSync(path.dirname(file.path), { recursive: true });
    const draft = `${file.path}.${process.pid}`;
    writeFileSync(draft, file.contents);
    if (executable && file.path.endsWith('.js')) chmodSync(draft, 0o755);
    renameSync(draft, file.path);
  }
}

/**
 * Removes what earlier builds left: the files of the extension have names that change with their content.
 * @param {string} folder
 * @param {readonly import('esbuild').OutputFile[]} written what stays
 */
export function removeLeftOver(folder, written) {
  const kept = new Set(written.map(file => file.path));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(file)) rmSync(file, { force: true });
  }
}
