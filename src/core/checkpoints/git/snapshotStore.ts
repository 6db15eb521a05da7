import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../base/clock.ts';
import type { NewId } from '../../../base/ids.ts';
import type { UserKey } from '../../security/userKey.ts';
import type { CheckpointLabel, CoverageLimits } from '../checkpoint.ts';
import { CheckpointError } from '../checkpointsErrors.ts';
import { type DiskUsage, nextToGo, outdated, type RetentionRules } from '../retention.ts';
import { type Manifest, ManifestFile } from '../scan/manifest.ts';
import { type Scan, scanFolder } from '../scan/scanFolder.ts';
import { unusualPermissions, usualPermissions } from '../scan/snapshotNotes.ts';
import { writeWhole } from '../scan/writeWhole.ts';
import { GitProgram } from './gitProgram.ts';
import { type IgnoredPaths, ignoredPaths, isSameIgnored } from './ignoredPaths.ts';
import { SharedJobs } from './sharedJobs.ts';
import { SnapshotReader, type StoredSnapshot } from './snapshotReader.ts';
import { writeSnapshot } from './snapshotWriter.ts';
import { StoreFolder, storeDirectory } from './storeFolder.ts';
import { withStoreLock } from './storeLock.ts';
import {
  diskUse,
  packCount,
  packTogether,
  referenceName,
  removeReferences,
  type StoredReference,
  storedReferences,
} from './storeUpkeep.ts';

interface SnapshotStoreParts {
  readonly workspace: string;
  readonly root: string;
  readonly git: () => Promise<string | undefined>;
  readonly environment: NodeJS.ProcessEnv;
  readonly userKey: UserKey;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly limits: () => CoverageLimits;
}

/** A snapshot as it was just taken, with all that it holds. */
export interface TakenSnapshot {
  readonly snapshot: StoredSnapshot;
  readonly manifest: Manifest;
}

/** Below this a file that was just written could be written again within the same tick of the disk's clock. */
const TICK_MS = 100;
/** A disk that counts whole seconds may even round to two. */
const COARSE_TICK_MS = 2000;
const MOST_PACKS = 40;

/** Takes, keeps and removes the snapshots of one folder. Any number of processes may use the same store. */
export class SnapshotStore {
  readonly #parts: SnapshotStoreParts;
  readonly #git: GitProgram;
  readonly #store: StoreFolder;
  readonly #manifest: ManifestFile;
  readonly #reader: SnapshotReader;
  readonly #jobs = new SharedJobs<TakenSnapshot>();
  #ignored: IgnoredPaths | undefined;

  constructor(parts: SnapshotStoreParts) {
    this.#parts = parts;
    const directory = storeDirectory(parts.workspace, parts.root);
    this.#git = new GitProgram(parts.git, directory, parts.environment);
    this.#store = new StoreFolder({ ...parts, directory, git: this.#git });
    this.#reader = new SnapshotReader(this.#git);
    this.#manifest = new ManifestFile(path.join(directory, 'panel.manifest'));
  }

  get directory(): string {
    return this.#store.directory;
  }

  /** Whether the disk takes `A` and `a` for the same name. Known once anything was read or taken. */
  get ignoresCase(): boolean {
    return this.#store.ignoresCase;
  }

  /** Made sure that its directory is as it should be. */
  async reader(): Promise<SnapshotReader> {
    await this.#store.prepare();
    return this.#reader;
  }

  /**
   * Callers that come while one waits for its turn share its snapshot, which has the label of the first of them.
   * @param prefix of the name that keeps it
   */
  take(label: CheckpointLabel, prefix: string, signal?: AbortSignal): Promise<TakenSnapshot> {
    return this.#jobs.run(prefix, (shared, begins) => this.#take(label, { prefix, signal: shared, begins }), signal);
  }

  exists(): boolean {
    return existsSync(this.#store.directory);
  }

  async prunedAt(): Promise<number> {
    return stat(this.#prunedFile).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  }

  /** What {@link prune} was told to note down. */
  async pruneNote(): Promise<string> {
    await this.#store.prepare();
    return readFile(this.#prunedFile, 'utf8').catch(() => '');
  }

  async usage(keep: ReadonlySet<string>): Promise<DiskUsage> {
    await this.#store.prepare();
    const newest = await this.#manifest.read();
    const stored = (await storedReferences(this.#git)).filter(({ isPassing }) => !isPassing);
    return {
      bytes: await diskUse(this.#store.directory),
      taken: stored.map(({ at }) => at),
      removable: stored.filter(({ id }) => id !== newest?.id && !keep.has(id)).map(({ at }) => at),
    };
  }

  async prune(rules: RetentionRules, note: string): Promise<{ readonly removed: number; readonly bytes: number }> {
    await this.#store.prepare();
    return withStoreLock(this.#lockFile, undefined, async () => {
      const newest = await this.#manifest.read();
      const keep = new Set([...rules.keep, ...(newest === undefined ? [] : [newest.id])]);
      let left = await storedReferences(this.#git);
      let removed = 0;
      const remove = async (gone: readonly StoredReference[]): Promise<void> => {
        await removeReferences(
          this.#git,
          gone.map(({ name }) => name),
        );
        left = left.filter(reference => !gone.includes(reference));
        removed += gone.filter(({ isPassing }) => !isPassing).length;
        await packTogether(this.#git, this.#store.directory);
        // Only now: until then one that goes can still be read, and would be remembered again.
        this.#reader.forgetAll();
      };
      const old = outdated(left, { ...rules, keep });
      if (old.length > 0 || (await packCount(this.#store.directory)) > MOST_PACKS) {
        await remove(old);
      }
      let bytes = await diskUse(this.#store.directory);
      for (let next = nextToGo(left, { ...rules, keep }); bytes > rules.maxBytes && next.length > 0; ) {
        await remove(next);
        bytes = await diskUse(this.#store.directory);
        next = nextToGo(left, { ...rules, keep });
      }
      await writeWhole(this.#prunedFile, note);
      return { removed, bytes };
    });
  }

  get #prunedFile(): string {
    return path.join(this.#store.directory, 'panel.pruned');
  }

  get #lockFile(): string {
    return path.join(this.#store.directory, 'panel.lock');
  }

  async #take(
    label: CheckpointLabel,
    { prefix, signal, begins }: { readonly prefix: string; readonly signal: AbortSignal; readonly begins: () => void },
  ): Promise<TakenSnapshot> {
    await this.#store.prepare(signal);
    return withStoreLock(this.#lockFile, signal, async diskTime => {
      begins();
      const base = await this.#manifest.read();
      try {
        return await this.#write(label, { prefix, base, diskTime, signal });
      } catch (error) {
        if (base === undefined || !(error instanceof CheckpointError && error.reason === 'gitFailed')) {
          throw error;
        }
        // Perhaps objects of the newest snapshot are lost; without it everything is written once more.
        await this.#manifest.drop();
        return this.#write(label, { prefix, base: undefined, diskTime, signal });
      }
    });
  }

  /**
   * Asking git what is ignored takes about as long as looking at the files. So the answer of last time is used meanwhile,
   * and all is looked at again when it turns out to be another one now.
   */
  async #scan(signal: AbortSignal): Promise<Scan> {
    const { root } = this.#parts;
    const limits = this.#parts.limits();
    const asking = ignoredPaths(this.#git, root, signal);
    // Told below, where it is waited for.
    asking.catch(() => undefined);
    const last = this.#ignored;
    const early =
      last === undefined ? undefined : await scanFolder({ root, ignored: last, limits, signal }).catch(() => undefined);
    const ignored = await asking;
    this.#ignored = ignored;
    return early !== undefined && last !== undefined && isSameIgnored(last, ignored)
      ? early
      : scanFolder({ root, ignored, limits, signal });
  }

  async #write(
    { subject, moment }: CheckpointLabel,
    options: {
      readonly prefix: string;
      readonly base: Manifest | undefined;
      readonly diskTime: number;
      readonly signal: AbortSignal;
    },
  ): Promise<TakenSnapshot> {
    const { root, clock, newId } = this.#parts;
    const { prefix, base, diskTime, signal } = options;
    const scan = await this.#scan(signal);
    const at = clock.now();
    const { manifest, notes } = await writeSnapshot({
      git: this.#git,
      root,
      scan,
      base,
      settledBefore: diskTime - (Number.isInteger(diskTime / 1000) ? COARSE_TICK_MS : TICK_MS),
      reference: referenceName(prefix, at, moment, newId()),
      message: `${moment}: ${subject}`,
      time: Math.floor(at / 1000),
      notes: (entries, unreadable) => {
        const usual = usualPermissions(entries.values());
        return {
          ...{ root, subject, moment, at, usual },
          files: entries.size,
          emptyFolders: scan.emptyFolders,
          notCovered: [...scan.notCovered, ...unreadable.map(path => ({ path, reason: 'unreadable' }) as const)],
          permissions: unusualPermissions(entries, usual),
        };
      },
      signal,
    });
    await this.#manifest.write(manifest);
    const snapshot = { id: manifest.id, tree: manifest.tree, notes };
    this.#reader.remember(snapshot);
    return { snapshot, manifest };
  }
}
