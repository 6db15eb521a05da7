import { describe, expect, it } from 'vitest';
import type { TranscriptEntry } from '../../../../src/core/tasks/transcript.ts';
import { transcriptItemSchema } from '../../../../src/protocol/transcriptView.ts';
import { presentEntry } from '../../../../src/vscode/presenters/transcriptItem.ts';

const cwd = '/work/project';
const tool = {
  kind: 'tool',
  id: 'tool:u1',
  at: 100,
  toolUseId: 'u1',
  name: 'Edit',
  summary: 'Edit src/a.ts',
  input: { file_path: '/work/project/src/a.ts' },
  status: 'ok',
} as const;

const entries: readonly TranscriptEntry[] = [
  { kind: 'prompt', id: 'p', at: 1, text: 'do it', by: 'ada' },
  { kind: 'text', id: 't', at: 1, text: 'I do', messageId: 'm' },
  { kind: 'thinking', id: 'k', at: 1, text: 'hm', messageId: 'm', durationMs: 3 },
  { kind: 'notice', id: 'n', at: 1, level: 'error', text: 'oh', remedy: 'try' },
  { kind: 'decision', id: 'd', at: 1, approvalId: 'a', text: 'Allow' },
  { kind: 'turnEnd', id: 'e', at: 1, outcome: 'failed', costUsd: 1, durationMs: 2, text: 'why' },
  {
    ...tool,
    ended: 350,
    output: 'done',
    change: {
      path: '/work/project/src/a.ts',
      added: 1,
      removed: 1,
      kind: 'edited',
      hunks: [{ oldStart: 1, newStart: 1, lines: [' a', '-b', '+c', '\\ No newline at end of file'] }],
      hiddenLines: 0,
    },
  },
];

describe('presentEntry', () => {
  it.each(entries)('gives what the view accepts for $kind', entry => {
    const item = presentEntry(entry, { cwd });
    expect(transcriptItemSchema.parse(item)).toEqual(item);
  });

  it('shows how long a call took and what it changed', () => {
    const item = presentEntry(entries.at(-1) as TranscriptEntry, { cwd });
    expect(item).toMatchObject({
      durationMs: 250,
      diff: {
        path: 'src/a.ts',
        lines: [
          { kind: 'kept', text: 'a' },
          { kind: 'removed', text: 'b' },
          { kind: 'added', text: 'c' },
        ],
      },
    });
  });

  it('cuts a huge output, says so, and says that there is more', () => {
    const item = presentEntry({ ...tool, output: 'x'.repeat(1_000_000) }, { cwd });
    expect(item).toMatchObject({ outputTruncated: true });
    expect(JSON.stringify(item).length).toBeLessThan(20_000);
  });

  it.each([
    ['accept:user_temporary', 'allowed by you'],
    ['reject:user_reject', 'denied by you'],
    ['accept:config', 'allowed by a rule'],
    ['accept:brand_new', 'accept:brand_new'],
  ])('says who decided for %s', (decision, words) => {
    expect(presentEntry({ ...tool, decision }, { cwd })).toMatchObject({ decision: words });
  });

  it('says how long the thread of a sub-agent is', () => {
    expect(presentEntry(tool, { cwd, nested: 4 })).toMatchObject({ nested: 4 });
    expect(presentEntry(tool, { cwd, nested: 0 })).not.toHaveProperty('nested');
  });
});
