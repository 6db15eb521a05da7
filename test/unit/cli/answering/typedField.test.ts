import { describe, expect, it } from 'vitest';
import { fieldPrompt, readTyped } from '../../../../src/cli/answering/typedField.ts';
import { formFields } from '../../../../src/core/approvals/formFields.ts';

const fields = formFields({
  type: 'object',
  required: ['name', 'level'],
  properties: {
    name: { type: 'string', title: 'Your name' },
    age: { type: 'integer' },
    level: { type: 'string', enum: ['low', 'high'] },
    size: { oneOf: [{ const: 's', title: 'Small' }, { const: 'l' }] },
    agree: { type: 'boolean', description: 'Do you agree?' },
  },
});
const field = (name: string) => {
  const found = fields.find(other => other.name === name);
  if (found === undefined) {
    throw new Error(`no field ${name}`);
  }
  return found;
};

describe('fieldPrompt', () => {
  it('says what each field wants', () => {
    expect(fields.map(fieldPrompt)).toEqual([
      'Your name',
      'age (a whole number; may be empty)',
      'level (low, high)',
      'size (s: Small, l; may be empty)',
      'Do you agree? (y or n; may be empty)',
    ]);
  });
});

describe('readTyped', () => {
  it.each([
    ['name', ' Ada ', { kind: 'value', value: 'Ada' }],
    ['name', '', { kind: 'wrong' }],
    ['age', '42', { kind: 'value', value: 42 }],
    ['age', '1.5', { kind: 'wrong' }],
    ['age', 'old', { kind: 'wrong' }],
    ['age', '', { kind: 'leftOut' }],
    ['level', 'HIGH', { kind: 'value', value: 'high' }],
    ['level', 'middle', { kind: 'wrong' }],
    ['size', 'small', { kind: 'value', value: 's' }],
    ['size', 'L', { kind: 'value', value: 'l' }],
    ['agree', 'Yes', { kind: 'value', value: true }],
    ['agree', 'n', { kind: 'value', value: false }],
    ['agree', 'maybe', { kind: 'wrong' }],
  ])('%s: "%s"', (name, typed, expected) => {
    expect(readTyped(field(name), typed)).toEqual(expected);
  });
});
