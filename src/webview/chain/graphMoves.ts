import type { PlacedNode } from './graphLayout.ts';

const DIRECTIONS = {
  ArrowRight: { along: 'x', across: 'y', sign: 1 },
  ArrowLeft: { along: 'x', across: 'y', sign: -1 },
  ArrowDown: { along: 'y', across: 'x', sign: 1 },
  ArrowUp: { along: 'y', across: 'x', sign: -1 },
} as const;

/** How much worse a node is that lies aside than one that lies as far away straight on. */
const ASIDE = 2;

/** The node that a key leads to from the one with the focus; nothing when there is none in that direction. */
export function graphMove(key: string, from: string, nodes: readonly PlacedNode[]): string | undefined {
  if (key === 'Home' || key === 'End') {
    return nodes.at(key === 'Home' ? 0 : -1)?.id;
  }
  const direction = key in DIRECTIONS ? DIRECTIONS[key as keyof typeof DIRECTIONS] : undefined;
  const start = nodes.find(({ id }) => id === from);
  if (direction === undefined || start === undefined) {
    return undefined;
  }
  const { along, across, sign } = direction;
  const distance = (node: PlacedNode): number =>
    (node[along] - start[along]) * sign + Math.abs(node[across] - start[across]) * ASIDE;
  const [nearest] = nodes
    .filter(node => (node[along] - start[along]) * sign > 0)
    .sort((one, other) => distance(one) - distance(other));
  return nearest?.id;
}
