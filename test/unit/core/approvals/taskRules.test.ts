import { describe, expect, it } from 'vitest';
import type { Approval, ChoiceId } from '../../../../src/core/approvals/approval.ts';
import { approvalFromAsk } from '../../../../src/core/approvals/approvalFromAsk.ts';
import { isAllowedForTask, rulesOfTask } from '../../../../src/core/approvals/taskRules.ts';
import type { PermissionSuggestion } from '../../../../src/core/claude/claudeAsk.ts';

const by = { surface: 'panel', name: 'ada', hostId: 'window' } as const;

function rule(...contents: string[]): PermissionSuggestion {
  const rules = contents.map(ruleContent => ({ toolName: 'Bash', ruleContent }));
  return { type: 'addRules', rules, behavior: 'allow', destination: 'localSettings' };
}

function question(suggestions: readonly PermissionSuggestion[], type?: string): Approval {
  return approvalFromAsk(
    {
      kind: 'tool',
      requestId: 'r',
      toolName: 'Bash',
      toolUseId: 't',
      input: { command: 'x' },
      suggestions,
      requiresUser: false,
      onceOnly: false,
      ...(type === undefined ? {} : { reason: { type } }),
    },
    { id: 'a', taskId: 'k', taskTitle: 'K', folder: '/ws', permissionMode: 'default', profile: 'p', now: 0 },
  );
}

function answered(approval: Approval, choice: ChoiceId): Approval {
  return { ...approval, status: { state: 'answered', at: 1, by, answer: { choice } } };
}

describe('rules that were allowed for a task', () => {
  const rules = rulesOfTask([
    answered(question([rule('npm test', 'npm run lint')]), 'allowTask'),
    answered(question([rule('rm out')]), 'allowOnce'),
    answered(question([rule('git push')]), 'deny'),
    question([rule('ls /')]),
  ]);

  it('are only those of "Allow for this task"', () => {
    expect([...rules]).toEqual(['Bash(npm test)', 'Bash(npm run lint)']);
  });

  it('answer a question that offers nothing beyond them', () => {
    expect(isAllowedForTask(question([rule('npm test')]), rules)).toBe(true);
    expect(isAllowedForTask(question([rule('npm test', 'npm run lint')], 'subcommandResults'), rules)).toBe(true);
  });

  it('answer none that offers more, another mode, or nothing', () => {
    expect(isAllowedForTask(question([rule('npm test', 'rm out')]), rules)).toBe(false);
    expect(isAllowedForTask(question([rule('npm test *')]), rules)).toBe(false);
    const mode: PermissionSuggestion = { type: 'setMode', mode: 'acceptEdits', destination: 'session' };
    expect(isAllowedForTask(question([mode]), rulesOfTask([answered(question([mode]), 'allowTask')]))).toBe(false);
    expect(isAllowedForTask(question([]), rules)).toBe(false);
  });

  it.each(['rule', 'safetyCheck', 'sandboxOverride', 'mode', 'a word of a newer version'])(
    'answer none that is asked whatever is allowed (%s)',
    type => {
      expect(isAllowedForTask(question([rule('npm test')], type), rules)).toBe(false);
    },
  );
});
