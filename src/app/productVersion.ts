import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from './packageFolder.ts';

/** As it is installed; read from the file, so that the sources run unbundled, too. */
export function productVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
