import { describe, expect, it } from 'vitest';
import { HeightIndex } from '../../../../src/webview/virtual/heightIndex.ts';
import { movedIndex, rovingMove } from '../../../../src/webview/virtual/rovingFocus.ts';
import { piecesFor, rowsBetween } from '../../../../src/webview/virtual/visibleRange.ts';

function rows(count: number): HeightIndex {
  const heights = new HeightIndex(10);
  heights.resize(count);
  return heights;
}

describe('rowsBetween', () => {
  it('holds every row that touches the part', () => {
    expect(rowsBetween(rows(100), 95, 121)).toEqual({ first: 9, end: 13 });
  });

  it('stops at both ends of the list', () => {
    expect(rowsBetween(rows(5), -50, 500)).toEqual({ first: 0, end: 5 });
  });

  it('is empty for an empty list and above the first row', () => {
    expect(rowsBetween(rows(0), 0, 100)).toEqual({ first: 0, end: 0 });
    expect(rowsBetween(rows(5), -200, -100)).toEqual({ first: 0, end: 0 });
  });
});

describe('piecesFor', () => {
  it('stands in for rows that are not in the document by spaces of their height', () => {
    expect(piecesFor(rows(10), { first: 4, end: 6 }, [])).toEqual([
      { kind: 'space', before: 4, height: 40 },
      { kind: 'row', index: 4 },
      { kind: 'row', index: 5 },
      { kind: 'space', before: 10, height: 40 },
    ]);
  });

  it('keeps a row far away that has the focus', () => {
    expect(piecesFor(rows(10), { first: 0, end: 1 }, [8])).toEqual([
      { kind: 'row', index: 0 },
      { kind: 'space', before: 8, height: 70 },
      { kind: 'row', index: 8 },
      { kind: 'space', before: 10, height: 10 },
    ]);
  });

  it('draws a kept row once, and none that is gone', () => {
    expect(piecesFor(rows(2), { first: 0, end: 2 }, [1, 7, -1])).toEqual([
      { kind: 'row', index: 0 },
      { kind: 'row', index: 1 },
    ]);
  });
});

describe('roving focus', () => {
  const key = (name: string, change = {}) => ({
    key: name,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...change,
  });

  it('knows the keys of a list, and leaves those with modifiers alone', () => {
    expect(rovingMove(key('ArrowDown'))).toBe('next');
    expect(rovingMove(key('ArrowDown', { altKey: true }))).toBeUndefined();
    expect(rovingMove(key('a'))).toBeUndefined();
  });

  it('does not leave the list', () => {
    expect([
      movedIndex('previous', 0, 5),
      movedIndex('next', 4, 5),
      movedIndex('last', 0, 5),
      movedIndex('pageUp', 3, 5),
    ]).toEqual([0, 4, 4, 0]);
  });
});
