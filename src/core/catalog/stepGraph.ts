import type { GraphStep } from './command.ts';
import type { LeafStep, Step } from './commandSchema.ts';

/** A step with the way to it in the file. */
export interface PlacedStep {
  readonly step: LeafStep;
  readonly path: readonly (string | number)[];
}

/** Every step in the order of the file, those of parallel groups included. */
export function leafSteps(steps: readonly Step[]): readonly PlacedStep[] {
  return steps.flatMap((step, index): readonly PlacedStep[] =>
    'parallel' in step
      ? step.parallel.map((leaf, inside) => ({ step: leaf, path: ['steps', index, 'parallel', inside] }))
      : [{ step, path: ['steps', index] }],
  );
}

/**
 * Takes groups apart and says of each step what comes before it. A step without `needs` follows the one above it, or
 * all of the group above it. A step that is only there for the failure of others stands outside this order: it follows
 * those, and nothing follows it by default.
 */
export function stepGraph(steps: readonly Step[]): readonly GraphStep[] {
  const leaves = leafSteps(steps).map(({ step }) => step);
  const rescued = new Map<string, string[]>();
  for (const { id, onFailure } of leaves) {
    if (typeof onFailure === 'object') {
      rescued.set(onFailure.step, [...(rescued.get(onFailure.step) ?? []), id]);
    }
  }
  const graph: GraphStep[] = [];
  let above: readonly string[] = [];
  for (const step of steps) {
    const group = 'parallel' in step ? step.parallel : [step];
    const before = above;
    graph.push(...group.map(leaf => ({ ...leaf, needs: [...(leaf.needs ?? rescued.get(leaf.id) ?? before)] })));
    const inOrder = group.filter(({ id }) => !rescued.has(id)).map(({ id }) => id);
    above = inOrder.length > 0 ? inOrder : before;
  }
  return graph;
}

/** The steps that come right before one: those that it needs, and those whose failure it is for. */
export function directlyBefore(steps: readonly GraphStep[], step: GraphStep): readonly string[] {
  const rescued = steps.filter(({ onFailure }) => typeof onFailure === 'object' && onFailure.step === step.id);
  return [...new Set([...step.needs, ...rescued.map(({ id }) => id)])];
}

/** All steps that have ended, or were skipped, when one begins. */
export function allBefore(steps: readonly GraphStep[], id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (current: string): void => {
    const step = steps.find(other => other.id === current);
    for (const before of step === undefined ? [] : directlyBefore(steps, step)) {
      if (!found.has(before)) {
        found.add(before);
        look(before);
      }
    }
  };
  look(id);
  return found;
}

/** Ids that wait for one another, the first one again at the end; nothing when there are none. */
export function cycleIn(nodes: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of nodes.keys()) {
    const cycle = cycleFrom(start, [], nodes, done);
    if (cycle !== undefined) {
      return cycle;
    }
  }
  return undefined;
}

function cycleFrom(
  id: string,
  way: readonly string[],
  nodes: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): readonly string[] | undefined {
  const at = way.indexOf(id);
  if (at >= 0) {
    return [...way.slice(at), id];
  }
  if (done.has(id)) {
    return undefined;
  }
  for (const before of nodes.get(id) ?? []) {
    const cycle = cycleFrom(before, [...way, id], nodes, done);
    if (cycle !== undefined) {
      return cycle;
    }
  }
  done.add(id);
  return undefined;
}
