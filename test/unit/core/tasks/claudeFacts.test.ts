import { describe, expect, it } from 'vitest';
import type { ClaudeEvent } from '../../../../src/core/claude/claudeEvents.ts';
import { ClaudeFacts } from '../../../../src/core/tasks/claudeFacts.ts';
import type { TaskFact } from '../../../../src/core/tasks/taskFact.ts';

function facts(events: readonly ClaudeEvent[]): TaskFact[] {
  const translator = new ClaudeFacts('k1', '/ws');
  return events.flatMap((event, index) => [...translator.take(event, 1000 * index).facts]);
}

const turnEnded: ClaudeEvent = {
  type: 'turnEnded',
  outcome: { kind: 'succeeded' },
  costUsd: 0,
  usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheCreationTokens: 0 },
  models: {},
  turns: 1,
  durationMs: 10,
  queuedTurns: 0,
  permissionDenials: 0,
  text: '',
};

describe('ClaudeFacts', () => {
  it('keeps deltas out of the log and shows them live', () => {
    const translated = new ClaudeFacts('k1', '/ws').take(
      { type: 'textDelta', messageId: 'm', blockIndex: 0, text: 'Hel' },
      0,
    );
    expect(translated.facts).toEqual([]);
    expect(translated.live).toEqual([
      { kind: 'part', taskId: 'k1', messageId: 'm', blockIndex: 0, part: 'text', text: 'Hel' },
    ]);
  });

  it('measures how long a thought lasts', () => {
    const [thinking] = facts([
      { type: 'thinkingDelta', messageId: 'm', blockIndex: 0, text: 'Hm' },
      { type: 'thinkingDelta', messageId: 'm', blockIndex: 0, text: 'm' },
      { type: 'thinking', messageId: 'm', text: 'Hmm' },
    ]);
    expect(thinking?.data).toEqual({ messageId: 'm', text: 'Hmm', durationMs: 2000 });
  });

  it('tells a tool call once, even when Claude Code repeats it', () => {
    const started: ClaudeEvent = {
      type: 'toolStarted',
      messageId: 'm',
      toolUseId: 't',
      name: 'Read',
      input: { file_path: '/ws/src/a.ts' },
    };
    expect(facts([started, started]).map(fact => fact.type)).toEqual(['claude-panel.task.toolStarted']);
  });

  it('says what a tool call does, with paths as in the folder', () => {
    const [read] = facts([
      { type: 'toolStarted', messageId: 'm', toolUseId: 't', name: 'Read', input: { file_path: '/ws/src/a.ts' } },
    ]);
    expect(read?.data).toMatchObject({ summary: 'Read src/a.ts' });
  });

  it('ends with the turn what got no result by then, but not the calls of a sub-agent', () => {
    const call = (toolUseId: string, parentToolUseId?: string): ClaudeEvent => ({
      type: 'toolStarted',
      messageId: 'm',
      toolUseId,
      name: 'web_search',
      input: {},
      ...(parentToolUseId === undefined ? {} : { parentToolUseId }),
    });
    const told = facts([call('searched'), call('inner', 'agent'), turnEnded]);
    expect(told.slice(2)).toMatchObject([
      { type: 'claude-panel.task.toolEnded', data: { toolUseId: 'searched', outcome: 'ok', output: '' } },
      { type: 'claude-panel.task.turnEnded' },
    ]);
  });

  it('counts the changed lines of an edit', () => {
    const [ended] = facts([
      {
        type: 'toolEnded',
        toolUseId: 't',
        isError: false,
        output: 'done',
        result: {
          filePath: '/ws/a.ts',
          structuredPatch: [{ oldStart: 1, newStart: 1, lines: [' x', '-y', '+z', '+w'] }],
        },
      },
    ]);
    expect(ended?.data).toMatchObject({
      outcome: 'ok',
      change: { path: 'a.ts', kind: 'edited', added: 2, removed: 1 },
    });
  });

  it('marks a refused call as denied, not as failed', () => {
    const [ended] = facts([
      { type: 'toolEnded', toolUseId: 't', isError: true, output: 'no', decision: 'reject:user_reject' },
    ]);
    expect(ended?.data).toMatchObject({ outcome: 'denied' });
  });

  it('cuts huge output and says so', () => {
    const [ended] = facts([{ type: 'toolEnded', toolUseId: 't', isError: false, output: 'x'.repeat(250_000) }]);
    expect(ended?.data).toMatchObject({ outputTruncated: true });
    expect(ended?.type === 'claude-panel.task.toolEnded' && ended.data.output.length).toBe(100_000);
  });

  it('knows that silence is no trouble while a tool or an agent works', () => {
    const translator = new ClaudeFacts('k1', '/ws');
    translator.take({ type: 'toolStarted', messageId: 'm', toolUseId: 't', name: 'Bash', input: {} }, 0);
    expect(translator.isWorking).toBe(true);
    translator.take({ type: 'toolEnded', toolUseId: 't', isError: false, output: '' }, 0);
    expect(translator.isWorking).toBe(false);
    translator.take(
      { type: 'agentStarted', agentId: 'a', kind: 'local_agent', description: 'look', background: true },
      0,
    );
    expect(translator.isWorking).toBe(true);
  });

  it('takes no call of the main thread for open once the turn has ended', () => {
    const translator = new ClaudeFacts('k1', '/ws');
    const start = (toolUseId: string, parent: { parentToolUseId?: string }): unknown =>
      translator.take({ type: 'toolStarted', messageId: 'm', toolUseId, name: 'web_search', input: {}, ...parent }, 0);
    const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheCreationTokens: 0 };
    const end = (): unknown =>
      translator.take(
        {
          type: 'turnEnded',
          outcome: { kind: 'succeeded' },
          costUsd: 0,
          usage,
          models: {},
          turns: 1,
          durationMs: 1,
          queuedTurns: 0,
          permissionDenials: 0,
          text: '',
        },
        0,
      );
    start('t', {});
    end();
    expect(translator.isWorking).toBe(false);
    start('u', { parentToolUseId: 'agent' });
    end();
    expect(translator.isWorking).toBe(true);
  });

  it('counts the context from the main thread only', () => {
    const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 100, cacheCreationTokens: 1 };
    const [main, agent] = facts([
      { type: 'usage', messageId: 'm', model: 'x', usage },
      { type: 'usage', messageId: 'n', model: 'x', usage, parentToolUseId: 't' },
    ]);
    expect(main?.data).toMatchObject({ contextTokens: 116 });
    expect(agent?.data).not.toHaveProperty('contextTokens');
  });

  it('keeps messages that it does not know', () => {
    const [unknown] = facts([{ type: 'unknownMessage', raw: { type: 'brand_new', value: 7 } }]);
    expect(unknown?.data).toMatchObject({ level: 'info', text: expect.stringContaining('brand_new') });
  });

  it('counts on from what the session had cost, of a version that begins anew', () => {
    const totals = (costUsd: number, inputTokens: number) => ({
      inputTokens,
      outputTokens: 0,
      cacheReadTokens: 0,
      cacheCreationTokens: 0,
      costUsd,
    });
    const translator = new ClaudeFacts('k1', '/ws');
    translator.countOnFrom({ costUsd: 3, models: { a: totals(1, 10), b: totals(2, 20) } });
    const event = { ...turnEnded, costUsd: 4, models: { b: { ...totals(4, 5), contextWindow: 9 } } } as ClaudeEvent;
    expect(translator.take(event, 0).facts.at(-1)?.data).toMatchObject({
      costUsd: 7,
      models: { a: totals(1, 10), b: { ...totals(6, 25), contextWindow: 9 } },
    });
    expect(translator.wholeCost(4)).toBe(7);
  });
});
