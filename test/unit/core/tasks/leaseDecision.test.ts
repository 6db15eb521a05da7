import { describe, expect, it } from 'vitest';
import type { HostRecord } from '../../../../src/core/tasks/hostRegistry.ts';
import { isHostDead, tasksToLease } from '../../../../src/core/tasks/leaseDecision.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { reduceTask } from '../../../../src/core/tasks/taskReducer.ts';

function queued(id: string, reservedFor?: string): Task {
  const task = reduceTask(
    undefined,
    id,
    {
      type: 'claude-panel.task.created',
      data: {
        title: id,
        titleIsGiven: false,
        prompt: id,
        promptId: id,
        cwd: '/ws',
        profile: {
          name: 'safe',
          source: 'built in',
          permissionMode: 'default',
          allowedTools: [],
          disallowedTools: [],
          mcpServers: {},
        },
        limits: {},
        by: { surface: 'panel', name: 'ada', hostId: 'h' },
        rehearsal: false,
        unattended: 'ask',
        ...(reservedFor === undefined ? {} : { reservedFor }),
      },
    },
    0,
  );
  if (task === undefined) {
    throw new Error('no task');
  }
  return task;
}

const host = (more: Partial<HostRecord>): HostRecord => ({
  id: 'other',
  surface: 'VS Code window',
  process: { pid: 10, started: '5' },
  machine: 'here',
  started: 0,
  seen: 0,
  takesQueued: true,
  ...more,
});

describe('tasksToLease', () => {
  const me = { id: 'me', free: 2, busy: new Set<string>(), living: new Set(['me', 'other']) };

  it('takes the oldest, up to what is free', () => {
    expect(tasksToLease([queued('a'), queued('b'), queued('c')], me).map(task => task.id)).toEqual(['a', 'b']);
  });

  it('takes nothing when nothing is free', () => {
    expect(tasksToLease([queued('a')], { ...me, free: -1 })).toEqual([]);
  });

  it('leaves a task whose earlier process is still leaving', () => {
    expect(tasksToLease([queued('a'), queued('b')], { ...me, busy: new Set(['a']) }).map(task => task.id)).toEqual([
      'b',
    ]);
  });

  it('leaves what a living host reserved, and takes what a dead one did', () => {
    expect(
      tasksToLease([queued('a', 'other'), queued('b', 'dead'), queued('c', 'me')], me).map(task => task.id),
    ).toEqual(['b', 'c']);
  });
});

describe('isHostDead', () => {
  it('believes the process table on this machine, however long a host was silent', () => {
    expect(isHostDead(host({}), { machine: 'here', now: 1e12, isAlive: () => true })).toBe(false);
    expect(isHostDead(host({ seen: 1e12 }), { machine: 'here', now: 1e12, isAlive: () => false })).toBe(true);
  });

  it('believes silence for another machine, after a minute', () => {
    const life = { machine: 'there', isAlive: () => false };
    expect(isHostDead(host({ seen: 0 }), { ...life, now: 59_000 })).toBe(false);
    expect(isHostDead(host({ seen: 0 }), { ...life, now: 61_000 })).toBe(true);
  });
});
