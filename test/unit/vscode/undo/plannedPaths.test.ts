import { describe, expect, it } from 'vitest';
import type { WorkspacePlan } from '../../../../src/app/undo/undoView.ts';
import type { UndoItem } from '../../../../src/core/checkpoints/undoPlan.ts';
import { onlyThese, plannedPaths } from '../../../../src/vscode/undo/plannedPaths.ts';

const gone = { kind: 'absent' } as const;

function item(path: string, kind: 'restore' | 'unchanged'): UndoItem {
  return { path, action: { kind }, before: gone, after: gone, now: gone };
}

const plan: WorkspacePlan = {
  kind: 'undo',
  target: { kind: 'task', id: 't1' },
  title: 'Task',
  taskIds: ['t1'],
  isWhole: true,
  isLastRun: false,
  plans: [
    {
      root: '/project',
      spans: [],
      items: [item('a', 'restore'), item('b', 'restore'), item('same', 'unchanged')],
      foldersToRemove: [],
      foldersToMake: [],
      notCovered: [],
    },
  ],
  running: [],
  shared: [],
  notes: [],
};

describe('the paths of a plan', () => {
  it('are those at which something would be done', () => {
    expect(plannedPaths(plan).map(({ item: { path } }) => path)).toEqual(['a', 'b']);
  });

  it('make the plan a part of itself when some are left out', () => {
    const all = plannedPaths(plan);
    expect(onlyThese(plan, all).isWhole).toBe(true);
    const some = onlyThese(plan, all.slice(0, 1));
    expect(some.isWhole).toBe(false);
    expect(some.plans[0]?.items.map(({ path }) => path)).toEqual(['a']);
  });
});
