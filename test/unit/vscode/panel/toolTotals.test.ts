import { describe, expect, it } from 'vitest';
import type { ToolEntry } from '../../../../src/core/tasks/transcript.ts';
import { ToolTotals } from '../../../../src/vscode/panel/toolTotals.ts';

const call = (id: string, status: ToolEntry['status'], ended?: number): ToolEntry => ({
  kind: 'tool',
  id,
  at: 100,
  toolUseId: id,
  name: 'Bash',
  summary: '',
  input: {},
  status,
  ...(ended === undefined ? {} : { ended }),
});

describe('ToolTotals', () => {
  it('counts a call once, however often it is told of', () => {
    const totals = new ToolTotals();
    totals.add(call('a', 'running'));
    totals.change(call('a', 'running'));
    totals.change(call('a', 'error', 400));
    totals.change(call('a', 'error', 400));
    totals.add(call('b', 'denied', 150));
    expect(totals.list()).toEqual([{ name: 'Bash', calls: 2, failed: 1, denied: 1, totalMs: 350, waitedMs: 0 }]);
  });

  it('tells the wait for a person apart from the work', () => {
    const totals = new ToolTotals();
    totals.add({ ...call('a', 'ok', 9100), waitedMs: 8000 } as ToolEntry);
    expect(totals.list()).toMatchObject([{ totalMs: 1000, waitedMs: 8000 }]);
  });
});
