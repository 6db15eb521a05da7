import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/base/json.ts';
import { type ClaudeAsk, forSession } from '../../../../src/core/claude/claudeAsk.ts';
import { translateAsk } from '../../../../src/core/claude/wire/askTranslation.ts';

const ask = (request: JsonObject): ClaudeAsk | undefined =>
  translateAsk('r1', { subtype: 'can_use_tool', tool_name: 'Bash', tool_use_id: 't1', input: {}, ...request });
const suggestionsOf = (permission_suggestions: JsonObject[]): unknown => {
  const found = ask({ permission_suggestions });
  return found?.kind === 'tool' ? found.suggestions : undefined;
};

describe('translateAsk', () => {
  it('gives all that a person needs to decide', () => {
    expect(
      ask({
        input: { command: 'npm test' },
        display_name: 'Shell',
        description: 'Runs the tests',
        agent_id: 'a1',
        blocked_path: '/etc',
        decision_reason: 'Path is outside',
        decision_reason_type: 'workingDir',
        requires_user_interaction: true,
        suppress_always_allow_rule: true,
        mcp_server: { name: 'lab' },
      }),
    ).toEqual({
      kind: 'tool',
      requestId: 'r1',
      toolName: 'Bash',
      toolUseId: 't1',
      agentId: 'a1',
      input: { command: 'npm test' },
      displayName: 'Shell',
      description: 'Runs the tests',
      suggestions: [],
      reason: { text: 'Path is outside', type: 'workingDir' },
      blockedPath: '/etc',
      requiresUser: true,
      onceOnly: true,
      mcpServer: 'lab',
    });
  });

  it('never cuts what is asked for: what is approved is what runs', () => {
    const command = 'x'.repeat(1_000_000);
    const found = ask({ input: { command } });
    expect(found?.kind === 'tool' && found.input).toEqual({ command });
  });

  it('does not take the main thread for an agent, as some versions do', () => {
    const request = { subtype: 'can_use_tool', tool_name: 'Bash', input: {}, agent_id: 'session-1' };
    expect(translateAsk('r', request, 'session-1')).not.toHaveProperty('agentId');
    expect(translateAsk('r', request, 'session-2')).toHaveProperty('agentId', 'session-1');
    expect(translateAsk('r', request)).toMatchObject({ toolUseId: 'r' });
  });

  it('takes a question without readable questions for an ordinary tool', () => {
    expect(ask({ tool_name: 'AskUserQuestion', input: { questions: 'none' } })?.kind).toBe('tool');
    const questions = [{ question: 'Which?', options: [{ label: 'A' }, { nothing: 1 }] }, { header: 'no text' }];
    expect(ask({ tool_name: 'AskUserQuestion', input: { questions } })).toMatchObject({
      kind: 'question',
      questions: [{ question: 'Which?', header: '', multiSelect: false, options: [{ label: 'A', description: '' }] }],
    });
  });

  it('gives a plan, which may be empty', () => {
    expect(ask({ tool_name: 'ExitPlanMode', input: { plan: '# P', planFilePath: '/p.md' } })).toMatchObject({
      kind: 'plan',
      plan: '# P',
      planFile: '/p.md',
    });
    expect(ask({ tool_name: 'ExitPlanMode' })).toMatchObject({ kind: 'plan', plan: '' });
  });

  it('offers only grants that it can show in full', () => {
    const rule = { type: 'addRules', behavior: 'allow', destination: 'session' };
    expect(
      suggestionsOf([
        { ...rule, rules: [{ toolName: 'Bash', ruleContent: 'ls' }] },
        { ...rule, rules: [{ toolName: 'Bash', ruleContent: 5 }] },
        { ...rule, rules: [{ toolName: 'Bash', ruleContent: 'ls' }, 'more'] },
        { ...rule, rules: [] },
        { ...rule, rules: [{ toolName: 'Bash' }], behavior: 'bless' },
        { ...rule, rules: [{ toolName: 'Bash' }], destination: 'everywhere' },
        { type: 'grantAll', destination: 'session' },
        { type: 'setMode', mode: 'acceptEdits', destination: 'session' },
        { type: 'setMode', destination: 'session' },
        { type: 'addDirectories', directories: ['/a', 5], destination: 'session' },
      ]),
    ).toEqual([
      { ...rule, rules: [{ toolName: 'Bash', ruleContent: 'ls' }] },
      { type: 'setMode', mode: 'acceptEdits', destination: 'session' },
      { type: 'addDirectories', directories: ['/a'], destination: 'session' },
    ]);
  });

  it('is undefined for what cannot be answered', () => {
    expect(translateAsk('r', { subtype: 'can_use_tool', tool_name: 'Bash' })).toBeUndefined();
    expect(translateAsk('r', { subtype: 'hook_callback' })).toBeUndefined();
    expect(translateAsk('r', { subtype: 'request_user_dialog' })).toBeUndefined();
    expect(translateAsk('r', {})).toBeUndefined();
  });

  it('takes any request without throwing', () => {
    const names = ['tool_name', 'input', 'permission_suggestions', 'mcp_server', 'requested_schema', 'callback_id'];
    fc.assert(
      fc.property(
        fc.constantFrom('can_use_tool', 'elicitation', 'hook_callback', 'else'),
        fc.dictionary(fc.constantFrom(...names), fc.jsonValue()),
        (subtype, fields) => {
          translateAsk('r', { ...(fields as JsonObject), subtype });
        },
      ),
    );
  });
});

describe('forSession', () => {
  it('keeps a grant from being written to disk', () => {
    const kept = { type: 'addRules', rules: [{ toolName: 'Bash' }], behavior: 'allow' } as const;
    expect(forSession({ ...kept, destination: 'localSettings' })).toEqual({ ...kept, destination: 'session' });
  });
});
