import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf, fittingLayout, type GraphNode, layoutGraph } from '../../../../src/webview/chain/graphLayout.ts';

const SIZE = { nodeWidth: 150, nodeHeight: 44 };

/** Graphs without circles: a node needs only such as come before it. */
const graphs = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 30 }).map(needs =>
  needs.map(
    (picks, place): GraphNode => ({
      id: `n${place}`,
      needs: place === 0 ? [] : [...new Set(picks.map(pick => `n${pick % place}`))],
    }),
  ),
);

describe('layoutGraph', () => {
  it('puts no step on another, and each after all that it needs', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom('LR' as const, 'TB' as const), (nodes, direction) => {
        const layout = layoutGraph(nodes, { ...SIZE, direction });
        const at = new Map(layout.nodes.map(node => [node.id, node]));
        for (const [place, one] of layout.nodes.entries()) {
          for (const other of layout.nodes.slice(place + 1)) {
            const apart = Math.abs(one.x - other.x) >= SIZE.nodeWidth || Math.abs(one.y - other.y) >= SIZE.nodeHeight;
            expect(apart).toBe(true);
          }
        }
        for (const { id, needs } of nodes) {
          for (const before of needs) {
            const [from, to] = [at.get(before), at.get(id)];
            expect(direction === 'LR' ? (from?.x ?? 0) < (to?.x ?? 0) : (from?.y ?? 0) < (to?.y ?? 0)).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leads each line from the end of one step to the beginning of the next', () => {
    const { nodes, edges } = layoutGraph(
      [
        { id: 'a', needs: [] },
        { id: 'b', needs: ['a'] },
      ],
      {
        ...SIZE,
        direction: 'LR',
      },
    );
    const [a, b] = nodes;
    expect(edges).toEqual([
      {
        from: 'a',
        to: 'b',
        points: [
          { x: (a?.x ?? 0) + SIZE.nodeWidth, y: (a?.y ?? 0) + SIZE.nodeHeight / 2 },
          { x: b?.x, y: (b?.y ?? 0) + SIZE.nodeHeight / 2 },
        ],
      },
    ]);
  });

  it('keeps steps that start together in the order of the file', () => {
    const { nodes } = layoutGraph(
      [
        { id: 'first', needs: [] },
        { id: 'second', needs: [] },
        { id: 'third', needs: [] },
        { id: 'last', needs: ['first', 'second', 'third'] },
      ],
      { ...SIZE, direction: 'LR' },
    );
    expect(
      nodes
        .slice(0, 3)
        .toSorted((one, other) => one.y - other.y)
        .map(({ id }) => id),
    ).toEqual(['first', 'second', 'third']);
  });

  it('draws a graph whose needs are missing or go in a circle', () => {
    const broken = [
      { id: 'a', needs: ['b', 'gone'] },
      { id: 'b', needs: ['a', 'b'] },
    ];
    expect(layoutGraph(broken, { ...SIZE, direction: 'LR' }).nodes).toHaveLength(2);
    expect(depthOf(broken)).toBeGreaterThan(0);
  });
});

describe('fittingLayout', () => {
  const row = (count: number): GraphNode[] =>
    Array.from({ length: count }, (_, place) => ({ id: `n${place}`, needs: place === 0 ? [] : [`n${place - 1}`] }));

  it('grows to the right as long as that fits, with wider steps where there is room', () => {
    const few = fittingLayout(row(3), { width: 900, height: 500 });
    const more = fittingLayout(row(5), { width: 900, height: 500 });
    expect([few.direction, more.direction]).toEqual(['LR', 'LR']);
    expect(few.nodeWidth).toBeGreaterThan(more.nodeWidth);
    expect(more.width).toBeLessThanOrEqual(900);
  });

  it('goes downwards where the width is too small', () => {
    expect(fittingLayout(row(6), { width: 480, height: 500 }).direction).toBe('TB');
  });

  it('goes the way that needs less scrolling when neither fits', () => {
    const wide = [
      { id: 'root', needs: [] },
      ...Array.from({ length: 24 }, (_, place) => ({ id: `n${place}`, needs: ['root'] })),
      ...Array.from({ length: 24 }, (_, place) => ({ id: `m${place}`, needs: [`n${place}`] })),
      { id: 'far', needs: ['m0'] },
      { id: 'farther', needs: ['far'] },
    ];
    expect(fittingLayout(wide, { width: 500, height: 500 }).direction).toBe('LR');
  });
});
