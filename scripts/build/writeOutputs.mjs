import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
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
