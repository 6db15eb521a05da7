import type { FileState } from '../core/checkpoints/checkpoint.ts';
import type { Hunk } from '../core/review/hunks.ts';
import type { ReviewDecision } from '../core/review/reviewFact.ts';

export interface ReviewedHunk extends Hunk {
  readonly decision: ReviewDecision;
}

/** One file that a task changed, and what was decided about it. */
export interface ReviewedFile {
  /** The folder that the path is relative to, absolute. */
  readonly root: string;
  /** With `/`; as in the snapshots. */
  readonly path: string;
  readonly kind: 'added' | 'modified' | 'deleted';
  readonly before: FileState | undefined;
  readonly after: FileState | undefined;
  /** Empty for a link, for what is no text, and for what is too large to be read hunk by hunk. */
  readonly hunks: readonly ReviewedHunk[];
  readonly added: number;
  readonly removed: number;
  readonly decision: ReviewDecision;
}

/** The changes of one task, as they are reviewed. */
export interface TaskReview {
  readonly taskId: string;
  readonly title: string;
  /** By root and path. */
  readonly files: readonly ReviewedFile[];
  /** How many of them nobody has decided about. */
  readonly open: number;
  /** Whether a snapshot leaves something out, so that the list may not be all. */
  readonly isPartial: boolean;
}
