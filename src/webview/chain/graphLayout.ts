import { Graph, layout } from '@dagrejs/dagre';

/*
 * A bundle of its own, loaded when the first graph is drawn: nobody who only looks at tasks waits for it.
 */

export interface GraphNode {
  readonly id: string;
  /** Ids of the nodes that come before it. */
  readonly needs: readonly string[];
}

interface GraphSize {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  /** `LR` grows to the right, `TB` downwards. */
  readonly direction: 'LR' | 'TB';
}

export interface PlacedNode {
  readonly id: string;
  /** Of its upper left corner, in px. */
  readonly x: number;
  readonly y: number;
}

interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** Where the line goes, from the middle of one node's end to the middle of the other's beginning. */
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly direction: GraphSize['direction'];
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const MARGIN = 8;
/** Between two nodes side by side, and between a node and the next one along the chain, in px. */
const BESIDE = 20;
const ALONG = { LR: 36, TB: 28 } as const;

/** Places the steps of a chain so that each stands after all that it needs. Needs that nobody has are left out. */
export function layoutGraph(nodes: readonly GraphNode[], size: GraphSize): GraphLayout {
  const graph = new Graph();
  graph.setGraph({
    rankdir: size.direction,
    nodesep: BESIDE,
    edgesep: 10,
    ranksep: ALONG[size.direction],
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(nodes.map(({ id }) => id));
  for (const { id } of nodes) {
    graph.setNode(id, { width: size.nodeWidth, height: size.nodeHeight });
  }
  for (const { id, needs } of nodes) {
    for (const before of needs.filter(need => known.has(need) && need !== id)) {
      graph.setEdge(before, id);
    }
  }
  layout(graph);
  inOrderOfNodes(graph, nodes, size.direction);
  const { width = 0, height = 0 } = graph.graph();
  return {
    direction: size.direction,
    width: Math.ceil(width),
    height: Math.ceil(height),
    nodes: nodes.map(({ id }) => {
      const { x, y } = graph.node(id);
      return { id, x: Math.round(x - size.nodeWidth / 2), y: Math.round(y - size.nodeHeight / 2) };
    }),
    edges: graph.edges().map(({ v, w }) => ({
      from: v,
      to: w,
      points: line(graph.node(v), graph.node(w), (graph.edge(v, w).points ?? []) as readonly Point[], size),
    })),
  };
}

/** Of equally good orders the layout takes any; mirrored, it is as good, and may begin with what was written first. */
function inOrderOfNodes(graph: Graph, nodes: readonly GraphNode[], direction: GraphSize['direction']): void {
  const [along, across] = direction === 'LR' ? (['x', 'y'] as const) : (['y', 'x'] as const);
  let swapped = 0;
  for (const [place, { id }] of nodes.entries()) {
    const node = graph.node(id) as Point;
    for (const later of nodes.slice(place + 1)) {
      const other = graph.node(later.id) as Point;
      swapped += other[along] === node[along] ? Math.sign(node[across] - other[across]) : 0;
    }
  }
  if (swapped <= 0) {
    return;
  }
  const label = graph.graph();
  const whole = (direction === 'LR' ? label.height : label.width) ?? 0;
  const points = graph.edges().flatMap(({ v, w }) => (graph.edge(v, w).points ?? []) as Point[]);
  for (const point of [...nodes.map(({ id }) => graph.node(id) as Point), ...points]) {
    Object.assign(point, { [across]: whole - point[across] });
  }
}

/** Around other nodes it goes where the layout says; to the next one it needs no bend. */
function line(from: Point, to: Point, points: readonly Point[], size: GraphSize): readonly Point[] {
  const bends = points.length <= 3 ? [] : points.slice(1, -1).map(({ x, y }) => ({ x, y }));
  return size.direction === 'LR'
    ? [{ x: from.x + size.nodeWidth / 2, y: from.y }, ...bends, { x: to.x - size.nodeWidth / 2, y: to.y }]
    : [{ x: from.x, y: from.y + size.nodeHeight / 2 }, ...bends, { x: to.x, y: to.y - size.nodeHeight / 2 }];
}

/** How many nodes stand one after another at most. */
export function depthOf(nodes: readonly GraphNode[]): number {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const depths = new Map<string, number>();
  const depth = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) {
      return known;
    }
    // A circle, which no checked command holds, ends here.
    depths.set(id, 1);
    const before = (byId.get(id)?.needs ?? []).filter(need => byId.has(need)).map(depth);
    const own = 1 + Math.max(0, ...before);
    depths.set(id, own);
    return own;
  };
  return Math.max(0, ...nodes.map(({ id }) => depth(id)));
}

/** How narrow a node may be to fit, how wide it may be, and how wide it is where all has to be scrolled, in px. */
const NARROWEST = 132;
const WIDEST = 196;
const READABLE = 168;
const NODE_HEIGHT = 44;

/**
 * To the right where that fits into the width there is, with nodes as wide as they can be; else the way that needs
 * the least scrolling.
 */
export function fittingLayout(
  nodes: readonly GraphNode[],
  room: { readonly width: number; readonly height: number },
): GraphLayout & { readonly nodeWidth: number; readonly nodeHeight: number } {
  const depth = Math.max(1, depthOf(nodes));
  const fits = Math.floor((room.width - 2 * MARGIN - (depth - 1) * ALONG.LR) / depth);
  const nodeHeight = NODE_HEIGHT;
  const laidOut = (direction: GraphSize['direction'], nodeWidth: number): ReturnType<typeof fittingLayout> => ({
    ...layoutGraph(nodes, { direction, nodeWidth, nodeHeight }),
    nodeWidth,
    nodeHeight,
  });
  const right = laidOut('LR', fits < NARROWEST ? READABLE : Math.min(WIDEST, fits));
  if (right.width <= room.width) {
    return right;
  }
  const down = laidOut('TB', WIDEST);
  const overflow = ({ width, height }: GraphLayout): number => Math.max(width / room.width, height / room.height);
  return overflow(right) < overflow(down) ? right : down;
}
