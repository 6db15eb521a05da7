import { describe, expect, it } from 'vitest';
import { compareTexts } from '../../../../src/vscode/presenters/diffView.ts';

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

describe('compareTexts', () => {
  it('shows the changed lines with three around them, and counts them', () => {
    const before = numbered(30);
    const view = compareTexts(before, before.replace('line 15', 'changed'), 'a.ts');
    expect(view).toMatchObject({ path: 'a.ts', added: 1, removed: 1, hiddenLines: 0 });
    expect(view?.lines.map(({ text }) => text)).toEqual([
      'line 12',
      'line 13',
      'line 14',
      'line 15',
      'changed',
      'line 16',
      'line 17',
      'line 18',
    ]);
  });

  it('does not take other line ends for a change', () => {
    expect(compareTexts('a\r\nb\r\n', 'a\nb\n', 'a')?.lines).toEqual([]);
  });

  it('shows a part of a long change and says how many lines are left out', () => {
    const view = compareTexts('', numbered(1000), 'a');
    expect(view?.lines.length).toBe(400);
    expect(view?.hiddenLines).toBe(600);
    expect(view?.added).toBe(1000);
  });

  it('cuts a line that is too long to read and makes hidden characters visible', () => {
    const view = compareTexts('', `${'x'.repeat(5000)}\n\u202e`, 'a');
    expect(view?.lines[0]?.text).toContain('3000 more characters');
    expect(view?.lines[1]?.text).toBe('⟨U+202E⟩');
  });
});
