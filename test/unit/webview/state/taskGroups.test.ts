import { describe, expect, it } from 'vitest';
import { groupTasks, workedMs } from '../../../../src/webview/state/taskGroups.ts';
import { chain, NOW, task } from '../samples.ts';

const HOUR = 3_600_000;
const shape = (groups: ReturnType<typeof groupTasks>): string[] =>
  groups.map(
    ({ id, rows }) => `${id}: ${rows.map(row => (row.kind === 'task' ? row.task.id : row.chain.id)).join(' ')}`,
  );

describe('groupTasks', () => {
  it('puts what works first and what is long over last', () => {
    const tasks = [
      task('old', { state: 'succeeded', ended: NOW - 30 * HOUR }),
      task('done', { state: 'failed', ended: NOW - HOUR }),
      task('held', { state: 'paused' }),
      task('later', { state: 'queued' }),
      task('busy', { state: 'starting' }),
    ];
    expect(shape(groupTasks(tasks, NOW, false))).toEqual([
      'working: busy',
      'queued: later',
      'paused: held',
      'today: done',
      'earlier: old',
    ]);
  });

  it('puts what waits for the person before what works, and the newest of each first', () => {
    const tasks = [
      task('old', { created: 1 }),
      task('asks', { created: 2, state: 'waiting' }),
      task('new', { created: 3 }),
      task('asks-too', { created: 4, state: 'waiting' }),
    ];
    expect(shape(groupTasks(tasks, NOW, false))).toEqual(['working: asks-too asks new old']);
  });

  it('keeps the queue in the order in which it will run', () => {
    const tasks = [task('second', { created: 2, state: 'queued' }), task('first', { created: 1, state: 'queued' })];
    expect(shape(groupTasks(tasks, NOW, false))).toEqual(['queued: first second']);
  });

  it('shows what ended last first', () => {
    const tasks = [
      task('a', { state: 'succeeded', ended: NOW - 2 * HOUR, created: 5 }),
      task('b', { state: 'stopped', ended: NOW - HOUR, created: 1 }),
    ];
    expect(shape(groupTasks(tasks, NOW, false))).toEqual(['today: b a']);
  });

  it('puts chains among the tasks, and the tasks of a chain into it', () => {
    const tasks = [task('step', { created: 2 }), task('other', { created: 3 })];
    const chains = [
      chain('runs', { created: 1, pendingApprovals: 1, taskIds: ['step', 'gone'] }),
      chain('waits', { created: 4, state: 'queued' }),
      chain('over', { state: 'failed', ended: NOW - HOUR }),
      chain('plan', { state: 'planned' }),
    ];
    const groups = groupTasks(tasks, NOW, false, chains);
    expect(shape(groups)).toEqual(['working: runs other', 'queued: waits', 'today: over']);
    const [first] = groups[0]?.rows ?? [];
    expect(first?.kind === 'chain' ? first.tasks.map(({ id }) => id) : []).toEqual(['step']);
  });

  it('puts a chain that a step started into the one of that step', () => {
    const chains = [chain('outer', { taskIds: ['a'] }), chain('inner', { parentId: 'outer', taskIds: ['b'] })];
    const [working] = groupTasks([task('a'), task('b')], NOW, false, chains);
    expect(
      working?.rows.map(row => (row.kind === 'chain' ? [row.chain.id, row.tasks.map(({ id }) => id)] : [])),
    ).toEqual([['outer', ['a', 'b']]]);
  });

  it('shows archived tasks only when asked to, and none that still lives', () => {
    const tasks = [task('gone', { state: 'succeeded', ended: NOW, archived: true }), task('lives', { archived: true })];
    expect(shape(groupTasks(tasks, NOW, false))).toEqual(['working: lives']);
    expect(shape(groupTasks(tasks, NOW, true))).toEqual(['working: lives', 'archived: gone']);
  });
});

describe('workedMs', () => {
  it('counts on while the task runs', () => {
    expect(workedMs(task('a', { workedMs: 5000, runningSince: NOW - 2000 }), NOW)).toBe(7000);
  });

  it('stands still while nothing runs and after the end, whatever the clock says', () => {
    expect(workedMs(task('a', { workedMs: 5000 }), NOW)).toBe(5000);
    expect(workedMs(task('a', { state: 'failed', workedMs: 5000, runningSince: NOW - 2000 }), NOW)).toBe(5000);
  });

  it('never runs backwards when the clocks of two machines differ', () => {
    expect(workedMs(task('a', { workedMs: 5000, runningSince: NOW + 9000 }), NOW)).toBe(5000);
  });
});
