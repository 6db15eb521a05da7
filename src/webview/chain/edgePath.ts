import type { GraphLayout, Point } from './graphLayout.ts';

/** The line of an edge as SVG path data: it leaves and arrives straight, and bends softly in between. */
export function edgePath(points: readonly Point[], direction: GraphLayout['direction']): string {
  const [first, ...rest] = points;
  if (first === undefined || rest.length === 0) {
    return '';
  }
  const curves = rest.map((to, place) => {
    const from = points[place] ?? first;
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    return direction === 'LR'
      ? `C${at({ x: middle.x, y: from.y })} ${at({ x: middle.x, y: to.y })} ${at(to)}`
      : `C${at({ x: from.x, y: middle.y })} ${at({ x: to.x, y: middle.y })} ${at(to)}`;
  });
  return `M${at(first)}${curves.join('')}`;
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
