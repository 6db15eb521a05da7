import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editedInput, smallestReplacement } from '../../../../src/vscode/proposals/editedInput.ts';
import { proposedText, readProposal } from '../../../../src/vscode/proposals/proposedText.ts';

const lines = fc
  .array(fc.constantFrom('a', 'b', '', '}', '  return', '$&'), { maxLength: 12 })
  .map(all => all.join('\n'));

describe('editedInput', () => {
  it('makes an edit that gives exactly the text of the person, for any file and any text', () => {
    fc.assert(
      fc.property(lines, lines, fc.constantFrom('Edit', 'MultiEdit'), (before, edited, toolName) => {
        fc.pre(before !== edited);
        const input = { file_path: 'f', old_string: 'a', new_string: 'b', edits: [] };
        const result = editedInput({ toolName, input, before, current: before, edited });
        if (result.kind !== 'input') {
          throw new Error(result.why);
        }
        const proposal = readProposal(toolName, result.input);
        expect(proposal && proposedText(proposal, before)).toEqual({ kind: 'text', text: edited });
      }),
    );
  });

  it('changes no more than the lines around the edit', () => {
    const before = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
    expect(smallestReplacement(before, before.replace('line 50', 'mine'))).toEqual({
      oldText: 'line 50',
      newText: 'mine',
    });
  });

  it('takes more lines until the place is the only one', () => {
    expect(smallestReplacement('a\n}\nb\n}\nc', 'a\n}\nb\n]\nc')).toEqual({ oldText: 'b\n}\nc', newText: 'b\n]\nc' });
  });

  it('gives a write the whole text', () => {
    const result = editedInput({
      toolName: 'Write',
      input: { file_path: 'f', content: 'a' },
      before: undefined,
      current: undefined,
      edited: 'mine',
    });
    expect(result).toEqual({ kind: 'input', input: { file_path: 'f', content: 'mine' } });
  });

  it('gives a command as it was edited, and none that is empty', () => {
    const ask = { toolName: 'Bash', input: { command: 'rm -rf .', timeout: 5 }, before: undefined, current: undefined };
    expect(editedInput({ ...ask, edited: 'ls' })).toEqual({ kind: 'input', input: { command: 'ls', timeout: 5 } });
    expect(editedInput({ ...ask, edited: ' \n' })).toMatchObject({ kind: 'impossible' });
  });

  it('refuses when the file changed in the meantime, and when nothing would change', () => {
    const ask = { toolName: 'Edit', input: { file_path: 'f', old_string: 'a', new_string: 'b' } };
    expect(editedInput({ ...ask, before: 'a', current: 'a2', edited: 'b' })).toMatchObject({
      kind: 'impossible',
      why: expect.stringContaining('changed'),
    });
    expect(editedInput({ ...ask, before: 'a', current: 'a', edited: 'a' })).toMatchObject({ kind: 'impossible' });
  });

  it('refuses a tool whose input is not a text', () => {
    expect(editedInput({ toolName: 'NotebookEdit', input: {}, before: '', current: '', edited: 'x' })).toMatchObject({
      kind: 'impossible',
    });
  });
});
