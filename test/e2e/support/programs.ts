import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** A PATH of one folder: every program of this machine but some, and those that a test puts there. */
export class Programs {
  readonly folder: string;

  /** @param without names of programs that are not to be found, whether this machine has them or not */
  constructor(folder: string, ...without: readonly string[]) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    const left = new Set(without);
    for (const place of [path.dirname(process.execPath), ...(process.env['PATH'] ?? '').split(path.delimiter)]) {
      for (const name of path.isAbsolute(place) && existsSync(place) ? readdirSync(place) : []) {
        if (!left.has(name)) {
          left.add(name);
          symlinkSync(path.join(place, name), path.join(folder, name));
        }
      }
    }
  }

  /** For VS Code, told to believe it: otherwise it asks a login shell, which sets a PATH of its own. */
  get environment(): Readonly<Record<string, string>> {
    return { PATH: this.folder, VSCODE_CLI: '1' };
  }

  /** A shell script under this name. */
  put(name: string, script: string): void {
    const file = path.join(this.folder, name);
    rmSync(file, { force: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }
}
