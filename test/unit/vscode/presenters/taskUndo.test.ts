import { describe, expect, it } from 'vitest';
import type { SnapshotSpan } from '../../../../src/core/checkpoints/snapshotSpans.ts';
import { presentUndo } from '../../../../src/vscode/presenters/taskUndo.ts';
import { aTask, owner } from '../support/samples.ts';

const over = { state: 'succeeded', ended: 9, result: 'Done.' } as const;

function span(attempt: number, changed: number | undefined, more: Partial<SnapshotSpan> = {}): SnapshotSpan {
  const known = changed === undefined ? {} : { changed };
  return { root: '/p', attempt, hostId: 'h', before: 'b', beforeAt: 1, notCovered: 0, ...known, ...more };
}

describe('presentUndo', () => {
  it('says nothing of a task that runs, and of one that changed nothing', () => {
    const running = { state: 'running', since: 1, owner } as const;
    expect(presentUndo(aTask({ status: running, snapshots: [span(1, 3)] }))).toBeUndefined();
    expect(presentUndo(aTask({ status: over }))).toBeUndefined();
    expect(presentUndo(aTask({ status: over, snapshots: [span(1, 0), span(2, 0)] }))).toBeUndefined();
  });

  it('counts the files of one run over its folders, and none where that is not known', () => {
    const folders = [span(1, 3), span(1, 2, { root: '/q' })];
    expect(presentUndo(aTask({ status: over, snapshots: folders }))).toEqual({ files: 5, canFork: false });
    expect(presentUndo(aTask({ status: over, snapshots: [span(1, undefined)] }))).toEqual({ canFork: false });
    expect(presentUndo(aTask({ status: over, snapshots: [span(1, 1), span(2, 1)] }))).toEqual({ canFork: false });
    expect(presentUndo(aTask({ status: over, snapshots: [span(1, 1), span(2, 0)] }))).toEqual({
      files: 1,
      canFork: false,
    });
  });

  it('offers the conversation from before only where exactly the last run is undone', () => {
    const talked = { sessionId: 's', sessionStarted: true, snapshots: [span(1, 1), span(2, 1, { line: 'l' })] };
    const undone = { undoId: 'u', at: 5 };
    const shown = (part?: 'lastRun' | 'some') =>
      presentUndo(aTask({ status: over, ...talked, undone: { ...undone, ...(part === undefined ? {} : { part }) } }));
    expect(shown()).toEqual({ undone: 'all', canFork: false });
    expect(shown('some')).toEqual({ undone: 'some', canFork: false });
    expect(shown('lastRun')).toEqual({ undone: 'lastRun', canFork: true });
  });
});
