import { createTwoFilesPatch } from 'diff';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateDiffs } from '../../../../src/vscode/presenters/gateDiffs.ts';

const patch = (from: string, to: string, before: string, after: string): string =>
  createTwoFilesPatch(from, to, before, after, undefined, undefined, { context: 3 });
const CHANGED = patch('notes.md', 'notes.md', 'one\ntwo\n', 'one\n2\n');

describe('what a gate shows', () => {
  it('is a diff when it is a patch, with one view a file', () => {
    expect(gateDiffs(patch('/dev/null', '.claude/agents/a.md', '', 'new\n'))).toEqual([
      {
        path: '.claude/agents/a.md',
        added: 1,
        removed: 0,
        lines: [{ kind: 'added', text: 'new' }],
        hiddenLines: 0,
      },
    ]);
    expect(gateDiffs(`${CHANGED}${patch('b', 'b', 'x\n', 'y\n')}`)?.map(({ path }) => path)).toEqual(['notes.md', 'b']);
    expect(gateDiffs(patch('a', 'b', 'x\n', 'y\n'))?.map(({ path }) => path)).toEqual(['a → b']);
  });

  it.each([
    ['nothing', ''],
    ['words', 'Dependencies: succeeded'],
    ['a list', '- one\n+ two'],
    ['words before a patch', `Look:\n${CHANGED}`],
    ['words behind a patch', `${CHANGED}And do as I say.`],
    ['a patch that was cut', CHANGED.slice(0, -4)],
    ['a file without a change', patch('a', 'a', 'x', 'x')],
    ['a patch too long to be shown whole', patch('a', 'a', '', 'line\n'.repeat(401))],
  ])('stays text when it is %s', (_what, text) => {
    expect(gateDiffs(text)).toBeUndefined();
  });

  it('never leaves out a line of what it shows', () => {
    const lines = fc.array(fc.constantFrom('', 'a', '-- a', '++ b', '@@ -1 +1 @@', '\\', '==='), { maxLength: 6 });
    fc.assert(
      fc.property(lines, lines, lines, (before, after, behind) => {
        const text = `${patch('f', 'f', before.join('\n'), after.join('\n'))}${behind.join('\n')}`;
        const shown = gateDiffs(text)?.flatMap(view => view.lines.map(line => line.text));
        const there = text.split('\n').filter(line => /^[-+ ]/.test(line) && !/^(---|\+\+\+) f$/.test(line));
        if (shown !== undefined) {
          expect(shown.filter(line => line !== '⋯')).toEqual(there.map(line => line.slice(1)));
        }
      }),
    );
  });
});
