import { lstatSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { toStoreError } from './sqliteFailure.ts';
import { linked, noFolder, notAFile, notAFolder, outsideWorkspace } from './storeError.ts';

export const DATA_FOLDER = '.claude-panel';
export const DATA_FILE = 'panel.db';

const GIT_IGNORE = `# Data of the Control Panel for Claude Code stays on this machine; what people write is shared.
*
!.gitignore
!profiles.yaml
!commands/
!commands/**
`;

/** Makes the folder of the data in a workspace and returns the path of the file. Never follows a link out of the workspace. */
export function prepareDataFolder(workspace: string): string {
  if (statSync(workspace, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw noFolder(workspace);
  }
  const folder = join(workspace, DATA_FOLDER);
  const file = join(folder, DATA_FILE);
  refuseWayOut(workspace, folder);
  makeFolder(folder);
  for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    refuseWayOut(workspace, path);
    refuseOtherNames(path);
  }
  writeGitIgnore(join(folder, '.gitignore'));
  return file;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) {
      throw toStoreError(error, folder);
    }
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw notAFolder(folder);
    }
  }
}

function refuseWayOut(workspace: string, path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) {
    return;
  }
  const target = realTarget(path);
  const way = target === undefined ? '..' : relative(realpathSync(workspace), target);
  if (way === '..' || way.startsWith(`..${sep}`) || way.startsWith(sep) || /^[A-Za-z]:/.test(way)) {
    throw outsideWorkspace(path, target ?? 'a place that is not there');
  }
}

/** With a link, what is written here would be written into another file as well. */
function refuseOtherNames(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    return;
  }
  if (found.isSymbolicLink() || (found.isFile() && found.nlink > 1)) {
    throw linked(path);
  }
  if (!found.isFile()) {
    throw notAFile(path);
  }
}

function realTarget(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Written once; after that it belongs to the user. */
function writeGitIgnore(path: string): void {
  try {
    writeFileSync(path, GIT_IGNORE, { flag: 'wx' });
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) {
      throw toStoreError(error, path);
    }
  }
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
