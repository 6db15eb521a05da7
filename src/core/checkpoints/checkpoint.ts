/** When a snapshot was taken: around a task or chain, before and after an undo or redo, or because somebody asked. */
export type CheckpointMoment = 'before' | 'after' | 'undo' | 'redo' | 'manual';

/** Paths are relative to the root, with `/`; a byte of a name that is no UTF-8 is a lone surrogate U+DC80–U+DCFF. */
export interface NotCovered {
  /** A file or folder; of a folder, nothing below it is covered. */
  readonly path: string;
  readonly reason: NotCoveredReason;
  readonly bytes?: number;
}

export type NotCoveredReason =
  /** Above the size for one file. */
  | 'tooLarge'
  /** Git ignores it, and it is above the sizes that are set for ignored files. */
  | 'ignoredTooLarge'
  /** A repository inside this folder, a submodule or a linked worktree: its own git keeps it. */
  | 'nestedRepository'
  /** A socket, pipe or device. */
  | 'special'
  /** The system refused to read it. */
  | 'unreadable'
  /** Called like a folder of git. */
  | 'reservedName';

/** Where a snapshot is; enough to name it, for the log. */
export interface CheckpointRef {
  /** Of the commit in our own git directory. */
  readonly id: string;
}

export interface Checkpoint extends CheckpointRef {
  /** Of the tree that holds the files. */
  readonly tree: string;
  /** The folder, absolute. */
  readonly root: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly subject: string;
  readonly moment: CheckpointMoment;
  /** Files and links that it holds. */
  readonly files: number;
  readonly notCovered: readonly NotCovered[];
}

export interface CheckpointLabel {
  readonly subject: string;
  readonly moment: CheckpointMoment;
}

/** What is at a path, in a snapshot. */
export interface FileState {
  readonly kind: 'file' | 'link';
  /** Of the content, or of the target of the link. */
  readonly blob: string;
  readonly size: number;
  /** The nine bits of the permissions; 0o777 for a link. */
  readonly permissions: number;
}

export interface PathChange {
  readonly path: string;
  readonly kind: 'added' | 'modified' | 'deleted' | 'renamed' | 'typeChanged' | 'modeChanged';
  /** Where it was before, for `renamed`. */
  readonly from?: string;
  readonly before?: FileState;
  readonly after?: FileState;
  readonly isBinary: boolean;
  /** Lines; 0 for a binary file. */
  readonly added: number;
  readonly removed: number;
}

/** In bytes and numbers; what is set by the user arrives here. */
export interface CoverageLimits {
  readonly fileBytes: number;
  /** All files together, and how many: a folder above it gets no snapshot at all, and says so. */
  readonly totalBytes: number;
  readonly totalFiles: number;
  readonly ignoredFileBytes: number;
  /** All ignored files together. */
  readonly ignoredBytes: number;
  /** Of one ignored folder; `node_modules` and the like are above it. */
  readonly ignoredFolderFiles: number;
}

const MEGABYTE = 1024 * 1024;

export const DEFAULT_LIMITS: CoverageLimits = {
  fileBytes: 50 * MEGABYTE,
  totalBytes: 4096 * MEGABYTE,
  totalFiles: 200_000,
  ignoredFileBytes: 5 * MEGABYTE,
  ignoredBytes: 100 * MEGABYTE,
  ignoredFolderFiles: 1000,
};
