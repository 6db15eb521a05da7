import type { ReviewedFile, ReviewedHunk, TaskReview } from '../../app/taskReview.ts';
import { oneLine } from '../presenters/shownText.ts';

/** A row of the review: a file, or one of its hunks. */
export type ReviewNode =
  | { readonly kind: 'file'; readonly file: ReviewedFile }
  | { readonly kind: 'hunk'; readonly file: ReviewedFile; readonly hunk: ReviewedHunk };

const LONGEST_LABEL = 80;

export function nodesOf(review: TaskReview | undefined, parent: ReviewNode | undefined): readonly ReviewNode[] {
  if (parent === undefined) {
    return (review?.files ?? []).map(file => ({ kind: 'file', file }));
  }
  // A file with one hunk is that hunk.
  return parent.kind === 'file' && parent.file.hunks.length > 1
    ? parent.file.hunks.map(hunk => ({ kind: 'hunk', file: parent.file, hunk }))
    : [];
}

/** Stays the same while the same change is shown. */
export function nodeId(node: ReviewNode): string {
  const parts = [node.file.root, node.file.path, ...(node.kind === 'hunk' ? [node.hunk.id] : [])];
  return parts.map(encodeURIComponent).join(' ');
}

/** What menus look at: `reviewFile.open`, `reviewHunk.accepted` and so on. */
export function nodeContext(node: ReviewNode): string {
  return node.kind === 'file' ? `reviewFile.${node.file.decision}` : `reviewHunk.${node.hunk.decision}`;
}

/** Such as `+12 −3`; empty for what has no lines. */
export function countsOf({ added, removed }: { readonly added: number; readonly removed: number }): string {
  return [...(added > 0 ? [`+${added}`] : []), ...(removed > 0 ? [`−${removed}`] : [])].join(' ');
}

/** The first line that says something, of those that came, else of those that went. */
export function hunkLabel({ lines }: Pick<ReviewedHunk, 'lines'>): string {
  const marked = (sign: string): string | undefined =>
    lines.find(line => line.startsWith(sign) && line.slice(1).trim() !== '');
  const line = marked('+') ?? marked('-') ?? lines.find(changed => /^[+-]/.test(changed)) ?? '';
  return `${line.slice(0, 1).replace('-', '−')} ${oneLine(line.slice(1), LONGEST_LABEL)}`.trim();
}

/** The first changed line, as it is after the task; counts from 1. */
export function firstChangedLine({ lines, newStart }: Pick<ReviewedHunk, 'lines' | 'newStart'>): number {
  const context = lines.findIndex(line => !line.startsWith(' '));
  return Math.max(1, newStart + Math.max(0, context));
}
