import { describe, expect, it } from 'vitest';
import type { Approval } from '../../../../src/core/approvals/approval.ts';
import { approvalAlert } from '../../../../src/vscode/attention/alertText.ts';
import { presentApproval } from '../../../../src/vscode/presenters/approvalCard.ts';
import { toolApproval } from '../support/samples.ts';

const diff = { path: 'a.ts', added: 18, removed: 2, lines: [], hiddenLines: 0 };
const alert = (approval: Approval, found = {}) => approvalAlert(approval, presentApproval(approval, found), 'shop');

describe('approvalAlert', () => {
  it('names the task and the workspace and says what would be done', () => {
    expect(alert(toolApproval('Bash', { command: 'npm test' })).text).toBe(
      'Add a health endpoint (shop): Run a command: npm test',
    );
  });

  it('offers the answer that saves nothing, where all of what is asked can be read', () => {
    expect(alert(toolApproval('Bash', { command: 'npm test' })).allow?.id).toBe('allowOnce');
    const edit = toolApproval('Edit', { file_path: '/work/project/a.ts', old_string: 'a', new_string: 'b' });
    expect(alert(edit, { diff })).toMatchObject({
      text: expect.stringContaining('(+18 −2)'),
      allow: { id: 'allowOnce' },
    });
  });

  it.each([
    ['a second line', { command: 'npm test\nrm -rf /' }],
    ['hidden characters', { command: 'npm test \u202e' }],
    ['more than a notification shows', { command: `echo ${'x'.repeat(400)}` }],
    ['a link', { command: 'echo [a](command:x)' }],
  ])('offers no answer for a command with %s', (_what, input) => {
    expect(alert(toolApproval('Bash', input)).allow).toBeUndefined();
  });

  it('offers no answer for a tool whose input it cannot show', () => {
    expect(alert(toolApproval('mcp__db__query', { title: 'harmless', sql: 'drop table users' })).allow).toBeUndefined();
  });
});
