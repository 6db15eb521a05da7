import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../../src/core/catalog/commandSchema.ts';
import { type Answer, askInOrder, type Question } from '../../../../src/vscode/inputs/inputFlow.ts';

const input = (name: string, change: Partial<Extract<CommandInput, { type: 'text' }>> = {}): CommandInput => ({
  name,
  type: 'text',
  ...change,
});

/** Answers in turn; remembers what was asked. */
function person(...answers: Answer[]): {
  readonly asked: Question[];
  readonly ask: (question: Question) => Promise<Answer>;
} {
  const asked: Question[] = [];
  return {
    asked,
    ask: async question => {
      asked.push(question);
      return answers.shift() ?? { kind: 'cancelled' };
    },
  };
}
const value = (text: string): Answer => ({ kind: 'value', value: text });

describe('askInOrder', () => {
  it('asks each input once, with its place and its default', async () => {
    const { asked, ask } = person(value('1'), value('2'));
    expect(await askInOrder([input('a'), input('b', { default: 'x' })], ask)).toEqual({ a: '1', b: '2' });
    expect(asked.map(({ step, of, initial, canGoBack }) => [step, of, initial, canGoBack])).toEqual([
      [1, 2, undefined, false],
      [2, 2, 'x', true],
    ]);
  });

  it('goes back to what was answered before', async () => {
    const { asked, ask } = person(value('1'), { kind: 'back' }, value('9'), value('2'));
    expect(await askInOrder([input('a'), input('b')], ask)).toEqual({ a: '9', b: '2' });
    expect(asked.map(({ input: { name }, initial }) => [name, initial])).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['a', '1'],
      ['b', undefined],
    ]);
  });

  it('gives nothing when the person cancels, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 10 }), async moves => {
        const answers = moves.map(back => (back ? ({ kind: 'back' } as const) : value('x')));
        const inputs = Array.from({ length: moves.length + 1 }, (_, place) => input(`i${place}`));
        expect(await askInOrder(inputs, person(...answers).ask)).toBeUndefined();
      }),
    );
  });

  it('asks nothing when there is nothing to ask', async () => {
    const { asked, ask } = person();
    expect([await askInOrder([], ask), asked]).toEqual([{}, []]);
  });
});
