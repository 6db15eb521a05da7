import { describe, expect, it } from 'vitest';
import type { LivePart } from '../../../../src/protocol/toWebview.ts';
import type { TranscriptItem } from '../../../../src/protocol/transcriptView.ts';
import { withoutFinished, withParts } from '../../../../src/webview/state/liveText.ts';

const part = (change: Partial<LivePart> = {}): LivePart => ({
  messageId: 'm1',
  blockIndex: 0,
  kind: 'text',
  text: 'a',
  ...change,
});

describe('live text', () => {
  it('adds to the block that is being written', () => {
    const live = withParts(withParts([], [part({ text: 'Hel' })], []), [part({ text: 'lo' })], []);
    expect(live.map(({ text }) => text)).toEqual(['Hello']);
  });

  it('keeps blocks of one message apart', () => {
    const live = withParts([], [part({ kind: 'thinking' }), part({ blockIndex: 1, text: 'b' })], []);
    expect(live.map(({ kind, text }) => [kind, text])).toEqual([
      ['thinking', 'a'],
      ['text', 'b'],
    ]);
  });

  it('drops messages whose stream was cut, with all their blocks', () => {
    const live = withParts([], [part(), part({ messageId: 'm2' })], []);
    expect(withParts(live, [part({ text: 'late' })], ['m1']).map(({ messageId }) => messageId)).toEqual(['m2']);
  });

  it('is replaced by the whole item, one block for one item', () => {
    const live = withParts([], [part({ text: 'one' }), part({ blockIndex: 2, text: 'two' })], []);
    const item: TranscriptItem = { kind: 'text', id: 'i', at: 0, text: 'one', messageId: 'm1' };
    expect(withoutFinished(live, item).map(({ text }) => text)).toEqual(['two']);
  });

  it('is not replaced by an item of another message or kind', () => {
    const live = withParts([], [part()], []);
    expect(withoutFinished(live, { kind: 'text', id: 'i', at: 0, text: '', messageId: 'm2' })).toBe(live);
    expect(withoutFinished(live, { kind: 'thinking', id: 'i', at: 0, text: '', messageId: 'm1' })).toBe(live);
  });

  it('knows a tool call by its id, or by its name while it has none', () => {
    const tool: TranscriptItem = {
      kind: 'tool',
      id: 't',
      at: 0,
      toolUseId: 'use1',
      name: 'Edit',
      summary: '',
      input: '',
      status: 'running',
    };
    const byId = withParts([], [part({ kind: 'toolInput', toolName: 'Edit', toolUseId: 'use2' })], []);
    const byName = withParts([], [part({ kind: 'toolInput', toolName: 'Edit' })], []);
    expect(withoutFinished(byId, tool)).toBe(byId);
    expect(withoutFinished(byName, tool)).toEqual([]);
  });

  it('ends with the turn', () => {
    const live = withParts([], [part()], []);
    expect(
      withoutFinished(live, { kind: 'turnEnd', id: 'e', at: 0, outcome: 'succeeded', costUsd: 0, durationMs: 0 }),
    ).toEqual([]);
  });

  it('keeps only the end of a text beyond all measure', () => {
    const live = withParts([], [part({ text: 'x'.repeat(300_000) }), part({ text: 'end' })], []);
    expect(live[0]?.text.length).toBe(200_000);
    expect(live[0]?.text.endsWith('end')).toBe(true);
  });
});
