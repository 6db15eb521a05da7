import { describe, expect, it } from 'vitest';
import { formFields, formProblem } from '../../../../src/core/approvals/formFields.ts';

const schema = {
  required: ['name', 'level'],
  properties: {
    name: { type: 'string' },
    age: { type: 'integer' },
    share: { type: 'number' },
    level: { enum: ['low', 'high'] },
    sure: { type: 'boolean' },
  },
};
const good = { name: 'Ada', level: 'low' };

describe('formFields', () => {
  it('finds no field in a schema without any', () => {
    expect(formFields({ type: 'object' })).toEqual([]);
  });

  it('keeps the order that the server gave, and forgets no field', () => {
    expect(formFields(schema, ['sure', 'gone', 'level']).map(({ name }) => name)).toEqual([
      'sure',
      'level',
      'name',
      'age',
      'share',
    ]);
  });
});

describe('formProblem', () => {
  const fields = formFields(schema);

  it.each([[good], [{ ...good, age: 3, share: 1.5, sure: false }], [{ ...good, age: '' }]])(
    'finds nothing wrong with %j',
    content => {
      expect(formProblem(fields, content)).toBeUndefined();
    },
  );

  it.each([
    [{}, 'The field "name" is needed.'],
    [{ ...good, name: '' }, 'The field "name" is needed.'],
    [{ ...good, name: 3 }, 'The field "name" has to be a text.'],
    [{ ...good, age: 1.5 }, 'The field "age" has to be a whole number.'],
    [{ ...good, share: '1' }, 'The field "share" has to be a number.'],
    [{ ...good, level: 'middle' }, 'The field "level" has to be one of: low, high.'],
    [{ ...good, sure: 'yes' }, 'The field "sure" has to be true or false.'],
    [{ ...good, other: 1 }, 'The form has no field "other".'],
  ])('says what is wrong with %j', (content, problem) => {
    expect(formProblem(fields, content)).toBe(problem);
  });
});
