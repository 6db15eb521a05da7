import { lstat, readFile } from 'node:fs/promises';
import type { Clock } from '../../base/clock.ts';
import type { NewId } from '../../base/ids.ts';
import type { UserKey } from '../security/userKey.ts';
import {
  type Checkpoint,
  type CheckpointLabel,
  type CheckpointRef,
  type CoverageLimits,
  DEFAULT_LIMITS,
  type PathChange,
} from './checkpoint.ts';
import { pathChanges } from './git/pathChanges.ts';
import { diffSnapshots } from './git/snapshotDiff.ts';
import type { StoredSnapshot } from './git/snapshotReader.ts';
import { SnapshotStore } from './git/snapshotStore.ts';
import { KEPT, PASSING } from './git/storeUpkeep.ts';
import type { DiskUsage, RetentionRules } from './retention.ts';
import { inRoot } from './systemPath.ts';
import { applyPlan } from './undo/applyPlan.ts';
import { buildPlan } from './undo/buildPlan.ts';
import { composeDiffs } from './undo/composeDiffs.ts';
import { FileChanger } from './undo/fileChanger.ts';
import { PresentState } from './undo/presentState.ts';
import type { ConflictChoice, UndoPlan } from './undoPlan.ts';
import type { UndoRecord, UndoResult } from './undoResult.ts';

interface CheckpointsParts {
  /** The folder whose `.claude-panel/` keeps the snapshots, absolute. */
  readonly workspace: string;
  /** The folder that they are of: the workspace itself, or another one. Absolute. */
  readonly root: string;
  /** The full path of git, as far as there is one. */
  readonly git: () => Promise<string | undefined>;
  readonly environment: NodeJS.ProcessEnv;
  /** Marks what the programs of this user made; other snapshots are not used. */
  readonly userKey: UserKey;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly limits?: () => CoverageLimits;
}

/** Ids of two snapshots. */
export interface UndoSpan {
  readonly before: string;
  readonly after: string;
}

interface UndoOptions {
  /** Only these, and what is below them. */
  readonly paths?: readonly string[];
  /** True for a path that another task may have changed: it is put back only when it is chosen. */
  readonly isDoubtful?: (path: string) => boolean;
}

/**
 * The snapshots of one folder, in a git directory of our own. The user's HEAD, index, stash and refs are never touched,
 * and nothing of the folder's own configuration runs. Any number of processes may use the same store.
 * Methods reject with a CheckpointError.
 */
export class Checkpoints {
  readonly root: string;
  readonly #store: SnapshotStore;
  readonly #limits: () => CoverageLimits;

  constructor({ limits = () => DEFAULT_LIMITS, ...parts }: CheckpointsParts) {
    this.root = parts.root;
    this.#limits = limits;
    this.#store = new SnapshotStore({ ...parts, limits });
  }

  /** Takes a snapshot of everything that is covered. It stays until it is pruned. */
  async take(label: CheckpointLabel, signal?: AbortSignal): Promise<Checkpoint> {
    return toCheckpoint((await this.#store.take(label, KEPT, signal)).snapshot);
  }

  /** The same only to compare with: it goes with the next tidying up. */
  async lookAt(signal?: AbortSignal): Promise<Checkpoint> {
    const label = { subject: 'what is there now', moment: 'manual' } as const;
    return toCheckpoint((await this.#store.take(label, PASSING, signal)).snapshot);
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
    return pathChanges(await this.#store.reader(), earlier, later);
  }

  /** The paths that differ between two snapshots, and nothing more about them. */
  async changedPaths({ before, after }: UndoSpan): Promise<ReadonlySet<string>> {
    const reader = await this.#store.reader();
    const { paths } = await diffSnapshots(reader, await reader.snapshot(before), await reader.snapshot(after));
    return new Set(paths.keys());
  }

  /** The content of a file, or the target of a link. @param blob from a FileState */
  async content(blob: string): Promise<Uint8Array> {
    return (await this.#store.reader()).content(blob);
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
    const reader = await this.#store.reader();
    const stored = [];
    const diffs = [];
    for (const { before, after } of spans) {
      const ends = { before: await reader.snapshot(before), after: await reader.snapshot(after) };
      stored.push(ends);
      diffs.push(await diffSnapshots(reader, ends.before, ends.after));
    }
    const diff = composeDiffs(diffs);
    const states = [...diff.paths.values()].flatMap(({ before, after }) => [before, after]);
    const present = this.#present();
    return buildPlan({
      root: this.root,
      spans: stored,
      diff,
      sizes: await reader.sizes(new Set(states.flatMap(state => state?.blob ?? []))),
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
    const before = await this.#store.take({ ...label, subject: `Before: ${label.subject}` }, KEPT, signal);
    const reader = await this.#store.reader();
    const outcome = await applyPlan({
      plan,
      choices,
      changer: new FileChanger(this.root),
      now: path => this.#present().at(path),
      saved: path => before.manifest.entries.get(path),
      contents: blobs => reader.contents(blobs),
      signal,
    });
    // Also after an abort: what was done has to be known.
    const after = await this.#store.take({ ...label, subject: `After: ${label.subject}` }, KEPT);
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
    return this.#store.exists();
  }

  /** When {@link prune} ended last, in milliseconds since the epoch; 0 when it never did. */
  prunedAt(): Promise<number> {
    return this.#store.prunedAt();
  }

  /** What was noted then; empty when nothing was. Whoever can write in the workspace can have written it. */
  pruneNote(): Promise<string> {
    return this.#store.pruneNote();
  }

  /** @param keep ids of those that are needed */
  usage(keep: ReadonlySet<string> = new Set()): Promise<DiskUsage> {
    return this.#store.usage(keep);
  }

  /**
   * Removes old snapshots, and more of them while the disk use is too large. The newest one always stays.
   * @param note for {@link pruneNote}
   */
  prune(rules: RetentionRules, note = ''): Promise<{ readonly removed: number; readonly bytes: number }> {
    return this.#store.prune(rules, note);
  }

  #present(): PresentState {
    const { fileBytes } = this.#limits();
    return new PresentState({ root: this.root, ignoresCase: this.#store.ignoresCase, fileBytes });
  }

  async #snapshot(id: string): Promise<StoredSnapshot> {
    return (await this.#store.reader()).snapshot(id);
  }
}

function toCheckpoint({ id, tree, notes }: StoredSnapshot): Checkpoint {
  const { root, at, subject, moment, files, notCovered } = notes;
  return { id, tree, root, at, subject, moment, files, notCovered };
}
