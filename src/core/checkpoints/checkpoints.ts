import { existsSync } from 'node:fs';
import { lstat, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { NewId } from '../../base/ids.ts';
import {
  type Checkpoint,
  type CheckpointLabel,
  type CheckpointRef,
  type CoverageLimits,
  DEFAULT_LIMITS,
  type PathChange,
} from './checkpoint.ts';
import { CheckpointError } from './checkpointsErrors.ts';
import { GitProgram } from './git/gitProgram.ts';
import { ignoredPaths } from './git/ignoredPaths.ts';
import { pathChanges } from './git/pathChanges.ts';
import { diffSnapshots } from './git/snapshotDiff.ts';
import { SnapshotReader, type StoredSnapshot } from './git/snapshotReader.ts';
import { writeSnapshot } from './git/snapshotWriter.ts';
import { StoreFolder, storeDirectory } from './git/storeFolder.ts';
import { withStoreLock } from './git/storeLock.ts';
import {
  diskUse,
  KEPT,
  PASSING,
  packCount,
  packTogether,
  referenceName,
  removeReferences,
  type StoredReference,
  storedReferences,
} from './git/storeUpkeep.ts';
import { nextToGo, outdated, type RetentionRules } from './retention.ts';
import { type Manifest, ManifestFile } from './scan/manifest.ts';
import { scanFolder } from './scan/scanFolder.ts';
import { unusualPermissions, usualPermissions } from './scan/snapshotNotes.ts';
import { inRoot } from './systemPath.ts';
import { applyPlan } from './undo/applyPlan.ts';
import { buildPlan } from './undo/buildPlan.ts';
import { composeDiffs } from './undo/composeDiffs.ts';
import { FileChanger } from './undo/fileChanger.ts';
import { PresentState } from './undo/presentState.ts';
import type { ConflictChoice, UndoPlan } from './undoPlan.ts';
import type { UndoRecord, UndoResult } from './undoResult.ts';

export interface CheckpointsParts {
  /** The folder whose `.claude-panel/` keeps the snapshots, absolute. */
  readonly workspace: string;
  /** The folder that they are of: the workspace itself, or another one. Absolute. */
  readonly root: string;
  /** The full path of git, as far as there is one. */
  readonly git: () => Promise<string | undefined>;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly limits?: () => CoverageLimits;
}

/** Ids of two snapshots. */
export interface UndoSpan {
  readonly before: string;
  readonly after: string;
}

export interface UndoOptions {
  /** Only these, and what is below them. */
  readonly paths?: readonly string[];
  /** True for a path that another task may have changed: it is put back only when it is chosen. */
  readonly isDoubtful?: (path: string) => boolean;
}

/** Below this a file that was just written could be written again within the same tick of the disk's clock. */
const TICK_MS = 100;
/** A disk that counts whole seconds may even round to two. */
const COARSE_TICK_MS = 2000;
const MOST_PACKS = 40;

/**
 * The snapshots of one folder, in a git directory of our own. The user's HEAD, index, stash and refs are never touched,
 * and nothing of the folder's own configuration runs. Any number of processes may use the same store.
 * Methods reject with a CheckpointError.
 */
export class Checkpoints {
  readonly root: string;
  readonly #parts: CheckpointsParts;
  readonly #git: GitProgram;
  readonly #store: StoreFolder;
  readonly #reader: SnapshotReader;
  readonly #manifest: ManifestFile;

  constructor(parts: CheckpointsParts) {
    this.#parts = parts;
    this.root = parts.root;
    const directory = storeDirectory(parts.workspace, parts.root);
    this.#git = new GitProgram(parts.git, directory, parts.environment);
    this.#store = new StoreFolder(parts.workspace, directory, this.#git);
    this.#reader = new SnapshotReader(this.#git);
    this.#manifest = new ManifestFile(path.join(directory, 'panel.manifest'));
  }

  /** Takes a snapshot of everything that is covered. It stays until it is pruned. */
  async take(label: CheckpointLabel, signal?: AbortSignal): Promise<Checkpoint> {
    return toCheckpoint((await this.#take(label, KEPT, signal)).snapshot);
  }

  /** The same only to compare with: it goes with the next tidying up. */
  async lookAt(signal?: AbortSignal): Promise<Checkpoint> {
    const label = { subject: 'what is there now', moment: 'manual' } as const;
    return toCheckpoint((await this.#take(label, PASSING, signal)).snapshot);
  }

  /** @throws CheckpointError `unknownCheckpoint` */
  async get(id: string): Promise<Checkpoint> {
    return toCheckpoint(await this.#snapshot(id));
  }

  /** What differs between two snapshots, or between one and what is there now. By path. */
  async changes(
    before: CheckpointRef,
    after: CheckpointRef | 'now',
    signal?: AbortSignal,
  ): Promise<readonly PathChange[]> {
    const earlier = await this.#snapshot(before.id);
    const later = await this.#snapshot(after === 'now' ? (await this.lookAt(signal)).id : after.id);
    return pathChanges(this.#reader, earlier, later);
  }

  /** The paths that differ between two snapshots, and nothing more about them. */
  async changedPaths({ before, after }: UndoSpan): Promise<ReadonlySet<string>> {
    const { paths } = await diffSnapshots(this.#reader, await this.#snapshot(before), await this.#snapshot(after));
    return new Set(paths.keys());
  }

  /** The content of a file, or the target of a link. @param blob from a FileState */
  async content(blob: string): Promise<Uint8Array> {
    await this.#store.prepare();
    return this.#reader.content(blob);
  }

  /** What undoing everything between two snapshots would do now. Changes nothing. */
  async planUndo(before: CheckpointRef, after: CheckpointRef, options: UndoOptions = {}): Promise<UndoPlan> {
    return this.planUndoOf([{ before: before.id, after: after.id }], options);
  }

  /**
   * The same for several spans of time, oldest first, that do not overlap: what others changed between them is left
   * alone. @param spans at least one
   */
  async planUndoOf(
    spans: readonly UndoSpan[],
    { paths, isDoubtful = () => false }: UndoOptions = {},
  ): Promise<UndoPlan> {
    await this.#store.prepare();
    const stored = [];
    const diffs = [];
    for (const { before, after } of spans) {
      const ends = { before: await this.#reader.snapshot(before), after: await this.#reader.snapshot(after) };
      stored.push(ends);
      diffs.push(await diffSnapshots(this.#reader, ends.before, ends.after));
    }
    const diff = composeDiffs(diffs);
    const states = [...diff.paths.values()].flatMap(({ before, after }) => [before, after]);
    const present = this.#present();
    return buildPlan({
      root: this.root,
      spans: stored,
      diff,
      sizes: await this.#reader.sizes(new Set(states.flatMap(state => state?.blob ?? []))),
      paths,
      isDoubtful,
      now: path => present.at(path),
    });
  }

  /** What redoing would do now: an undo of the undo. */
  async planRedo(undo: UndoRecord): Promise<UndoPlan> {
    return this.planUndo({ id: undo.before }, { id: undo.after }, { paths: undo.paths });
  }

  /**
   * Does what a plan says, after a snapshot that a redo puts back. A path that changed since the plan was made is left
   * alone and named among the failures. `choices` is for the conflicts; without one, what is there stays.
   */
  async apply(
    plan: UndoPlan,
    choices: ReadonlyMap<string, ConflictChoice>,
    signal: AbortSignal,
    label: CheckpointLabel = { subject: 'undo', moment: 'undo' },
  ): Promise<UndoResult> {
    const before = await this.#take({ ...label, subject: `Before: ${label.subject}` }, KEPT, signal);
    const outcome = await applyPlan({
      plan,
      choices,
      changer: new FileChanger(this.root),
      now: path => this.#present().at(path),
      saved: path => before.manifest.entries.get(path),
      contents: blobs => this.#reader.contents(blobs),
      signal,
    });
    // Also after an abort: what was done has to be known.
    const after = await this.#take({ ...label, subject: `After: ${label.subject}` }, KEPT);
    return { root: this.root, before: toCheckpoint(before.snapshot), after: toCheckpoint(after.snapshot), ...outcome };
  }

  /**
   * Replaces the content of a file in one step; its permissions stay.
   * @throws CheckpointError `changedMeanwhile` when it is not what was read any more, `outsideRoot`
   */
  async replaceContent(relative: string, expected: Uint8Array, content: Uint8Array): Promise<void> {
    const place = inRoot(this.root, relative);
    const { mode } = await lstat(place);
    const isStill = async (): Promise<boolean> =>
      (await lstat(place)).isFile() && (await readFile(place)).equals(expected);
    const state = { kind: 'file', blob: '', size: content.length, permissions: mode & 0o777 } as const;
    await new FileChanger(this.root).put(relative, state, content, isStill);
  }

  /** The folder that keeps the snapshots, absolute. */
  get directory(): string {
    return this.#store.directory;
  }

  /** Whether a snapshot was ever taken. */
  exists(): boolean {
    return existsSync(this.#store.directory);
  }

  /** When {@link prune} ended last, in milliseconds since the epoch; 0 when it never did. */
  async prunedAt(): Promise<number> {
    return stat(this.#prunedFile).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  }

  /** Bytes on the disk, and how many snapshots there are. */
  async usage(): Promise<{ readonly bytes: number; readonly snapshots: number }> {
    await this.#store.prepare();
    const references = await storedReferences(this.#git);
    return {
      bytes: await diskUse(this.#store.directory),
      snapshots: references.filter(({ isPassing }) => !isPassing).length,
    };
  }

  /** Removes old snapshots, and more of them while the disk use is too large. The newest one always stays. */
  async prune(rules: RetentionRules): Promise<{ readonly removed: number; readonly bytes: number }> {
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
        this.#reader.forgetAll();
        removed += gone.filter(({ isPassing }) => !isPassing).length;
        await packTogether(this.#git, this.#store.directory);
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
      await writeFile(this.#prunedFile, '');
      return { removed, bytes };
    });
  }

  get #prunedFile(): string {
    return path.join(this.#store.directory, 'panel.pruned');
  }

  get #lockFile(): string {
    return path.join(this.#store.directory, 'panel.lock');
  }

  #present(): PresentState {
    const { fileBytes } = this.#limits();
    return new PresentState({ root: this.root, ignoresCase: this.#store.ignoresCase, fileBytes });
  }

  #limits(): CoverageLimits {
    return this.#parts.limits?.() ?? DEFAULT_LIMITS;
  }

  async #snapshot(id: string): Promise<StoredSnapshot> {
    await this.#store.prepare();
    return this.#reader.snapshot(id);
  }

  async #take(label: CheckpointLabel, prefix: string, signal?: AbortSignal): Promise<Taken> {
    await this.#store.prepare(signal);
    return withStoreLock(this.#lockFile, signal, async diskTime => {
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

  async #write(
    { subject, moment }: CheckpointLabel,
    options: {
      readonly prefix: string;
      readonly base: Manifest | undefined;
      readonly diskTime: number;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<Taken> {
    const { root } = this;
    const { clock, newId } = this.#parts;
    const { prefix, base, diskTime, signal } = options;
    const ignored = await ignoredPaths(this.#git, root, signal);
    const scan = await scanFolder({ root, ignored, limits: this.#limits(), signal });
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

interface Taken {
  readonly snapshot: StoredSnapshot;
  readonly manifest: Manifest;
}

function toCheckpoint({ id, tree, notes }: StoredSnapshot): Checkpoint {
  const { root, at, subject, moment, files, notCovered } = notes;
  return { id, tree, root, at, subject, moment, files, notCovered };
}
