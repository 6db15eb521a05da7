import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm, type FormField, initialValues } from '../../../../src/webview/approval/formValues.ts';
import {
  collectAnswers,
  noAnswer,
  type Question,
  withLabel,
  withOther,
} from '../../../../src/webview/approval/questionAnswers.ts';
import { askedText, settledText } from '../../../../src/webview/approval/settledText.ts';
import { approval, NOW } from '../samples.ts';

const question = (change: Partial<Question> = {}): Question => ({
  question: 'Which?',
  header: '',
  multiSelect: false,
  options: [
    { label: 'a', description: '' },
    { label: 'b', description: '' },
  ],
  ...change,
});

describe('answers to questions', () => {
  it('holds one label where one is asked for, and several where several are', () => {
    const one = withLabel(withLabel(noAnswer, question(), 'a', true), question(), 'b', true);
    const many = question({ multiSelect: true });
    const several = withLabel(withLabel(noAnswer, many, 'b', true), many, 'a', true);
    expect([one.labels, several.labels]).toEqual([['b'], ['b', 'a']]);
    expect(withLabel(several, many, 'b', false).labels).toEqual(['a']);
  });

  it('takes own words instead of a label, or beside labels', () => {
    const chosen = withLabel(noAnswer, question(), 'a', true);
    expect(withOther(chosen, question(), '').labels).toEqual([]);
    const many = question({ multiSelect: true });
    const both = withOther(withLabel(noAnswer, many, 'a', true), many, ' c ');
    expect(collectAnswers([many], new Map([[0, both]]))).toEqual({ 'Which?': ['a', 'c'] });
  });

  it('is not complete while a question is open or its words are empty', () => {
    const two = [question(), question({ question: 'And?' })];
    const first = withLabel(noAnswer, question(), 'a', true);
    expect(collectAnswers(two, new Map([[0, first]]))).toBeUndefined();
    expect(collectAnswers([question()], new Map([[0, withOther(noAnswer, question(), '  ')]]))).toBeUndefined();
  });

  it('gives labels in the order of the options', () => {
    const many = question({ multiSelect: true });
    const chosen = withLabel(withLabel(noAnswer, many, 'b', true), many, 'a', true);
    expect(collectAnswers([many], new Map([[0, chosen]]))).toEqual({ 'Which?': ['a', 'b'] });
  });
});

const field = (change: Partial<FormField>): FormField => ({
  name: 'f',
  title: '',
  type: 'text',
  required: true,
  ...change,
});

describe('checkForm', () => {
  it('reads values by the types of their fields', () => {
    const fields = [
      field({ name: 'text' }),
      field({ name: 'number', type: 'number' }),
      field({ name: 'whole', type: 'integer' }),
      field({ name: 'flag', type: 'boolean', initial: true }),
      field({ name: 'pick', type: 'choice', options: [{ value: 'x', label: 'X' }] }),
    ];
    const values = { ...initialValues(fields), text: ' a ', number: '1.5', whole: ' 7 ', pick: 'x' };
    expect(checkForm(fields, values)).toEqual({
      content: { text: ' a ', number: 1.5, whole: 7, flag: true, pick: 'x' },
      errors: {},
    });
  });

  it('leaves out what is optional and empty, and asks for what is needed', () => {
    const fields = [field({ name: 'a', required: false }), field({ name: 'b' })];
    expect(checkForm(fields, { a: '', b: '  ' })).toEqual({ content: {}, errors: { b: 'This field is needed.' } });
  });

  it.each([
    ['number', 'three'],
    ['integer', '1.5'],
    ['integer', '1e400'],
    ['choice', 'not in the list'],
  ] as const)('refuses a %s of %s', (type, text) => {
    const fields = [field({ type, options: [{ value: 'x', label: 'X' }] })];
    expect(Object.keys(checkForm(fields, { f: text }).errors)).toEqual(['f']);
  });

  it('gives a value or an error for every needed field, whatever is put in', () => {
    const type = fc.constantFrom<FormField['type'][]>('text', 'number', 'integer', 'boolean', 'choice');
    fc.assert(
      fc.property(type, fc.oneof(fc.string(), fc.boolean()), (kind, value) => {
        const { content, errors } = checkForm([field({ type: kind, options: [] })], { f: value });
        expect(Object.keys(content).length + Object.keys(errors).length).toBe(1);
      }),
    );
  });
});

describe('settled cards', () => {
  const answeredBy = (choice: string, kind: 'tool' | 'plan') =>
    approval(
      'x',
      { status: { state: 'answered', at: NOW, by: 'kim in the command line', choice, label: 'L' } },
      kind === 'plan' ? { kind: 'plan', plan: 'p' } : undefined,
    );

  it('says who answered what', () => {
    expect(settledText(approval('x'))).toBeUndefined();
    expect(settledText(answeredBy('allowOnce', 'tool'))).toBe('Allowed by kim in the command line');
    expect(settledText(answeredBy('deny', 'tool'))).toBe('Denied by kim in the command line');
    expect(settledText(answeredBy('deny', 'plan'))).toBe('Sent back by kim in the command line');
  });

  it('says that a card ran out or was withdrawn', () => {
    expect(settledText(approval('x', { status: { state: 'expired', at: NOW } }))).toContain('nobody answered');
    expect(settledText(approval('x', { status: { state: 'withdrawn', at: NOW, why: 'the task was stopped' } }))).toBe(
      'No longer asked: the task was stopped',
    );
  });

  it('puts every request into one sentence', () => {
    expect(askedText(approval('x'))).toBe('Run a command npm test');
    expect(askedText(approval('x', {}, { kind: 'question', questions: [] }))).toBe('A question');
  });
});
