import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reply, StreamFault } from '../../../../src/adapters/rehearsal/reply.ts';
import { parsePromptScript } from '../../../../src/adapters/rehearsal/scenario.ts';
import { type StreamAction, streamActions, textParts } from '../../../../src/adapters/rehearsal/streamActions.ts';

// biome-ignore lint/suspicious/noExplicitAny: the tests assert on the shape themselves.
type StreamEvent = any;

function actionsOf(script: string, fault?: StreamFault): StreamAction[] {
  const round = parsePromptScript(script)[0];
  let tools = 0;
  const reply: Reply = {
    messageId: 'msg_1',
    model: 'claude-test',
    steps: round?.steps ?? [],
    stop: round?.stop ?? 'end_turn',
    input: { input: 3, cacheRead: 5, cacheCreation: 7 },
    usage: round?.usage ?? {},
    newToolUseId: () => {
      tools += 1;
      return `toolu_${tools}`;
    },
    fault,
  };
  return [...streamActions(reply)];
}

function sent(actions: readonly StreamAction[]): string {
  return actions.map(action => (action.do === 'send' ? action.data.toString() : '')).join('');
}

function eventsOf(actions: readonly StreamAction[]): StreamEvent[] {
  return sent(actions)
    .split('\n\n')
    .filter(part => part !== '')
    .map(part => {
      const lines = /^event: (\w+)\ndata: (.*)$/.exec(part);
      const data = JSON.parse(lines?.[2] ?? '');
      expect(data.type).toBe(lines?.[1]);
      return data;
    });
}

describe('a streamed answer', () => {
  it('has the events of the API in their order', () => {
    const events = eventsOf(
      actionsOf('- - thinking: hm\n  - text: hi\n  - tool: { name: Bash, input: { command: ls } }\n'),
    );
    expect(events.map(event => event.type)).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(events.filter(event => event.content_block).map(event => [event.index, event.content_block.type])).toEqual([
      [0, 'thinking'],
      [1, 'text'],
      [2, 'tool_use'],
    ]);
    expect(events[4].delta.type).toBe('signature_delta');
  });

  it('counts what went in at the start and what came out at the end', () => {
    const events = eventsOf(actionsOf(`- text: ${'x'.repeat(400)}\n`));
    expect(events[0].message).toMatchObject({
      model: 'claude-test',
      usage: { input_tokens: 3, cache_read_input_tokens: 5 },
    });
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 100 } });
  });

  it('gives each tool call an id, and its input in parts that join to the JSON', () => {
    const input = { command: 'echo "ünï"', list: [1, { a: null }] };
    const events = eventsOf(actionsOf(`- tool: { name: Bash, input: ${JSON.stringify(input)} }\n  chunk: 3\n`));
    const json = events.map(event => event.delta?.partial_json ?? '').join('');
    expect(JSON.parse(json)).toEqual(input);
    expect(events[2].content_block).toEqual({ type: 'tool_use', id: 'toolu_1', name: 'Bash', input: {} });
  });

  it('waits before a block and between its deltas', () => {
    const waits = actionsOf('- - { text: abcdef, chunk: 2, pace: 5, delay: 9 }\n  - delay: 7\n').filter(
      a => a.do === 'wait',
    );
    expect(waits).toEqual([9, 5, 5, 7].map(ms => ({ do: 'wait', ms })));
  });

  it('sends a burst as exactly so many bytes, in few pieces', () => {
    const actions = actionsOf('- burst: { deltas: 5000, bytes: 20 }\n');
    const deltas = eventsOf(actions).filter(event => event.delta?.type === 'text_delta');
    expect(deltas).toHaveLength(5000);
    expect(new Set(deltas.map(event => event.delta.text.length))).toEqual(new Set([20]));
    expect(actions.length).toBeLessThan(50);
  });

  it('sends a huge output of any size to the byte', () => {
    const deltas = eventsOf(actionsOf('- hugeOutput: 100001\n')).filter(event => event.delta?.type === 'text_delta');
    expect(deltas.reduce((sum, event) => sum + event.delta.text.length, 0)).toBe(100_001);
  });
});

describe('a streamed answer with a fault', () => {
  const text = '- { text: abcdefgh, chunk: 2 }\n';

  it.each(['cut', 'stall'] as const)('ends after the given number of deltas: %s', kind => {
    const actions = actionsOf(text, { kind, after: 2, times: 1 });
    expect(eventsOf(actions).at(-1)).toMatchObject({ delta: { text: 'cd' } });
    expect(actions.at(-1)).toEqual({ do: kind === 'cut' ? 'cut' : 'hold' });
  });

  it('ends before the closing events when there are fewer deltas', () => {
    const actions = actionsOf(text, { kind: 'cut', after: 100, times: 1 });
    expect(eventsOf(actions).at(-1)?.type).toBe('content_block_stop');
    expect(actions.at(-1)).toEqual({ do: 'cut' });
  });

  it('ends right after the start of the message', () => {
    expect(eventsOf(actionsOf(text, { kind: 'cut', after: 0, times: 1 })).map(event => event.type)).toEqual([
      'message_start',
      'ping',
    ]);
  });

  it('counts the deltas of a burst one by one', () => {
    const events = eventsOf(actionsOf('- burst: { deltas: 100, bytes: 10 }\n', { kind: 'stall', after: 7, times: 1 }));
    expect(events.filter(event => event.type === 'content_block_delta')).toHaveLength(7);
  });

  it('can be an error event', () => {
    const error = {
      status: 529,
      type: 'overloaded_error',
      message: 'Overloaded',
      retryAfter: undefined,
      retry: undefined,
    };
    const events = eventsOf(actionsOf(text, { kind: 'streamError', after: 1, times: 1, error }));
    expect(events.at(-1)).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } });
  });

  it('can be an event that is no JSON', () => {
    const actions = actionsOf(text, { kind: 'malformed', after: 1, times: 1 });
    expect(() => eventsOf(actions)).toThrow();
    expect(sent(actions)).not.toContain('message_stop');
  });
});

describe('text in parts', () => {
  it('joins to the same text and never ends inside a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 5 }), (whole, length) => {
        const parts = [...textParts(whole, length)];
        expect(parts.join('')).toBe(whole);
        expect(parts.every(part => part.isWellFormed())).toBe(true);
      }),
    );
  });
});
