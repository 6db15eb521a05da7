import { describe, expect, it } from 'vitest';
import { type LaunchOptions, planLaunch, taskMarker } from '../../../../src/core/claude/claudeLaunch.ts';

const NEW = { major: 2, minor: 1, patch: 329 };
const OLD = { major: 2, minor: 0, patch: 0 };
const ID = '11111111-2222-4333-8444-555555555555';
const SERVERS = { lab: { type: 'stdio', command: 'node', env: { KEY: 'secret' } } };

const plan = (more: Partial<LaunchOptions> = {}, outer: Record<string, string> = {}) =>
  planLaunch({ taskId: 'task1', version: NEW, session: { kind: 'new', id: ID }, ...more }, outer);
const flag = (args: readonly string[], name: string): string | undefined =>
  args.includes(name) ? args[args.indexOf(name) + 1] : undefined;

describe('planLaunch', () => {
  it('speaks the protocol, and lets the host be asked', () => {
    const { args } = plan();
    expect(args[0]).toBe('-p');
    expect(flag(args, '--input-format')).toBe('stream-json');
    expect(flag(args, '--output-format')).toBe('stream-json');
    expect(flag(args, '--permission-prompt-tool')).toBe('stdio');
    expect(args).toEqual(expect.arrayContaining(['--verbose', '--include-partial-messages']));
  });

  it('makes the spans of Claude Code part of the trace of its task, not of an outer one', () => {
    const outer = { TRACEPARENT: 'outer', TRACESTATE: 'outer' };
    expect(plan({ traceparent: '00-a-b-01' }, outer).environment).toMatchObject({ TRACEPARENT: '00-a-b-01' });
    expect(plan({ traceparent: '00-a-b-01' }, outer).environment).not.toHaveProperty('TRACESTATE');
    expect(plan().environment).not.toHaveProperty('TRACEPARENT');
  });

  it('begins, continues or copies a session', () => {
    expect(flag(plan().args, '--session-id')).toBe(ID);
    const resumed = plan({ session: { kind: 'resume', id: ID } });
    expect(flag(resumed.args, '--resume')).toBe(ID);
    expect(resumed.environment).not.toHaveProperty('CLAUDE_CODE_RESUME_INTERRUPTED_TURN');
    const cutOff = plan({ session: { kind: 'resume', id: ID, interruptedTurn: true } });
    expect(cutOff.environment).toHaveProperty('CLAUDE_CODE_RESUME_INTERRUPTED_TURN', '1');
    const fork = plan({ session: { kind: 'fork', from: ID } });
    expect(fork.args).toEqual(expect.arrayContaining(['--resume', ID, '--fork-session']));
    expect(fork.args).not.toContain('--session-id');
  });

  it('passes the choices of a profile on', () => {
    const { args } = plan({
      model: 'opus',
      fallbackModel: 'sonnet',
      effort: 'high',
      permissionMode: 'plan',
      allowedTools: ['Read', 'Bash(npm run *)'],
      disallowedTools: ['WebFetch'],
      settings: { a: 1 },
      settingSources: ['user', 'project'],
      maxTurns: 5,
      maxBudgetUsd: 1.5,
      additionalDirectories: ['/a', '/b'],
      appendSystemPrompt: '- be brief',
      jsonSchema: { type: 'object' },
    });
    expect(flag(args, '--model')).toBe('opus');
    expect(flag(args, '--fallback-model')).toBe('sonnet');
    expect(flag(args, '--effort')).toBe('high');
    expect(flag(args, '--permission-mode')).toBe('plan');
    expect(flag(args, '--allowedTools')).toBe('Read,Bash(npm run *)');
    expect(flag(args, '--disallowedTools')).toBe('WebFetch');
    expect(flag(args, '--settings')).toBe('{"a":1}');
    expect(flag(args, '--setting-sources')).toBe('user,project');
    expect(flag(args, '--max-turns')).toBe('5');
    expect(flag(args, '--max-budget-usd')).toBe('1.5');
    expect(args.join(' ')).toContain('--add-dir /a --add-dir /b');
    expect(flag(args, '--append-system-prompt')).toBe('- be brief');
    expect(flag(args, '--json-schema')).toBe('{"type":"object"}');
  });

  it('says nothing about what was not chosen', () => {
    const { args } = plan({ allowedTools: [], additionalDirectories: [] });
    for (const name of ['--model', '--allowedTools', '--add-dir', '--mcp-config', '--setting-sources', '--max-turns']) {
      expect(args).not.toContain(name);
    }
  });

  it('counts no settings files at all when the list is empty', () => {
    expect(flag(plan({ settingSources: [] }).args, '--setting-sources')).toBe('');
  });

  it('does not fall back from a model to itself', () => {
    expect(plan({ model: 'haiku', fallbackModel: 'haiku' }).args).not.toContain('--fallback-model');
  });

  it('always starts only the chosen servers, and keeps their values off the command line', () => {
    expect(plan().args).toContain('--strict-mcp-config');
    const { args, initialize } = plan({ mcpServers: SERVERS });
    expect(args).toEqual(expect.arrayContaining(['--strict-mcp-config', '--await-initialize']));
    expect(args.join(' ')).not.toContain('secret');
    expect(initialize).toMatchObject({ subtype: 'initialize', mcpServers: SERVERS });
  });

  it('leaves out what an older version does not know, and says so', () => {
    const older = plan({ version: OLD, mcpServers: SERVERS, effort: 'high', maxBudgetUsd: 1, jsonSchema: {} });
    expect(older.leftOut).toEqual(['effort', 'maxBudgetUsd', 'jsonSchema']);
    for (const name of ['--effort', '--max-budget-usd', '--json-schema', '--await-initialize']) {
      expect(older.args).not.toContain(name);
    }
    expect(JSON.parse(flag(older.args, '--mcp-config') ?? '')).toEqual({ mcpServers: SERVERS });
    expect(older.initialize).not.toHaveProperty('mcpServers');
    expect(plan({ effort: 'high' }).leftOut).toEqual([]);
  });

  it('leaves out an effort at which a version would not start', () => {
    const version = { major: 2, minor: 1, patch: 110 };
    expect(plan({ version, effort: 'xhigh' })).toMatchObject({ leftOut: ['effort'] });
    expect(plan({ version, effort: 'xhigh' }).args).not.toContain('--effort');
    expect(flag(plan({ version, effort: 'max' }).args, '--effort')).toBe('max');
    expect(flag(plan({ effort: 'xhigh' }).args, '--effort')).toBe('xhigh');
  });

  it('has an older version repeat the messages that it takes up', () => {
    expect(plan({ version: OLD }).args).toContain('--replay-user-messages');
    expect(plan().args).not.toContain('--replay-user-messages');
  });

  it('marks every process of the task, whatever the environment around it says', () => {
    const { environment, marker } = plan(
      { environment: { CLAUDE_PANEL_TASK_ID: 'wrong' } },
      { CLAUDE_PANEL_TASK_ID: 'outer' },
    );
    expect(marker).toEqual(taskMarker('task1'));
    expect(environment).toHaveProperty(marker.name, 'task1');
  });

  it('asks Claude Code for what the panel needs, and lets the user have the last word on waiting', () => {
    expect(plan().environment).toMatchObject({
      CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '1',
      CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING: '1',
      CLAUDE_CODE_STARTUP_FAILURE_RESULTS: '1',
      CLAUDE_CODE_MCP_STARTUP_WAIT_MS: '500',
    });
    const outer = { CLAUDE_CODE_MCP_STARTUP_WAIT_MS: '9000', CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '0' };
    expect(plan({}, outer).environment).toMatchObject({
      CLAUDE_CODE_MCP_STARTUP_WAIT_MS: '9000',
      CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '1',
    });
  });

  it('puts the environment of the task over that of the user', () => {
    const { environment } = plan(
      { environment: { ANTHROPIC_BASE_URL: 'http://mine' } },
      { ANTHROPIC_BASE_URL: 'x', A: 'b' },
    );
    expect(environment).toMatchObject({ ANTHROPIC_BASE_URL: 'http://mine', A: 'b' });
  });
});
