import { describe, expect, it } from 'vitest';
import { formFields, parseField } from '../../../../src/cli/answering/formFields.ts';

const fields = formFields({
  type: 'object',
  required: ['name', 'level'],
  properties: {
    name: { type: 'string', title: 'Your name' },
    age: { type: 'integer' },
    level: { type: 'string', enum: ['low', 'high'] },
    agree: { type: 'boolean' },
  },
});
const field = (name: string) => {
  const found = fields.find(other => other.name === name);
  if (found === undefined) {
    throw new Error(`no field ${name}`);
  }
  return found;
};

describe('formFields', () => {
  it('says what each field wants', () => {
    expect(fields.map(({ label, hint }) => label + hint)).toEqual([
      'Your name',
      'age (a number; may be empty)',
      'level (low, high)',
      'agree (y or n; may be empty)',
    ]);
  });

  it('finds no field in a schema without any', () => {
    expect(formFields({ type: 'object' })).toEqual([]);
  });
});

describe('parseField', () => {
  it.each([
    ['name', ' Ada ', { kind: 'value', value: 'Ada' }],
    ['name', '', { kind: 'wrong' }],
    ['age', '42', { kind: 'value', value: 42 }],
    ['age', 'old', { kind: 'wrong' }],
    ['age', '', { kind: 'leftOut' }],
    ['level', 'HIGH', { kind: 'value', value: 'high' }],
    ['level', 'middle', { kind: 'wrong' }],
    ['agree', 'Yes', { kind: 'value', value: true }],
    ['agree', 'n', { kind: 'value', value: false }],
    ['agree', 'maybe', { kind: 'wrong' }],
  ])('%s: "%s"', (name, typed, expected) => {
    expect(parseField(field(name), typed)).toEqual(expected);
  });
});
