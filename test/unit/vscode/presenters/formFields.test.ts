import { describe, expect, it } from 'vitest';
import { shownFields } from '../../../../src/vscode/presenters/formFields.ts';

describe('shownFields', () => {
  it('makes a field of each simple property, with its choices, default and whether it is needed', () => {
    const fields = shownFields({
      schema: {
        required: ['name'],
        properties: {
          name: { type: 'string', title: 'Name', description: 'Yours' },
          age: { type: 'integer', default: 3 },
          color: { type: 'string', enum: ['r', 'g'], enumNames: ['Red', 'Green'] },
          size: { oneOf: [{ const: 's', title: 'Small' }, { const: 'l' }] },
          sure: { type: 'boolean' },
        },
      },
    });
    expect(fields).toEqual([
      { name: 'name', title: 'Name', description: 'Yours', type: 'text', required: true },
      { name: 'age', title: 'age', type: 'integer', required: false, initial: 3 },
      {
        name: 'color',
        title: 'color',
        type: 'choice',
        required: false,
        options: [
          { value: 'r', label: 'Red' },
          { value: 'g', label: 'Green' },
        ],
      },
      {
        name: 'size',
        title: 'size',
        type: 'choice',
        required: false,
        options: [
          { value: 's', label: 'Small' },
          { value: 'l', label: 'l' },
        ],
      },
      { name: 'sure', title: 'sure', type: 'boolean', required: false },
    ]);
  });

  it.each([[{}], [{ properties: [] }], [{ properties: { a: null, b: 'x', c: [1] } }], [{ required: 'a' }]])(
    'bears a schema that is none: %j',
    schema => {
      expect(() => shownFields({ schema })).not.toThrow();
    },
  );
});
