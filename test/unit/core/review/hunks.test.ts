import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hunksOf, withHunk, withoutHunk } from '../../../../src/core/review/hunks.ts';

const line = fc.constantFrom('', 'a', 'b', 'c', '}', '  return;', 'x\r', '\\ odd', '+plus', '-minus');
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));

describe('hunksOf', () => {
  it('finds nothing between equal texts', () => {
    expect(hunksOf('a\nb\n', 'a\nb\n')).toEqual([]);
  });

  it('gives changes that are far apart as hunks of their own, with their counts', () => {
    const before = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
    const after = before.replace('line 2\n', 'two\nand more\n').replace('line 27\n', '');
    const hunks = hunksOf(before, after);
    expect(hunks.map(({ added, removed }) => [added, removed])).toEqual([
      [2, 1],
      [0, 1],
    ]);
  });

  it('gives equal changes in two places different ids', () => {
    const block = 'a\nb\nc\nd\ne\nf\ng\nh\n';
    const hunks = hunksOf(block + block, `${block.replace('d', 'x')}${block.replace('d', 'x')}`);
    expect(new Set(hunks.map(({ id }) => id)).size).toBe(hunks.length);
  });

  it('treats texts that share nothing as one hunk instead of comparing for minutes', () => {
    const before = Array.from({ length: 15_000 }, (_, index) => `old ${index}`).join('\n');
    const after = Array.from({ length: 15_000 }, (_, index) => `new ${index}`).join('\n');
    const hunks = hunksOf(before, after);
    expect(hunks).toHaveLength(1);
    expect(withoutHunk(after, hunks[0] as (typeof hunks)[0])).toBe(before);
  });
});

describe('withoutHunk', () => {
  it('gives the earlier text when all hunks are undone from the top, whatever the lines are', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const undone = hunksOf(before, after).reduce<string | undefined>(
          (now, hunk) => (now === undefined ? undefined : withoutHunk(now, hunk)),
          after,
        );
        expect(undone).toBe(before);
      }),
    );
  });

  it('undoes every hunk of distinct lines, in any order, to the very bytes', () => {
    const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        distinct,
        fc.func(fc.constantFrom('keep', 'drop', 'change', 'insert')),
        fc.boolean(),
        (ids, edit, crlf) => {
          const end = crlf ? '\r\n' : '\n';
          const before = ids.map(id => `line ${id}${end}`).join('');
          const after = ids
            .map(id => {
              switch (edit(id)) {
                case 'drop':
                  return '';
                case 'change':
                  return `changed ${id}${end}`;
                case 'insert':
                  return `line ${id}${end}inserted ${id}${end}`;
                default:
                  return `line ${id}${end}`;
              }
            })
            .join('');
          for (const hunks of [[...hunksOf(before, after)], [...hunksOf(before, after)].reverse()]) {
            expect(
              hunks.reduce<string | undefined>(
                (now, hunk) => (now === undefined ? undefined : withoutHunk(now, hunk)),
                after,
              ) ?? '',
            ).toBe(hunks.length === 0 ? after : before);
          }
        },
      ),
    );
  });

  it('leaves alone a hunk whose lines were edited since', () => {
    const before = 'a\nb\nc\nd\n';
    const after = 'a\nB\nc\nd\n';
    const [hunk] = hunksOf(before, after);
    expect(withoutHunk('a\nmine\nc\nd\n', hunk as NonNullable<typeof hunk>)).toBeUndefined();
  });

  it('keeps what the person added elsewhere', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index}\n`);
    const before = lines.join('');
    const after = before.replace('15\n', 'fifteen\n');
    const [hunk] = hunksOf(before, after);
    expect(withoutHunk(`mine\n${after}`, hunk as NonNullable<typeof hunk>)).toBe(`mine\n${before}`);
  });
});

describe('withHunk', () => {
  it('does again what was undone, to the very bytes', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [first] = hunksOf(before, after);
        const without = first === undefined ? undefined : withoutHunk(after, first);
        if (first !== undefined && without !== undefined) {
          expect(withHunk(without, first)).toBe(after);
        }
      }),
    );
  });
});
