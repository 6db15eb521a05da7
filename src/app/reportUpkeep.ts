import { lstat, readdir, realpath, unlink } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from '../core/validation/workspaceText.ts';
import { REPORTS_FOLDER } from './actions/panelDocument.ts';

const DAY_MS = 24 * 60 * 60_000;
/** As `saveDocument` names them; everything else is somebody else's. */
const REPORT_NAME = /^([a-z0-9-]+)-(\d{4}-\d\d-\d\d)-(\d{4})(?:-(\d+))?\.md$/;

/**
 * Removes the reports of commands that are older than this many days, but the newest one of each; 0 removes none. A file
 * that was changed since counts from then, and nothing behind a link is touched. Never rejects.
 */
export async function removeOldReports(folder: string, keepDays: number, now: number): Promise<void> {
  const place = path.join(folder, REPORTS_FOLDER);
  const oldest = now - keepDays * DAY_MS;
  if (keepDays === 0 || !(await isOwnFolder(folder, place))) {
    return;
  }
  for (const name of outdatedReports(await readdir(place).catch(() => []), oldest)) {
    const file = path.join(place, name);
    const found = await lstat(file).catch(() => undefined);
    if (found?.isFile() === true && found.mtimeMs < oldest) {
      // One that cannot be removed now is tried again.
      await unlink(file).catch(() => undefined);
    }
  }
}

/** Names of reports from days before a time, without the newest report of each command. Pure. */
export function outdatedReports(names: readonly string[], before: number): readonly string[] {
  const reports = names.flatMap(name => {
    const [, command = '', day = '', time = '', number = '1'] = REPORT_NAME.exec(name) ?? [];
    // The second one of a minute has a number, and is the newer one.
    const written = `${day} ${time} ${number.padStart(6, '0')}`;
    return command === '' ? [] : [{ name, command, written, at: Date.parse(`${day}T23:59:59Z`) }];
  });
  return [...Map.groupBy(reports, ({ command }) => command).values()].flatMap(ofCommand =>
    ofCommand
      .sort((one, other) => (one.written < other.written ? 1 : -1))
      .slice(1)
      .filter(({ at }) => at < before)
      .map(({ name }) => name),
  );
}

async function isOwnFolder(folder: string, place: string): Promise<boolean> {
  try {
    return (await lstat(place)).isDirectory() && isInside(await realpath(folder), await realpath(place));
  } catch {
    return false;
  }
}
