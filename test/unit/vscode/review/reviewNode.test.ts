import { describe, expect, it } from 'vitest';
import type { ReviewedFile, TaskReview } from '../../../../src/app/taskReview.ts';
import { hunksOf } from '../../../../src/core/review/hunks.ts';
import {
  countsOf,
  firstChangedLine,
  hunkLabel,
  nodeContext,
  nodeId,
  nodesOf,
} from '../../../../src/vscode/review/reviewNode.ts';

const before = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
const after = before.replace('line 3\n', 'three\n').replace('line 25\n', '');
const hunks = hunksOf(before, after).map(hunk => ({ ...hunk, decision: 'open' as const }));
const file: ReviewedFile = {
  root: '/w',
  path: 'a b.ts',
  kind: 'modified',
  before: undefined,
  after: undefined,
  hunks,
  added: 1,
  removed: 2,
  decision: 'open',
};
const review: TaskReview = { taskId: 't', title: 'T', files: [file], open: 1, isPartial: false };

describe('the rows of a review', () => {
  it('are the files, and below a file with several hunks those', () => {
    const [row] = nodesOf(review, undefined);
    expect(row).toEqual({ kind: 'file', file });
    expect(nodesOf(review, row)).toHaveLength(2);
    expect(nodesOf(review, { kind: 'file', file: { ...file, hunks: hunks.slice(1) } })).toEqual([]);
    expect(nodesOf(undefined, undefined)).toEqual([]);
  });

  it('have ids and contexts of their own', () => {
    const rows = [...nodesOf(review, undefined), ...nodesOf(review, { kind: 'file', file })];
    expect(new Set(rows.map(nodeId)).size).toBe(3);
    expect(rows.map(nodeContext)).toEqual(['reviewFile.open', 'reviewHunk.open', 'reviewHunk.open']);
  });

  it('say what changed and where', () => {
    expect(hunks.map(hunkLabel)).toEqual(['+ three', '− line 25']);
    expect(hunks.map(firstChangedLine)).toEqual([4, 26]);
    expect(hunks.map(countsOf)).toEqual(['+1 −1', '−1']);
  });

  it('make hidden characters of the changed line visible', () => {
    const [hunk] = hunksOf('', 'a\u202eb\n');
    expect(hunkLabel({ lines: hunk?.lines ?? [] })).not.toContain('\u202e');
  });
});
