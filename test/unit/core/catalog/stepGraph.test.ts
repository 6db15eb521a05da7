import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../../src/core/catalog/commandSchema.ts';
import { allBefore, cycleIn, directlyBefore, stepGraph } from '../../../../src/core/catalog/stepGraph.ts';

function step(id: string, more: object = {}): Step {
  return { id, prompt: 'x', ...more } as Step;
}

function needsOf(steps: readonly Step[]): Record<string, readonly string[]> {
  return Object.fromEntries(stepGraph(steps).map(({ id, needs }) => [id, needs]));
}

describe('the order of steps', () => {
  it('is the one in the file, and that of the groups', () => {
    const steps = [step('a'), { parallel: [step('b'), step('c')] } as Step, step('d'), step('e')];
    expect(needsOf(steps)).toEqual({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'], e: ['d'] });
  });

  it('is what a step says itself, also inside of a group', () => {
    const steps = [
      step('a'),
      { parallel: [step('b', { needs: [] }), step('c')] } as Step,
      step('d', { needs: ['b'] }),
      step('e'),
    ];
    expect(needsOf(steps)).toEqual({ a: [], b: [], c: ['a'], d: ['b'], e: ['d'] });
  });

  it('goes past a step that is only there for the failure of others', () => {
    const steps = [
      step('a', { onFailure: { step: 'help' } }),
      step('help'),
      step('b', { onFailure: { step: 'help' } }),
      step('c'),
    ];
    expect(needsOf(steps)).toEqual({ a: [], help: ['a', 'b'], b: ['a'], c: ['b'] });
    expect(directlyBefore(stepGraph(steps), stepGraph(steps)[1] as never)).toEqual(['a', 'b']);
  });

  it('knows all that has ended before a step begins', () => {
    const graph = stepGraph([step('a'), { parallel: [step('b'), step('c')] } as Step, step('d')]);
    expect([...allBefore(graph, 'd')].sort()).toEqual(['a', 'b', 'c']);
    expect([...allBefore(graph, 'b')]).toEqual(['a']);
  });

  it('never has a cycle that the author did not write, and finds one that he did', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 2 });
    fc.assert(
      fc.property(ids, fc.array(fc.nat(7)), (names, cuts) => {
        const steps = names.map((id, index) => (cuts.includes(index) ? ({ parallel: [step(id)] } as Step) : step(id)));
        const nodes = new Map(stepGraph(steps).map(({ id, needs }) => [id, needs]));
        expect(cycleIn(nodes)).toBeUndefined();
        const [first = '', last = ''] = [names[0], names.at(-1)];
        const closed = new Map<string, readonly string[]>([...nodes, [first, [last]]]);
        const cycle = cycleIn(closed) ?? [];
        expect(cycle[0]).toBe(cycle.at(-1));
        expect(cycle.slice(1).every((id, index) => closed.get(cycle[index] ?? '')?.includes(id))).toBe(true);
        expect(cycle.length).toBeGreaterThan(1);
      }),
    );
  });
});
