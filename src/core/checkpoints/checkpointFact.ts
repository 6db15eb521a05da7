import type { Failure } from '../../base/panelError.ts';
import type { Actor } from '../events/actor.ts';
import type { Fact } from '../events/cloudEvent.ts';

/** The snapshot of one folder, taken before or after something that may write there. */
export interface TakenSnapshot {
  /** The folder, absolute. */
  readonly root: string;
  /** Of the snapshot; undefined when there is none. */
  readonly id?: string;
  /** Why there is none. */
  readonly failure?: Failure;
  /** How many files or folders it leaves out. */
  readonly notCovered: number;
  /** Of one after a run: how many paths differ from the one before; undefined when that is not known. */
  readonly changed?: number;
}

/** The snapshots of all folders around one run of a task, or around a chain. */
export interface TakenSnapshots {
  readonly moment: 'before' | 'after';
  /** Which run of the task: a task that is continued has several. 0 for a chain. */
  readonly attempt: number;
  /** The process that took it, and takes the one after. */
  readonly hostId: string;
  readonly snapshots: readonly TakenSnapshot[];
}

/** What an undo or redo was of. */
export type UndoTarget =
  /** All that it did, or what its last run did. */
  | { readonly kind: 'task'; readonly id: string; readonly runs?: 'last' }
  | { readonly kind: 'chain'; readonly id: string }
  /** Everything that tasks did since then; milliseconds since the epoch. */
  | { readonly kind: 'since'; readonly at: number };

/** What has to be known to take an undo back, by folder. */
export interface UndoneRoot {
  readonly root: string;
  readonly before: string;
  readonly after: string;
  readonly paths: readonly string[];
}

export interface UndoneFiles {
  readonly undoId: string;
  readonly by: Actor;
  readonly target: UndoTarget;
  readonly title: string;
  readonly taskIds: readonly string[];
  readonly done: number;
  /** Conflicts that were left as they are. */
  readonly kept: number;
  readonly failed: number;
  /** Nothing of it is left: no file was left out, kept or failed. */
  readonly isWhole: boolean;
  /** Nothing of its last run is left, but what earlier ones did is. */
  readonly isLastRun?: true;
  /** Only under the subject {@link UNDO_SUBJECT}; under a task it is empty. */
  readonly roots: readonly UndoneRoot[];
}

/** Every undo and redo is told once under this subject, and in short under each task that it was of. */
export const UNDO_SUBJECT = 'undo';

export type CheckpointFact =
  /** The subject is the task or the chain. */
  | Fact<'claude-panel.checkpoint.taken', TakenSnapshots>
  | Fact<'claude-panel.checkpoint.undone', UndoneFiles>
  /** `undoId` is that of the undo that was taken back; the record takes back the redo. */
  | Fact<'claude-panel.checkpoint.redone', UndoneFiles>;
