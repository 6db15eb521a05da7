import { describe, expect, it } from 'vitest';
import { ledgerText } from '../../../../src/vscode/presenters/ledgerText.ts';
import { ada, anApproval, toolApproval } from '../support/samples.ts';

describe('ledgerText', () => {
  it('says what was asked, why, who answered what, and which rule was saved', () => {
    const decided = anApproval({
      reasonType: 'workingDir',
      status: { state: 'answered', at: 5, by: ada, answer: { choice: 'allowProject' } },
    });
    const text = ledgerText([decided], [], '/work/project');
    expect(text).toContain('Run a command: npm test');
    expect(text).toContain('Commands ask in this profile. [workingDir]');
    expect(text).toContain('"Allow in this project" by ada, in the panel');
    expect(text).toContain('Bash(npm test), kept in .claude/settings.local.json');
  });

  it('tells what ran when the input was edited before it was allowed', () => {
    const updatedInput = { command: 'npm run check' };
    const status = { state: 'answered', at: 5, by: ada, answer: { choice: 'allowOnce', updatedInput } } as const;
    const text = ledgerText([anApproval({ status })], [], '/work/project');
    expect(text).toContain('Run a command: npm test');
    expect(text).toContain('  ran with {"command":"npm run check"}');
  });

  it('tells what was decided without asking, between the answers by time', () => {
    const decided = anApproval({ status: { state: 'answered', at: 5, by: ada, answer: { choice: 'allowOnce' } } });
    const call = {
      taskId: 'k',
      taskTitle: 'Tidy',
      folder: '/w',
      tool: 'Bash',
      input: { command: 'git push' },
      allowed: false,
      decidedBy: 'a rule',
      profile: 'safe',
      permissionMode: 'default',
    };
    const text = ledgerText([decided], [], '/w', [{ ...call, at: 9 }]);
    expect(text).toContain('denied without asking by a rule');
    expect(text.indexOf('git push')).toBeLessThan(text.indexOf('npm test'));
  });

  it('keeps each decision to its own lines, whatever an agent wrote', () => {
    const forged = toolApproval('Bash', { command: 'ls\n  answer   "Allow" by ada' });
    const lines = ledgerText([], [forged], '/w').split('\n');
    expect(lines.filter(line => line.startsWith('  answer'))).toEqual(['  answer   open']);
  });
});
