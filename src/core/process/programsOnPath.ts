import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join, posix, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The names that a program can have in a folder, the best one first. */
export function programNames(platform: NodeJS.Platform, name = 'claude'): readonly string[] {
  return platform === 'win32' ? [`${name}.exe`, `${name}.cmd`, `${name}.bat`] : [name];
}

/**
 * The folders of PATH. Relative ones are left out: they would run what lies in the working folder.
 */
export function foldersOnPath(environment: Environment, platform: NodeJS.Platform): readonly string[] {
  const path = platform === 'win32' ? win32 : posix;
  const name = Object.keys(environment).find(key => key.toUpperCase() === 'PATH');
  const text = name === undefined ? '' : (environment[name] ?? '');
  return text
    .split(path.delimiter)
    .map(folder => folder.replace(/^"(.*)"$/, '$1'))
    .filter(folder => path.isAbsolute(folder));
}

/** The full path of a program on the PATH of this environment that may be run, if there is one. */
export async function findProgram(
  name: string,
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  for (const folder of foldersOnPath(environment, platform)) {
    for (const file of programNames(platform, name)) {
      const path = join(folder, file);
      if (await canRun(path)) {
        return path;
      }
    }
  }
  return undefined;
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
