import { describe, expect, it } from 'vitest';
import { proposedText, readProposal } from '../../../../src/vscode/proposals/proposedText.ts';

function proposed(toolName: string, input: Parameters<typeof readProposal>[1], current: string | undefined): unknown {
  const proposal = readProposal(toolName, input);
  return proposal === undefined ? undefined : proposedText(proposal, current);
}

const edit = (old_string: string, new_string: string, replace_all = false) => ({ old_string, new_string, replace_all });

describe('proposedText', () => {
  it('is the content of a write', () => {
    expect(proposed('Write', { file_path: 'a', content: 'new' }, 'old')).toEqual({ kind: 'text', text: 'new' });
  });

  it('is the file with the replacement of an edit, taken literally', () => {
    expect(proposed('Edit', { file_path: 'a', ...edit('b', '$& $1') }, 'a b c')).toEqual({
      kind: 'text',
      text: 'a $& $1 c',
    });
  });

  it('replaces every place only when that is asked for', () => {
    expect(proposed('Edit', { file_path: 'a', ...edit('x', 'y', true) }, 'x x')).toEqual({ kind: 'text', text: 'y y' });
    expect(proposed('Edit', { file_path: 'a', ...edit('x', 'y') }, 'x x')).toMatchObject({ kind: 'unknown' });
  });

  it('says why when the text to replace is not there', () => {
    expect(proposed('Edit', { file_path: 'a', ...edit('gone', 'y') }, 'x')).toMatchObject({
      kind: 'unknown',
      why: expect.any(String),
    });
    expect(proposed('Edit', { file_path: 'a', ...edit('gone', 'y') }, undefined)).toMatchObject({ kind: 'unknown' });
  });

  it('finds text in a file with other line ends', () => {
    expect(proposed('Edit', { file_path: 'a', ...edit('a\nb', 'c') }, 'a\r\nb\r\n')).toEqual({
      kind: 'text',
      text: 'c\n',
    });
  });

  it('creates a file by an edit of nothing', () => {
    expect(proposed('Edit', { file_path: 'a', ...edit('', 'hello') }, undefined)).toEqual({
      kind: 'text',
      text: 'hello',
    });
  });

  it('applies several edits one after the other', () => {
    const input = { file_path: 'a', edits: [edit('a', 'b'), edit('b', 'c')] };
    expect(proposed('MultiEdit', input, 'a')).toEqual({ kind: 'text', text: 'c' });
  });

  it.each([
    ['Bash', { command: 'ls' }],
    ['Write', { file_path: 'a' }],
    ['Write', { content: 'a' }],
    ['Edit', { file_path: 'a', old_string: 1, new_string: 'b' }],
    ['MultiEdit', { file_path: 'a', edits: ['x'] }],
  ])('does not take %s %j for a change of a file', (toolName, input) => {
    expect(proposed(toolName, input, '')).toBeUndefined();
  });
});
