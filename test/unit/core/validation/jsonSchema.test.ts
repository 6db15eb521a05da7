import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JsonValue } from '../../../../src/base/json.ts';
import { schemaProblems } from '../../../../src/core/validation/jsonSchema.ts';

const FINDING: JsonValue = {
  type: 'object',
  required: ['file', 'severity'],
  additionalProperties: false,
  properties: {
    file: { type: 'string', minLength: 1, pattern: '\\.ts$' },
    line: { type: 'integer', minimum: 1 },
    severity: { enum: ['low', 'high'] },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2, uniqueItems: true },
  },
};

describe('a value and its JSON Schema', () => {
  it('fits', () => {
    expect(schemaProblems(FINDING, { file: 'a.ts', severity: 'low', line: 3, tags: ['x', 'y'] })).toEqual([]);
  });

  it.each<[string, JsonValue, string]>([
    ['another type', 'text', 'the output is not of the type object'],
    ['a missing field', { file: 'a.ts' }, 'the output has no "severity"'],
    ['an unknown field', { file: 'a.ts', severity: 'low', more: 1 }, 'more is not allowed'],
    ['a pattern', { file: 'a.js', severity: 'low' }, 'file does not match \\.ts$'],
    ['a fraction', { file: 'a.ts', severity: 'low', line: 1.5 }, 'line is not of the type integer'],
    ['a number', { file: 'a.ts', severity: 'low', line: 0 }, 'line is 0, which is not allowed'],
    ['a word', { file: 'a.ts', severity: 'mid' }, 'severity is none of ["low","high"]'],
    ['an item', { file: 'a.ts', severity: 'low', tags: [1] }, 'tags[0] is not of the type string'],
    ['an item twice', { file: 'a.ts', severity: 'low', tags: ['x', 'x'] }, 'tags has an item twice'],
    ['too many', { file: 'a.ts', severity: 'low', tags: ['x', 'y', 'z'] }, 'tags has 3 items'],
  ])('names %s', (_what, value, problem) => {
    expect(schemaProblems(FINDING, value)).toEqual([problem]);
  });

  it('follows references inside the schema, and says when there is none', () => {
    const tree: JsonValue = {
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
      $ref: '#/$defs/node',
    };
    expect(schemaProblems(tree, { next: { next: {} } })).toEqual([]);
    expect(schemaProblems(tree, { next: { next: 1 } })).toEqual(['next.next is not of the type object']);
    expect(schemaProblems({ $ref: 'https://example.com/x' }, 1)[0]).toContain('cannot be checked');
    expect(schemaProblems({ $ref: '#' }, 1)[0]).toContain('refers to itself');
  });

  it('knows alternatives, conditions and what must not be', () => {
    const one: JsonValue = { oneOf: [{ type: 'string' }, { const: 'a' }] };
    expect(schemaProblems(one, 'b')).toEqual([]);
    expect(schemaProblems(one, 'a')).toEqual(['the output fits 2 of the forms of "oneOf", not one']);
    expect(schemaProblems({ anyOf: [{ type: 'null' }, { type: 'number' }] }, 'x')).toHaveLength(1);
    expect(schemaProblems({ not: { type: 'null' } }, null)).toHaveLength(1);
    expect(schemaProblems(JSON.parse('{"if":{"type":"string"},"then":{"minLength":2}}'), 'x')).toEqual([
      'the output has 1 characters',
    ]);
  });

  it('agrees with what another library makes of its own schemas', () => {
    const shape = z.object({
      a: z.array(z.number().int()),
      b: z.union([z.string(), z.null()]),
      c: z.optional(z.boolean()),
    });
    const schema = z.toJSONSchema(shape) as JsonValue;
    const values: JsonValue[] = [
      { a: [1], b: null },
      { a: [1.5], b: '' },
      { a: [], b: 3 },
      { a: [], b: '', c: 'no' },
      { b: '' },
      [],
    ];
    for (const value of values) {
      expect(schemaProblems(schema, value).length === 0).toBe(shape.safeParse(value).success);
    }
  });
});
