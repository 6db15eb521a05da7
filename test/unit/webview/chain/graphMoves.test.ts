import { describe, expect, it } from 'vitest';
import { edgePath } from '../../../../src/webview/chain/edgePath.ts';
import { graphMove } from '../../../../src/webview/chain/graphMoves.ts';

const NODES = [
  { id: 'top', x: 0, y: 0 },
  { id: 'bottom', x: 0, y: 60 },
  { id: 'next', x: 180, y: 30 },
  { id: 'last', x: 360, y: 30 },
];

describe('graphMove', () => {
  it('goes to the nearest step in the direction of the key', () => {
    expect(graphMove('ArrowRight', 'top', NODES)).toBe('next');
    expect(graphMove('ArrowDown', 'top', NODES)).toBe('bottom');
    expect(graphMove('ArrowUp', 'bottom', NODES)).toBe('top');
    expect(graphMove('ArrowLeft', 'last', NODES)).toBe('next');
  });

  it('goes to both ends', () => {
    expect([graphMove('Home', 'next', NODES), graphMove('End', 'top', NODES)]).toEqual(['top', 'last']);
  });

  it('stays where nothing lies in that direction, and at every other key', () => {
    expect(graphMove('ArrowLeft', 'top', NODES)).toBeUndefined();
    expect(graphMove('Enter', 'top', NODES)).toBeUndefined();
    expect(graphMove('toString', 'top', NODES)).toBeUndefined();
  });
});

describe('edgePath', () => {
  it('leaves and arrives along the direction of the graph', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 40, y: 20 },
    ];
    expect(edgePath(points, 'LR')).toBe('M0 0C20 0 20 20 40 20');
    expect(edgePath(points, 'TB')).toBe('M0 0C0 10 40 10 40 20');
  });

  it('is nothing without two points', () => {
    expect(edgePath([{ x: 1, y: 1 }], 'LR')).toBe('');
  });
});
