import type { PathChange } from '../../core/checkpoints/checkpoint.ts';
import type { UndoneFiles, UndoTarget } from '../../core/checkpoints/checkpointFact.ts';
import type { ConflictChoice, UndoItem, UndoPlan } from '../../core/checkpoints/undoPlan.ts';
import type { UndoResult } from '../../core/checkpoints/undoResult.ts';

/** Something that can be undone, for a list. */
export interface Undoable {
  readonly target: UndoTarget;
  readonly title: string;
  /** When its first snapshot was taken, and its last one; milliseconds since the epoch. */
  readonly from: number;
  readonly to?: number;
  /** `running`: it has to be stopped first. */
  readonly state: 'undoable' | 'running' | 'undone';
  /** It and earlier runs changed something, so that the last one can be undone alone. */
  readonly hasLastRun: boolean;
  readonly roots: readonly string[];
  /** How many files or folders its snapshots leave out. */
  readonly notCovered: number;
}

export interface OtherTask {
  readonly id: string;
  readonly title: string;
  /** Absolute paths that the plan would change as well. */
  readonly paths: readonly string[];
}

/** What an undo or redo would do now, in all folders. Only data; `apply` does it. */
export interface WorkspacePlan {
  readonly kind: 'undo' | 'redo';
  readonly target: UndoTarget;
  readonly title: string;
  readonly taskIds: readonly string[];
  /** The undo that a redo takes back. */
  readonly undoId?: string;
  /** False when only some paths were asked for. */
  readonly isWhole: boolean;
  /** It is of the last run of a task of which others changed something as well. */
  readonly isLastRun: boolean;
  /** One for each folder. */
  readonly plans: readonly UndoPlan[];
  /** Tasks that run at this moment in one of the folders; those that touch the same files come first. */
  readonly running: readonly OtherTask[];
  /** Tasks that worked at the same time and changed some of the same paths. */
  readonly shared: readonly OtherTask[];
  /** What a person should know before: sentences. */
  readonly notes: readonly string[];
}

export interface FolderChanges {
  readonly root: string;
  readonly changes: readonly PathChange[];
}

/** Asked for each conflict; `keepMine` leaves it as it is. */
export type Choose = (root: string, item: UndoItem) => ConflictChoice;

export interface WorkspaceResult {
  readonly undoId: string;
  readonly results: readonly UndoResult[];
}

/** An undo that can be taken back. */
export type UndoRecordView = Pick<UndoneFiles, 'undoId' | 'by' | 'target' | 'title' | 'done'> & { readonly at: number };
