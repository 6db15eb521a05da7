import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkExpression,
  evaluateCondition,
  evaluateExpression,
  evaluateItems,
} from '../../../../src/core/catalog/expression.ts';
import type { ValueScope } from '../../../../src/core/catalog/valueScope.ts';
import { anyText } from '../../anyText.ts';

const scope: ValueScope = {
  inputs: { count: 3, ratio: 2.5, name: 'Ada', on: true, nothing: null },
  inputsFrom: 'person',
  steps: {
    a: { state: 'succeeded', output: { list: [1, 2, { k: 'v' }], text: 'x' } },
    'b-c': { state: 'failed', output: null, failure: 'It broke.' },
  },
  item: { p: 1 },
  workspace: { folder: '/work' },
};

describe('an expression', { timeout: 30_000 }, () => {
  it.each([
    ['inputs.count > 2 && inputs.on', true],
    ['inputs.count + 1', 4],
    ['inputs.count == 3', true],
    ['inputs.ratio > 2', true],
    ['inputs.nothing == null', true],
    ['inputs.name.startsWith("A")', true],
    ['steps.a.output.list.filter(x, x == 1)', [1]],
    ['steps.a.output.list', [1, 2, { k: 'v' }]],
    ['steps["b-c"].state == "failed"', true],
    ['has(steps.a.output.nope)', false],
    ['size(steps.a.output.list)', 3],
    ['"x" in steps.a.output', false],
    ['"text" in steps.a.output', true],
    ['${{ item.p }}', 1],
    ['workspace.folder', '/work'],
    ['inputs.count > 2 ? ["a"] : []', ['a']],
    [
      'steps.a.output.list.map(x, steps.a.output.list.map(y, 1))',
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
    ],
  ])('%s', (text, value) => {
    expect(checkExpression(text).state).toBe('good');
    expect(evaluateExpression(text, scope)).toEqual(value);
  });

  it.each([
    'steps.a.output.nope',
    'inputs.__proto__',
    'inputs.constructor',
    'b"x"',
    'duration("1s")',
    '1 / 0',
    'inputs.name + 1',
  ])('fails with a reason: %s', text => {
    expect(() => evaluateExpression(text, scope)).toThrowError(
      expect.objectContaining({ family: 'catalog', reason: 'expressionFailed' }),
    );
  });

  it('finds everything that it reads, and not what it binds itself', () => {
    const checked = checkExpression(
      'steps.a.output.list.exists(x, x == inputs["count"] && has(steps.z.output)) ? item[0].q : cel.bind(y, 1, y)',
    );
    expect(
      checked.state === 'good' ? checked.references.map(({ root, path }) => [root, ...path]) : checked.why,
    ).toEqual([
      ['steps', 'a', 'output', 'list'],
      ['inputs', 'count'],
      ['steps', 'z', 'output'],
      ['item', 0, 'q'],
    ]);
  });

  it('ends one that would take for ever', () => {
    const text = `"${'a'.repeat(40)}b".matches("^(a+)+$")`;
    expect(() => evaluateExpression(text, scope)).toThrowError(
      expect.objectContaining({ detail: expect.stringContaining('too long') }),
    );
  });

  it('gives true or false for a condition, and a list that is not too long for items', () => {
    expect(evaluateCondition('inputs.on', scope)).toBe(true);
    expect(() => evaluateCondition('inputs.name', scope)).toThrowError(/could not be worked out/);
    expect(evaluateItems('steps.a.output.list', scope)).toHaveLength(3);
    expect(evaluateItems(['x', 2], scope)).toEqual(['x', 2]);
    expect(() => evaluateItems('inputs.name', scope)).toThrowError(/could not be worked out/);
    const long = { ...scope, item: Array.from({ length: 1001 }, () => 1) };
    expect(() => evaluateItems('item', long)).toThrowError(/could not be worked out/);
  });

  it('gives any JSON back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
        const json = JSON.parse(JSON.stringify(value));
        expect(evaluateExpression('item', { ...scope, item: json })).toEqual(json);
      }),
    );
  });

  it('never throws when it is only checked', () => {
    fc.assert(
      fc.property(anyText(), text => {
        expect(['good', 'bad']).toContain(checkExpression(text).state);
      }),
    );
  });
});
