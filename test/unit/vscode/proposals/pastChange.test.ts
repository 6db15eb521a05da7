import { structuredPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import type { ToolChange } from '../../../../src/core/tasks/taskFact.ts';
import { pastChange } from '../../../../src/vscode/proposals/pastChange.ts';

const before = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const after = before.replace('four', '4');

function change(changes: Partial<ToolChange> = {}): ToolChange {
  const { hunks } = structuredPatch('a', 'a', before, after);
  return { path: 'a', added: 1, removed: 1, kind: 'edited', hunks, hiddenLines: 0, ...changes };
}

describe('pastChange', () => {
  it('makes the file before the call from the file as it is', () => {
    expect(pastChange(change(), after)).toEqual({ kind: 'texts', before, after });
  });

  it('finds its place when lines were added above since then', () => {
    expect(pastChange(change(), `zero\n${after}`)).toEqual({
      kind: 'texts',
      before: `zero\n${before}`,
      after: `zero\n${after}`,
    });
  });

  it('gives the patch when the file went on, is gone, or the change was not kept whole', () => {
    expect(pastChange(change(), after.replace('4', 'IV'))).toMatchObject({
      kind: 'patch',
      text: expect.stringContaining('+4'),
    });
    expect(pastChange(change(), undefined)).toMatchObject({ kind: 'patch' });
    expect(pastChange(change({ hiddenLines: 3 }), after)).toMatchObject({
      kind: 'patch',
      why: expect.stringContaining('3'),
    });
  });

  it('shows a created file against nothing', () => {
    expect(pastChange(change({ kind: 'created', hunks: [] }), 'x\n')).toEqual({
      kind: 'texts',
      before: '',
      after: 'x\n',
    });
  });
});
