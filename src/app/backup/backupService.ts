import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { nothingToKeep, notVerified } from '../../core/backup/backupErrors.ts';
import { archiveName, surplusArchives } from '../../core/backup/backupFiles.ts';
import { DATABASE_ENTRY, differences, MANIFEST_FILE, type Manifest } from '../../core/backup/manifest.ts';
import type { UserKey } from '../../core/security/userKey.ts';
import { checkCopiedFile } from '../../store/copiedFile.ts';
import type { PanelStore } from '../../store/panelStore.ts';
import { productVersion } from '../productVersion.ts';
import { packArchive, unpackArchive } from './archive.ts';
import { archivesIn, backupFolder } from './backupPlaces.ts';
import { listFiles, stageFiles } from './stagedFiles.ts';

interface Parts {
  readonly folder: string;
  /** The user's folder of the panel. */
  readonly home: string;
  readonly store: Pick<PanelStore, 'copyTo'>;
  readonly userKey: UserKey;
  readonly clock: Clock;
}

export interface Backup {
  /** Absolute. */
  readonly archive: string;
  readonly bytes: number;
  readonly files: number;
  readonly leftOut: readonly string[];
  /** Names of the old archives that were removed. */
  readonly removed: readonly string[];
}

/** Makes backups of a workspace's own data: what the panel keeps, and `.claude`. */
export class BackupService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Makes one archive, unpacks it into a scratch folder, compares every byte, and only then gives it its name.
   * @param options.keep how many archives of this workspace stay, this one included
   * @throws BackupError `notVerified` or `nothingToKeep`; StoreError
   */
  async make({
    keep,
    signal,
    report,
  }: {
    readonly keep: number;
    readonly signal: AbortSignal;
    readonly report: (text: string) => void;
  }): Promise<Backup> {
    const { folder, home, clock } = this.#parts;
    const target = await backupFolder(home, folder);
    await mkdir(target, { recursive: true, mode: 0o700 });
    const scratch = await mkdtemp(path.join(target, 'making-'));
    try {
      const staging = path.join(scratch, 'in');
      report('Copying');
      const manifest = await this.#stage(staging, signal);
      const made = path.join(scratch, 'archive.tar.gz');
      report(`Packing ${manifest.files.length} files`);
      await packArchive(staging, made, await foldersIn(staging));
      signal.throwIfAborted();
      report('Unpacking it again, to compare');
      await this.#verify(made, path.join(scratch, 'out'), manifest);
      signal.throwIfAborted();
      const archive = await freePlace(target, archiveName(new Date(clock.now())));
      await rename(made, archive);
      const { size } = await stat(archive);
      const removed = surplusArchives(await archivesIn(target), keep);
      await Promise.all(removed.map(name => rm(path.join(target, name), { force: true })));
      return { archive, bytes: size, files: manifest.files.length, leftOut: manifest.leftOut, removed };
    } finally {
      await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  async #stage(staging: string, signal: AbortSignal): Promise<Manifest> {
    const { folder, store, clock } = this.#parts;
    await mkdir(path.join(staging, 'panel'), { recursive: true, mode: 0o700 });
    await store.copyTo(path.join(staging, DATABASE_ENTRY));
    const leftOut = await stageFiles(folder, staging, signal);
    const { files } = await listFiles(staging);
    if (files.length === 0) {
      throw nothingToKeep(folder);
    }
    const manifest: Manifest = {
      format: 1,
      created: new Date(clock.now()).toISOString(),
      workspace: path.basename(folder).slice(0, 1000),
      product: productVersion(),
      files,
      leftOut: leftOut.slice(0, 1000).map(text => text.slice(0, 2000)),
    };
    await writeFile(path.join(staging, MANIFEST_FILE), JSON.stringify(manifest), { mode: 0o600 });
    return manifest;
  }

  /** Compared with what went in, not only with what the archive says of itself. */
  async #verify(archive: string, into: string, wanted: Manifest): Promise<void> {
    const found = await unpackArchive(archive, into);
    const problems = differences(wanted.files, found.files);
    const database = checkCopiedFile(path.join(into, DATABASE_ENTRY), this.#parts.userKey);
    if (problems.length > 0 || database.state !== 'sound') {
      throw notVerified([...problems, ...(database.state === 'sound' ? [] : [database.failure.message])]);
    }
  }
}

async function foldersIn(staging: string): Promise<string[]> {
  return (await readdir(staging, { withFileTypes: true })).filter(entry => entry.isDirectory()).map(({ name }) => name);
}

async function freePlace(folder: string, name: string): Promise<string> {
  const names = new Set(await readdir(folder));
  const base = name.replace(/\.tar\.gz$/, '');
  for (let number = 2, free = name; ; number += 1) {
    if (!names.has(free)) {
      return path.join(folder, free);
    }
    free = `${base}-${number}.tar.gz`;
  }
}
