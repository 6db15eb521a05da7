import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AuditedFile } from '../../../core/audit/auditedFiles.ts';
import { isInside } from '../../../core/validation/workspaceText.ts';

interface Options {
  /** The folder that is audited, absolute. */
  readonly folder: string;
  /** The user's own folder of the panel, absolute: nothing on the way to it comes from a repository. */
  readonly home: string;
}

/**
 * Gives a folder with these files only, so that an audit tool finds no configuration and no code of the repository;
 * it is gone afterwards. Never below the folder that is audited, where tools would find its files on the way up;
 * nothing when there is no other place.
 */
export async function withAuditFolder<T>(
  { folder, home }: Options,
  files: readonly AuditedFile[],
  use: (scratch: string) => Promise<T>,
): Promise<T | undefined> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const audited = await realpath(folder);
  const places = await Promise.all([home, os.tmpdir()].map(place => realpath(place)));
  const place = places.find(candidate => !isInside(audited, candidate));
  if (place === undefined) {
    return undefined;
  }
  const scratch = await mkdtemp(path.join(place, 'auditing-'));
  try {
    for (const { name, text } of files) {
      await writeFile(path.join(scratch, name), text, { flag: 'wx', mode: 0o600 });
    }
    return await use(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}
