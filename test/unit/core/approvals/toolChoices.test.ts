import { describe, expect, it } from 'vitest';
import { toolChoices } from '../../../../src/core/approvals/toolChoices.ts';
import type { ClaudeAsk, PermissionSuggestion } from '../../../../src/core/claude/claudeAsk.ts';

type ToolAsk = Extract<ClaudeAsk, { readonly kind: 'tool' }>;

const rule = (ruleContent: string): PermissionSuggestion => ({
  type: 'addRules',
  rules: [{ toolName: 'Bash', ruleContent }],
  behavior: 'allow',
  destination: 'localSettings',
});
const acceptEdits: PermissionSuggestion = { type: 'setMode', mode: 'acceptEdits', destination: 'session' };

function ask(suggestions: readonly PermissionSuggestion[], more: Partial<ToolAsk> = {}): ToolAsk {
  return {
    kind: 'tool',
    requestId: 'r1',
    toolName: 'Bash',
    toolUseId: 't1',
    input: { command: 'npm test' },
    suggestions,
    requiresUser: false,
    onceOnly: false,
    ...more,
  };
}

describe('toolChoices', () => {
  it('offers once, this task and this project with the exact rule of each', () => {
    const choices = toolChoices(ask([rule('npm test *')]));
    expect(choices.map(({ id, rule: text, savedIn }) => [id, text, savedIn])).toEqual([
      ['allowOnce', undefined, undefined],
      ['allowTask', 'Bash(npm test *)', 'this task only'],
      ['allowProject', 'Bash(npm test *)', '.claude/settings.local.json'],
      ['deny', undefined, undefined],
    ]);
  });

  it('saves nothing on disk when it is allowed for the task', () => {
    const task = toolChoices(ask([rule('npm test *')])).find(choice => choice.id === 'allowTask');
    expect(task?.updates.map(update => update.destination)).toEqual(['session']);
  });

  it('does not slip a wider mode in beside a rule', () => {
    const task = toolChoices(ask([rule('touch a'), acceptEdits])).find(choice => choice.id === 'allowTask');
    expect(task?.updates.map(update => update.type)).toEqual(['addRules']);
  });

  it('offers the mode for edits, where no rule is suggested', () => {
    const task = toolChoices(ask([acceptEdits], { toolName: 'Edit' })).find(choice => choice.id === 'allowTask');
    expect(task?.rule).toBe('mode acceptEdits: edits in the folder are not asked');
  });

  it('withholds rules that hide characters', () => {
    expect(toolChoices(ask([rule('npm test \u202e*')])).map(choice => choice.id)).toEqual(['allowOnce', 'deny']);
  });

  it('offers only once where a person has to decide each time', () => {
    expect(toolChoices(ask([rule('x')], { requiresUser: true })).map(choice => choice.id)).toEqual([
      'allowOnce',
      'deny',
    ]);
    expect(toolChoices(ask([rule('x')], { onceOnly: true })).map(choice => choice.id)).toEqual(['allowOnce', 'deny']);
  });
});
