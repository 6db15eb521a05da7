import { describe, expect, it } from 'vitest';
import { alignColumns } from '../../../../src/cli/terminal/columns.ts';
import { oneLine, plainText } from '../../../../src/cli/terminal/plainText.ts';
import { formatAge, formatCount, formatDollars, formatDuration } from '../../../../src/cli/terminal/quantities.ts';
import { fitText, textWidth } from '../../../../src/cli/terminal/textWidth.ts';

describe('plainText', () => {
  it('shows escape sequences instead of letting the terminal obey them', () => {
    expect(plainText('\u001b[2Jgone')).toBe('⟨U+001B⟩[2Jgone');
  });

  it('shows a carriage return that would hide what stands before it, and lets line ends be', () => {
    expect(plainText('rm -rf /\rgit status\r\nnext')).toBe('rm -rf /⟨U+000D⟩git status\nnext');
  });

  it('puts everything on one line', () => {
    expect(oneLine(' a\n\tb\u202e ')).toBe('a b⟨U+202E⟩');
  });
});

describe('textWidth', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍💻', 2],
    ['…', 1],
  ])('%s takes %i columns', (text, expected) => {
    expect(textWidth(text)).toBe(expected);
  });

  it('cuts between characters and marks the cut', () => {
    expect(fitText('日本語です', 6)).toBe('日本…');
    expect(fitText('short', 5)).toBe('short');
  });
});

describe('alignColumns', () => {
  const rows = [
    { id: 'a', title: 'A long title that does not fit' },
    { id: 'bcd', title: '日本' },
  ];
  const columns = [
    { title: 'ID', cell: (row: (typeof rows)[number]) => row.id },
    { title: 'TITLE', cell: (row: (typeof rows)[number]) => row.title, isElastic: true },
  ];

  it('aligns without limit where there is no terminal', () => {
    expect(alignColumns(rows, columns, undefined)).toEqual([
      'ID   TITLE',
      'a    A long title that does not fit',
      'bcd  日本',
    ]);
  });

  it('shortens the elastic column to the width of the terminal', () => {
    expect(
      alignColumns(rows, columns, 20)
        .map(textWidth)
        .every(width => width <= 20),
    ).toBe(true);
  });
});

describe('quantities', () => {
  it.each([
    [formatDuration(0), '0 ms'],
    [formatDuration(4200), '4.2 s'],
    [formatDuration(59_960), '1 min 0 s'],
    [formatDuration(185_000), '3 min 5 s'],
    [formatDuration(7_800_000), '2 h 10 min'],
    [formatDollars(0.0132), '$0.0132'],
    [formatDollars(12.5), '$12.50'],
    [formatCount(999), '999'],
    [formatCount(12_345), '12.3k'],
    [formatAge(30_000), 'just now'],
    [formatAge(3_600_000), '1 h ago'],
    [formatAge(4 * 86_400_000), '4 days ago'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
