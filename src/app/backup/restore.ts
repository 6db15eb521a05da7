import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, mkdtemp, realpath, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { newUuid } from '../../base/ids.ts';
import { badArchive, foreignArchive, inUse, notWritten, placeOutside } from '../../core/backup/backupErrors.ts';
import { DATABASE_ENTRY, type Manifest, type ManifestFile, placeOfEntry } from '../../core/backup/manifest.ts';
import { isAlive, type ProcessTable } from '../../core/process/processIdentity.ts';
import type { UserKey } from '../../core/security/userKey.ts';
import { isInside } from '../../core/validation/workspaceText.ts';
import { checkCopiedFile } from '../../store/copiedFile.ts';
import { hostsOfWorkspace } from '../../store/hostsOfFile.ts';
import { unpackArchive } from './archive.ts';
import { describeFile } from './stagedFiles.ts';

interface RestoreStep {
  /** Relative to the workspace, with `/`. */
  readonly place: string;
  readonly change: 'new' | 'same' | 'replaces';
}

export interface RestorePlan {
  readonly created: string;
  readonly steps: readonly RestoreStep[];
  readonly leftOut: readonly string[];
}

interface Opened {
  readonly plan: RestorePlan;
  /** Puts everything into its place; resolves to the folder with what was there before, relative to the workspace. */
  apply(): Promise<string>;
}

interface Options {
  /** Absolute. */
  readonly archive: string;
  readonly folder: string;
  readonly home: string;
  readonly userKey: UserKey;
  readonly now: number;
  readonly processes: Pick<ProcessTable, 'identify'>;
}

/** What belongs to the workspace file beside it. With a file that is restored it would be another file's. */
const DATABASE_ENDS = ['', '-wal', '-shm', '-journal', '.log-mark'];

/**
 * Unpacks and checks an archive, then gives what restoring it would change; nothing of the workspace is touched before
 * `apply`. Files that are not in the archive stay as they are.
 * @throws BackupError
 */
export async function withArchive<T>(options: Options, use: (opened: Opened) => Promise<T>): Promise<T> {
  const { archive, folder, home, userKey } = options;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(path.join(home, 'restoring-'));
  try {
    const manifest = await unpackArchive(archive, path.join(scratch, 'out'));
    const unpacked = path.join(scratch, 'out');
    if (manifest.files.some(({ name }) => name === DATABASE_ENTRY)) {
      const database = checkCopiedFile(path.join(unpacked, DATABASE_ENTRY), userKey);
      if (database.state !== 'sound') {
        throw database.state === 'foreign' ? foreignArchive(archive) : badArchive(archive, [database.failure.message]);
      }
      // Reading it may have left a log beside it.
      await Promise.all(
        DATABASE_ENDS.slice(1).map(end => rm(path.join(unpacked, DATABASE_ENTRY + end), { force: true })),
      );
    }
    const plan = await planOf(folder, manifest);
    return await use({ plan, apply: () => apply(unpacked, manifest, plan, options) });
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function planOf(folder: string, manifest: Manifest): Promise<RestorePlan> {
  const steps: RestoreStep[] = [];
  for (const file of manifest.files) {
    const place = placeOfEntry(file.name);
    await refuseWayOut(folder, place);
    steps.push({ place, change: await changeOf(folder, place, file) });
  }
  return { created: manifest.created, steps, leftOut: manifest.leftOut };
}

async function changeOf(folder: string, place: string, file: ManifestFile): Promise<RestoreStep['change']> {
  const found = await lstat(path.join(folder, place)).catch(() => undefined);
  if (found === undefined) {
    return 'new';
  }
  if (!found.isFile() || found.size !== file.size || file.name === DATABASE_ENTRY) {
    return 'replaces';
  }
  return (await describeFile(folder, place)).sha256 === file.sha256 ? 'same' : 'replaces';
}

async function apply(unpacked: string, manifest: Manifest, plan: RestorePlan, options: Options): Promise<string> {
  const { folder, now } = options;
  await refuseWhileInUse(options);
  const kept = `.claude-panel/kept-${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  await refuseWayOut(folder, `${kept}/file`);
  for (const [index, { place, change }] of plan.steps.entries()) {
    const file = manifest.files[index];
    if (change === 'same' || file === undefined) {
      continue;
    }
    const target = path.join(folder, place);
    // A name that nobody can have put a link at.
    const fresh = `${target}.${newUuid()}.restoring`;
    try {
      await refuseWayOut(folder, place);
      await mkdir(path.dirname(target), { recursive: true });
      await copyFile(path.join(unpacked, file.name), fresh, constants.COPYFILE_EXCL);
      await keep(folder, place, kept, file.name === DATABASE_ENTRY ? DATABASE_ENDS : ['']);
      await rename(fresh, target);
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => undefined);
      throw notWritten(place, kept, error);
    }
  }
  return kept;
}

/** A program that has the file open would write what it did since into the one that is restored. */
async function refuseWhileInUse({ folder, userKey, processes }: Options): Promise<void> {
  const known = hostsOfWorkspace(folder, userKey).filter(({ machine }) => machine === os.hostname());
  const living = await Promise.all(known.map(host => isAlive(processes, host.process)));
  const programs = known.filter((_host, index) => living[index] === true);
  if (programs.length > 0) {
    throw inUse(programs.map(({ surface, process }) => `${surface} (process ${process.pid})`));
  }
}

/** Moves what is there out of the way, with all that belongs to it. */
async function keep(folder: string, place: string, kept: string, ends: readonly string[]): Promise<void> {
  for (const end of ends) {
    const source = path.join(folder, place + end);
    if ((await lstat(source).catch(() => undefined)) !== undefined) {
      const target = path.join(folder, kept, place + end);
      await refuseWayOut(folder, `${kept}/${place}`);
      await mkdir(path.dirname(target), { recursive: true });
      await rename(source, target);
    }
  }
}

/** No folder on the way may be a link that leads out of the workspace. */
async function refuseWayOut(folder: string, place: string): Promise<void> {
  const root = await realpath(folder);
  const parts = place.split('/').slice(0, -1);
  let way = folder;
  for (const part of parts) {
    way = path.join(way, part);
    const found = await lstat(way).catch(() => undefined);
    if (found === undefined) {
      return;
    }
    const real = await realpath(way).catch(() => undefined);
    if (real === undefined || !isInside(root, real)) {
      throw placeOutside(place);
    }
  }
}
