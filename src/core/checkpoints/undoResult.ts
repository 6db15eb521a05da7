import type { Failure } from '../../base/panelError.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ConflictReason } from './undoPlan.ts';

/** What was done to the files. */
export interface UndoOutcome {
  readonly done: readonly {
    readonly path: string;
    readonly did: 'restored' | 'removed' | 'savedBeside';
    /** For `savedBeside`: where the earlier content is. */
    readonly savedAs?: string;
  }[];
  /** Conflicts that were left as they are. */
  readonly kept: readonly { readonly path: string; readonly reason: ConflictReason }[];
  readonly failed: readonly { readonly path: string; readonly failure: Failure }[];
  readonly foldersRemoved: readonly string[];
  readonly foldersMade: readonly string[];
}

export interface UndoResult extends UndoOutcome {
  readonly root: string;
  /** Taken right before: a redo puts this back. */
  readonly before: Checkpoint;
  /** Taken right after: a redo puts back only where this is still so. */
  readonly after: Checkpoint;
}

/** What a redo needs to know of an undo; an undo of a redo just the same. */
export interface UndoRecord {
  readonly before: string;
  readonly after: string;
  readonly paths: readonly string[];
}

export function recordOf({ before, after, done, foldersMade, foldersRemoved }: UndoResult): UndoRecord {
  const paths = done.flatMap(({ path, savedAs }) => (savedAs === undefined ? [path] : [savedAs]));
  return { before: before.id, after: after.id, paths: [...new Set([...paths, ...foldersMade, ...foldersRemoved])] };
}
