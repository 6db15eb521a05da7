import type { HeightIndex } from './heightIndex.ts';

/** One piece of what is in the document: a row, or the space of rows that are not. */
export type Piece =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'space'; readonly before: number; readonly height: number };

export interface RowRange {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** The rows that touch the part of the list between two distances from its top. */
export function rowsBetween(heights: HeightIndex, top: number, bottom: number): RowRange {
  if (heights.count === 0 || bottom < 0) {
    return { first: 0, end: 0 };
  }
  const first = heights.indexAt(top);
  const end = Math.min(heights.count, heights.indexAt(bottom) + 1);
  return { first, end: Math.max(first, end) };
}

/** What to put into the document: the rows of the range, those that must stay, and spaces between them. */
export function piecesFor(heights: HeightIndex, range: RowRange, kept: readonly number[]): Piece[] {
  const indexes = new Set(kept.filter(index => index >= 0 && index < heights.count));
  for (let index = range.first; index < range.end; index++) {
    indexes.add(index);
  }
  const pieces: Piece[] = [];
  let next = 0;
  for (const index of [...indexes].sort((a, b) => a - b)) {
    addSpace(pieces, heights, next, index);
    pieces.push({ kind: 'row', index });
    next = index + 1;
  }
  addSpace(pieces, heights, next, heights.count);
  return pieces;
}

function addSpace(pieces: Piece[], heights: HeightIndex, from: number, to: number): void {
  const height = heights.offsetOf(to) - heights.offsetOf(from);
  if (to > from && height > 0) {
    pieces.push({ kind: 'space', before: to, height });
  }
}
