import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/base/json.ts';
import type { ClaudeEvent } from '../../../../src/core/claude/claudeEvents.ts';
import type { WireMessage } from '../../../../src/core/claude/claudeMessages.ts';
import { MessageTranslator } from '../../../../src/core/claude/messageTranslator.ts';

function translate(...messages: JsonObject[]): ClaudeEvent[] {
  const translator = new MessageTranslator();
  return messages.flatMap(message => [...translator.translate(message as WireMessage)]);
}

const stream = (event: JsonObject): JsonObject => ({ type: 'stream_event', event, parent_tool_use_id: null });
const messageStart = (id: string): JsonObject =>
  stream({ type: 'message_start', message: { id, model: 'm', usage: { input_tokens: 5, output_tokens: 1 } } });
const textDelta = (text: string, index = 0): JsonObject =>
  stream({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } });
const messageDelta = (output: number): JsonObject =>
  stream({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: output } });
const messageStop = stream({ type: 'message_stop' });
const assistant = (id: string, content: JsonObject[], more: JsonObject = {}): JsonObject => ({
  type: 'assistant',
  message: { id, model: 'm', content, stop_reason: null, usage: { input_tokens: 5, output_tokens: 1 } },
  parent_tool_use_id: null,
  ...more,
});
const toolUse = (id: string, name: string, input: JsonObject): JsonObject =>
  assistant(`msg_${id}`, [{ type: 'tool_use', id, name, input }]);
const toolResult = (id: string, result?: JsonObject, isError = false): JsonObject => ({
  type: 'user',
  message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'ok', is_error: isError }] },
  parent_tool_use_id: null,
  ...(result === undefined ? {} : { tool_use_result: result }),
});
const system = (subtype: string, more: JsonObject = {}): JsonObject => ({ type: 'system', subtype, ...more });
const init = (more: JsonObject = {}): JsonObject => system('init', { session_id: 's1', cwd: '/w', ...more });
const result = (more: JsonObject = {}): JsonObject => ({
  type: 'result',
  subtype: 'success',
  is_error: false,
  ...more,
});
const only = <Type extends ClaudeEvent['type']>(events: readonly ClaudeEvent[], type: Type) =>
  events.filter((event): event is Extract<ClaudeEvent, { type: Type }> => event.type === type);

describe('the answer while it is written', () => {
  it('is voided when the stream is cut before any block was whole', () => {
    const events = translate(messageStart('a'), textDelta('Hel'), messageStop, messageStart('b'), textDelta('Hello'));
    expect(only(events, 'messageDiscarded')).toEqual([{ type: 'messageDiscarded', messageId: 'a' }]);
  });

  it('is voided when the next answer or the end of the turn comes before its end', () => {
    expect(only(translate(messageStart('a'), textDelta('x'), messageStart('b')), 'messageDiscarded')).toHaveLength(1);
    expect(only(translate(messageStart('a'), textDelta('x'), result()), 'messageDiscarded')).toHaveLength(1);
  });

  it('is not voided when it was delivered and ended as announced', () => {
    const events = translate(
      messageStart('a'),
      textDelta('Hello'),
      assistant('a', [{ type: 'text', text: 'Hello' }]),
      messageDelta(7),
      messageStop,
      result(),
    );
    expect(only(events, 'messageDiscarded')).toEqual([]);
  });

  it('is voided when it was cut after a whole block, whose text stands', () => {
    const events = translate(
      messageStart('a'),
      textDelta('One.'),
      assistant('a', [{ type: 'text', text: 'One.' }]),
      textDelta('Tw', 1),
      messageStop,
    );
    expect(only(events, 'messageDiscarded')).toHaveLength(1);
    expect(only(events, 'text')).toMatchObject([{ text: 'One.' }]);
  });

  it('shows nothing for deltas that belong to no answer', () => {
    expect(translate(textDelta('stray'), messageStop, messageDelta(3))).toEqual([]);
  });
});

describe('the use of tokens', () => {
  it('is passed on once for each change, and the final record is never undone', () => {
    const events = translate(
      messageStart('a'),
      assistant('a', [{ type: 'text', text: 'x' }]),
      assistant('a', [{ type: 'text', text: 'y' }]),
      messageDelta(42),
      assistant('a', [{ type: 'text', text: 'z' }]),
      messageStop,
    );
    expect(only(events, 'usage').map(({ usage }) => usage.outputTokens)).toEqual([1, 42]);
    expect(only(events, 'usage')[1]?.usage.inputTokens).toBe(5);
  });

  it('is not reported for what Claude Code writes itself', () => {
    const synthetic = { type: 'assistant', message: { id: 'x', model: '<synthetic>', content: [], usage: {} } };
    expect(translate(synthetic)).toEqual([]);
  });
});

describe('the to-do list', () => {
  it('comes from TodoWrite, once it has succeeded', () => {
    const todos = [{ content: 'Test', status: 'in_progress', activeForm: 'Testing' }];
    const events = translate(toolUse('t1', 'TodoWrite', { todos }), toolResult('t1'));
    expect(events.map(({ type }) => type)).toEqual(['toolStarted', 'usage', 'toolEnded', 'todos']);
    expect(only(events, 'todos')[0]?.todos).toEqual([{ content: 'Test', status: 'inProgress', activeForm: 'Testing' }]);
    const failed = translate(toolUse('t1', 'TodoWrite', { todos }), toolResult('t1', undefined, true));
    expect(only(failed, 'todos')).toEqual([]);
  });

  it('is changed piece by piece by the newer tools', () => {
    const events = translate(
      toolUse('t1', 'TaskCreate', { subject: 'One', description: '' }),
      toolResult('t1', { task: { id: '7', subject: 'One' } }),
      toolUse('t2', 'TaskCreate', { subject: 'Two', description: '', activeForm: 'Doing two' }),
      toolResult('t2', { task: { id: '8', subject: 'Two' } }),
      toolUse('t3', 'TaskUpdate', { taskId: '8', status: 'in_progress' }),
      toolResult('t3', { success: true }),
      toolUse('t4', 'TaskUpdate', { taskId: '7', status: 'deleted' }),
      toolResult('t4', { success: true }),
      toolUse('t5', 'TaskUpdate', { taskId: 'unknown', status: 'completed' }),
      toolResult('t5', { success: true }),
      toolUse('t6', 'TaskList', {}),
      toolResult('t6', { tasks: [{ id: '8', subject: 'Two', status: 'completed' }] }),
    );
    expect(only(events, 'todos').map(({ todos }) => todos)).toEqual([
      [{ content: 'One', status: 'pending' }],
      [
        { content: 'One', status: 'pending' },
        { content: 'Two', status: 'pending', activeForm: 'Doing two' },
      ],
      [
        { content: 'One', status: 'pending' },
        { content: 'Two', status: 'inProgress', activeForm: 'Doing two' },
      ],
      [{ content: 'Two', status: 'inProgress', activeForm: 'Doing two' }],
      [{ content: 'Two', status: 'completed', activeForm: 'Doing two' }],
    ]);
  });

  it('is that of the main thread alone', () => {
    const call = assistant('m', [{ type: 'tool_use', id: 't1', name: 'TodoWrite', input: { todos: [] } }], {
      parent_tool_use_id: 'agent',
    });
    expect(only(translate(call, toolResult('t1')), 'todos')).toEqual([]);
  });

  it('is empty after the conversation was cleared', () => {
    const events = translate(
      toolUse('t1', 'TodoWrite', { todos: [{ content: 'Test', status: 'pending' }] }),
      toolResult('t1'),
      { type: 'conversation_reset' },
    );
    expect(events.slice(-2)).toEqual([{ type: 'sessionChanged' }, { type: 'todos', todos: [] }]);
  });
});

describe('tool calls', () => {
  it('take their structured result only when it is clear whose it is', () => {
    const two = toolResult('a', { x: 1 });
    (two['message'] as { content: JsonObject[] }).content.push({ type: 'tool_result', tool_use_id: 'b', content: '' });
    expect(only(translate(two), 'toolEnded').map(event => event.result)).toEqual([undefined, undefined]);
    expect(only(translate(toolResult('a', { x: 1 })), 'toolEnded')[0]?.result).toEqual({ x: 1 });
  });

  it('give the text of every block, and name what is not text', () => {
    const content = [
      { type: 'text', text: 'one' },
      { type: 'image', source: {} },
      { type: 'text', text: 'two' },
    ];
    const message = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content }] };
    expect(only(translate({ type: 'user', message }), 'toolEnded')[0]?.output).toBe('one\n[image]\ntwo');
  });

  it('that ran at the API end with the result in the answer itself', () => {
    const call = { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'q' } };
    const found = { type: 'web_search_tool_result', tool_use_id: 's1', content: [{ title: 'A page' }] };
    const refused = {
      type: 'web_fetch_tool_result',
      tool_use_id: 's2',
      content: { type: 'web_fetch_tool_result_error', error_code: 'unavailable' },
    };
    const ended = only(translate(assistant('m', [call, found]), assistant('m', [refused])), 'toolEnded');
    expect(ended).toMatchObject([
      { toolUseId: 's1', isError: false, output: '[{"title":"A page"}]' },
      { toolUseId: 's2', isError: true },
    ]);
  });

  it('say what decided that they may run', () => {
    const decided = (permission: JsonObject) =>
      only(
        translate({ ...toolResult('a'), tool_result_meta: [{ id: 'a', permission_decision: permission }] }),
        'toolEnded',
      )[0]?.decision;
    expect(decided({ decision: 'accept', source: 'config', reason_type: 'mode' })).toBe('accept:config:mode');
    expect(decided({ decision: 'reject', source: 'hook', reason_type: 'hook' })).toBe('reject:hook');
    expect(decided({ decision: 'accept', source: 'user_temporary' })).toBe('accept:user_temporary');
  });

  it('are cut to what a person can read, with copies of whole files cut most', () => {
    const long = 'x'.repeat(300_000);
    const [event] = only(
      translate(toolResult('a', { originalFile: long, content: long, structuredPatch: [{ lines: ['+a'] }] })),
      'toolEnded',
    );
    const kept = event?.result as { originalFile: string; content: string; structuredPatch: unknown };
    expect(kept.originalFile).toHaveLength(1000 + '…[+299000 characters]'.length);
    expect(kept.content.endsWith('…[+280000 characters]')).toBe(true);
    expect(kept.structuredPatch).toEqual([{ lines: ['+a'] }]);
    const [started] = only(translate(toolUse('b', 'Write', { content: long })), 'toolStarted');
    expect(JSON.stringify(started?.input).length).toBeLessThan(30_000);
  });

  it('have a heartbeat that names the call itself', () => {
    const beat = { type: 'tool_progress', tool_use_id: 't1-heartbeat-0', parent_tool_use_id: 't1', heartbeat: true };
    expect(translate({ ...beat, elapsed_time_seconds: 30 })).toEqual([
      { type: 'toolProgress', toolUseId: 't1', elapsedMs: 30_000 },
    ]);
    const plain = { type: 'tool_progress', tool_use_id: 't2', parent_tool_use_id: 'agent', elapsed_time_seconds: 1.5 };
    expect(translate(plain)).toEqual([{ type: 'toolProgress', toolUseId: 't2', elapsedMs: 1500 }]);
  });
});

describe('texts in the name of the user', () => {
  it('are told apart: typed ones that are replayed, and made-up ones', () => {
    const message = { role: 'user', content: [{ type: 'text', text: 'hello' }] };
    expect(translate({ type: 'user', message, uuid: 'u', isReplay: true })).toEqual([
      { type: 'userText', text: 'hello', uuid: 'u', synthetic: false },
    ]);
    expect(translate({ type: 'user', message, parent_tool_use_id: 'agent' })).toEqual([
      { type: 'userText', text: 'hello', synthetic: true, parentToolUseId: 'agent' },
    ]);
  });

  it('become notices when a local command has printed them', () => {
    const content = '<local-command-stdout>Set model to opus</local-command-stdout>';
    expect(translate({ type: 'user', message: { content }, isReplay: true })).toEqual([
      { type: 'notice', level: 'info', text: 'Set model to opus' },
    ]);
  });
});

describe('agents', () => {
  it('end once, and once more for the summary', () => {
    const ended = (subtype: string, more: JsonObject): JsonObject => system(subtype, { task_id: 'a', ...more });
    const events = translate(
      system('task_started', { task_id: 'a', task_type: 'local_agent', is_backgrounded: true, description: 'd' }),
      ended('task_updated', { patch: { status: 'killed' } }),
      ended('task_notification', { status: 'stopped', summary: 'half done' }),
      ended('task_notification', { status: 'stopped', summary: 'half done' }),
      ended('task_updated', { patch: { status: 'killed' } }),
    );
    expect(only(events, 'agentEnded')).toEqual([
      { type: 'agentEnded', agentId: 'a', status: 'stopped' },
      { type: 'agentEnded', agentId: 'a', status: 'stopped', summary: 'half done' },
    ]);
  });

  it('may be resumed, and end again', () => {
    const started = system('task_started', { task_id: 'a', task_type: 'local_agent' });
    const done = system('task_notification', { task_id: 'a', status: 'completed', summary: 's' });
    expect(only(translate(started, done, started, done), 'agentEnded')).toHaveLength(2);
  });

  it('are left out when they are only housekeeping', () => {
    expect(translate(system('task_started', { task_id: 'a', ambient: true }))).toEqual([]);
    const tasks = [
      { task_id: 'a', task_type: 'x', description: 'd', ambient: true },
      { task_id: 'b', task_type: 'local_bash', description: 'd' },
    ];
    expect(translate(system('background_tasks_changed', { tasks }))).toEqual([
      { type: 'backgroundChanged', running: [{ id: 'b', kind: 'local_bash', description: 'd' }] },
    ]);
  });

  it('in a patch that changes something else do not end', () => {
    expect(translate(system('task_updated', { task_id: 'a', patch: { is_backgrounded: true } }))).toEqual([]);
  });
});

describe('the session', () => {
  it('tells its new id before the turn in which it changed', () => {
    const events = translate(init(), init({ session_id: 's2' }));
    expect(events.map(({ type }) => type)).toEqual(['turnStarted', 'sessionChanged', 'turnStarted']);
    expect(only(events, 'sessionChanged')).toEqual([{ type: 'sessionChanged', sessionId: 's2' }]);
  });

  it('tells a change of the permission mode once', () => {
    const mode = system('status', { status: null, permissionMode: 'plan' });
    expect(only(translate(init({ permissionMode: 'default' }), mode, mode), 'permissionModeChanged')).toHaveLength(1);
    expect(only(translate(init({ permissionMode: 'plan' }), mode), 'permissionModeChanged')).toEqual([]);
  });

  it('tells how a compaction went, with its sizes where they are known', () => {
    const events = translate(
      system('status', { status: 'compacting' }),
      system('status', { status: null, compact_result: 'success' }),
      system('compact_boundary', { compact_metadata: { pre_tokens: 100, post_tokens: 10 } }),
      result(),
    );
    expect(events.slice(0, 2)).toEqual([
      { type: 'compacting' },
      { type: 'compacted', ok: true, preTokens: 100, postTokens: 10 },
    ]);
    const older = translate(system('status', { compact_result: 'success' }), result());
    expect(older[0]).toEqual({ type: 'compacted', ok: true });
    const failed = translate(system('status', { compact_result: 'failed', compact_error: 'no room' }));
    expect(failed).toEqual([{ type: 'compacted', ok: false, error: 'no room' }]);
  });

  it('names what was left out at its start', () => {
    const events = translate(init({ mcp_server_errors: [{ name: 'lab', message: 'unknown type' }] }));
    expect(only(events, 'notice')).toEqual([
      { type: 'notice', level: 'warning', text: 'The MCP server lab was left out: unknown type' },
    ]);
  });

  it('gives the time of a reset in milliseconds', () => {
    const info = { status: 'rejected', resetsAt: 1_795_245_060, rateLimitType: 'five_hour' };
    expect(translate({ type: 'rate_limit_event', rate_limit_info: info })).toEqual([
      { type: 'rateLimit', status: 'rejected', resetsAt: 1_795_245_060_000, kind: 'five_hour', raw: info },
    ]);
  });

  it('passes notices on, and keeps known trifles to itself', () => {
    expect(translate(system('informational', { content: 'Look', level: 'suggestion' }))).toEqual([
      { type: 'notice', level: 'info', text: 'Look' },
    ]);
    expect(translate(system('hook_response', { outcome: 'error', hook_name: 'Stop', stderr: 'bad' }))).toEqual([
      { type: 'notice', level: 'warning', text: 'The hook Stop failed: bad' },
    ]);
    expect(translate(system('session_writes_lost'))).toMatchObject([{ type: 'notice', level: 'error' }]);
    expect(translate({ type: 'keep_alive' }, system('thinking_tokens'), system('hook_started'))).toEqual([]);
  });

  it('keeps what it does not know', () => {
    const strange = { type: 'hologram', size: 3 };
    expect(translate(strange)).toEqual([{ type: 'unknownMessage', raw: strange }]);
    const newer = system('session_state_changed', { state: 'dreaming' });
    expect(translate(newer)).toEqual([{ type: 'unknownMessage', raw: newer }]);
  });
});

describe('the end of a turn', () => {
  const outcome = (more: JsonObject, ...before: JsonObject[]) =>
    only(translate(...before, result(more)), 'turnEnded').at(-1)?.outcome;
  const failed = (more: JsonObject, ...before: JsonObject[]): string | undefined => {
    const found = outcome({ is_error: true, ...more }, ...before);
    return found?.kind === 'failed' ? found.failure.reason : found?.kind;
  };
  const told = (error: string): JsonObject => ({
    type: 'assistant',
    message: { id: 'e', model: '<synthetic>', content: [{ type: 'text', text: 'Oh' }] },
    error,
  });

  it('is a success only when nothing says otherwise', () => {
    expect(outcome({ terminal_reason: 'completed' })).toEqual({ kind: 'succeeded' });
    expect(failed({ terminal_reason: 'api_error', api_error_status: 401 })).toBe('badKey');
  });

  it.each([
    ['error_max_turns', 'turns'],
    ['error_max_budget_usd', 'budget'],
    ['error_max_structured_output_retries', 'structuredOutput'],
  ])('is a limit for %s', (subtype, limit) => {
    expect(outcome({ subtype, is_error: true })).toEqual({ kind: 'limit', limit });
  });

  it('is an interruption by its own word, and by the note of older versions', () => {
    const error = { subtype: 'error_during_execution', is_error: true };
    expect(outcome({ ...error, terminal_reason: 'aborted_tools' })).toEqual({ kind: 'interrupted' });
    expect(outcome({ ...error, terminal_reason: 'aborted_streaming' })).toEqual({ kind: 'interrupted' });
    const note = { type: 'user', message: { content: [{ type: 'text', text: '[Request interrupted by user]' }] } };
    expect(outcome(error, note)).toEqual({ kind: 'interrupted' });
  });

  it.each([
    [{ api_error_status: 529 }, 'server_error', 'overloaded'],
    [{ api_error_status: 500 }, 'server_error', 'serverError'],
    [{ api_error_status: null }, 'authentication_failed', 'notLoggedIn'],
    [{ api_error_status: 403 }, 'authentication_failed', 'badKey'],
    [{ api_error_status: 400 }, 'billing_error', 'billing'],
    [{ api_error_status: 429 }, 'rate_limit', 'rateLimited'],
    [{ api_error_status: 404 }, 'model_not_found', 'modelNotFound'],
    [{ api_error_status: 413 }, 'invalid_request', 'requestTooLarge'],
    [{ terminal_reason: 'prompt_too_long' }, 'invalid_request', 'contextFull'],
    [{ api_error: 'connection_failed' }, 'unknown', 'network'],
    [{ api_error_status: null }, 'account_on_hold', 'accountRefused'],
    [{ result: 'Something else' }, 'unknown', 'modelFailed'],
  ])('is a failure with a reason for %j and "%s"', (more, word, reason) => {
    expect(failed({ terminal_reason: 'api_error', ...more }, told(word))).toBe(reason);
  });

  it('does not take the failure of an earlier turn for its own', () => {
    expect(failed({ result: 'x' }, told('billing_error'), result({ is_error: true }))).toBe('modelFailed');
  });

  it.each([
    ['bypass_root', 'bypassAsRoot'],
    ['cwd_unavailable', 'workingFolderGone'],
    ['sandbox_required_unavailable', 'sandboxUnavailable'],
    ['proxy_invalid', 'badProxy'],
    ['config_file_invalid', 'badConfigFile'],
    ['org_pin_mismatch', 'policyRefused'],
    ['something_new', 'startFailed'],
  ])('says why it did not start: %s', (startup_failure_reason, reason) => {
    const more = { subtype: 'error_during_execution', startup_failure_reason, errors: ['why'] };
    expect(failed(more)).toBe(reason);
  });

  it('reads the failures of older versions from their text', () => {
    expect(failed({ subtype: 'error_during_execution', errors: ['No conversation found with session ID: x'] })).toBe(
      'sessionNotFound',
    );
    expect(failed({ result: 'API Error: Connection error.' })).toBe('network');
    expect(failed({ result: 'Invalid API key · Fix external API key' })).toBe('badKey');
  });

  it('carries totals, denials and what was asked for as data', () => {
    const [event] = only(
      translate(
        result({
          total_cost_usd: 0.5,
          num_turns: 3,
          duration_ms: 10,
          queued_turn_count: 2,
          origin: { kind: 'task-notification' },
          permission_denials: [{}, {}],
          structured_output: { a: 1 },
          errors: ['[ede_diagnostic] noise'],
          usage: { input_tokens: 1, output_tokens: 2, cache_read_input_tokens: 3, cache_creation_input_tokens: 4 },
          modelUsage: { m: { inputTokens: 1, outputTokens: 2, costUSD: 0.5, contextWindow: 1000 }, odd: null },
        }),
      ),
      'turnEnded',
    );
    expect(event).toEqual({
      type: 'turnEnded',
      outcome: { kind: 'succeeded' },
      costUsd: 0.5,
      usage: { inputTokens: 1, outputTokens: 2, cacheReadTokens: 3, cacheCreationTokens: 4 },
      models: {
        m: {
          inputTokens: 1,
          outputTokens: 2,
          cacheReadTokens: 0,
          cacheCreationTokens: 0,
          costUsd: 0.5,
          contextWindow: 1000,
        },
      },
      turns: 3,
      durationMs: 10,
      queuedTurns: 2,
      origin: 'task-notification',
      permissionDenials: 2,
      text: '',
      structuredOutput: { a: 1 },
    });
  });
});
