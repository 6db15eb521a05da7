import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstLines } from '../../../../src/webview/parts/firstLines.ts';

describe('firstLines', () => {
  it('gives a short text back whole', () => {
    expect(firstLines('a\nb\n', 2)).toEqual({ text: 'a\nb\n', hiddenLines: 0 });
    expect(firstLines('', 3)).toEqual({ text: '', hiddenLines: 0 });
  });

  it('says how many lines it left out', () => {
    expect(firstLines('a\nb\nc\nd', 2)).toEqual({ text: 'a\nb', hiddenLines: 2 });
    expect(firstLines('a\nb\nc\n', 2)).toEqual({ text: 'a\nb', hiddenLines: 1 });
    expect(firstLines('a\n\n\n', 1)).toEqual({ text: 'a', hiddenLines: 2 });
  });

  it('cuts a line that would fill the screen', () => {
    const { text, hiddenLines } = firstLines(`${'x'.repeat(5000)}\nend`, 2);
    expect([text.length, hiddenLines]).toEqual([480, 1]);
    expect(firstLines('x'.repeat(5000), 2).hiddenLines).toBe(0);
  });

  it('always gives a beginning of the text, and leaves nothing out unless it says so or is shorter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', 'b'), maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (text, lines) => {
          const first = firstLines(text, lines);
          expect(text.startsWith(first.text)).toBe(true);
          const all = text.replace(/\n$/, '').split('\n').length;
          expect(first.hiddenLines).toBe(Math.max(0, all - lines));
          if (first.hiddenLines === 0) {
            expect(first.text).toBe(text);
          }
        },
      ),
    );
  });
});
