import { describe, expect, it } from 'vitest';
import {
  ada,
  alive,
  bash,
  clock,
  create,
  desk,
  hosts,
  log,
  newHost,
  only,
  openAfter,
  requests,
  running,
  service,
  sessions,
  settled,
  stateOf,
  swept,
  takeSnapshotsBy,
} from './hostStage.ts';

describe('TaskHost after another one', () => {
  it('sets tasks aside when its window closes and goes on by itself in the next one', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    await running(task);
    await first.suspend();
    first.dispose();
    expect(service.get(task.id).status).toMatchObject({ state: 'paused', cause: 'hostClosed' });
    await newHost('second', { pid: 2 }).start();
    await settled();
    expect(only(sessions, 1).options).toMatchObject({ resume: true, resumeInterruptedTurn: true });
  });

  it('keeps a question over a reload, and answers it once the session asks again', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    const before = log.approvals.pending()[0];
    await first.suspend();
    first.dispose();
    expect(log.approvals.pending().map(({ id }) => id)).toEqual([before?.id]);
    await newHost('second', { pid: 2 }).start();
    const resumed = await running(task);
    resumed.asks.fire({ ...bash, requestId: 'r9', toolUseId: 't9' });
    await settled();
    expect(stateOf(task)).toBe('waiting');
    expect(log.approvals.pending().map(({ id }) => id)).toEqual([before?.id]);
    desk.answer(before?.id ?? '', { choice: 'allowOnce' }, ada);
    expect(resumed.answers.map(({ requestId }) => requestId)).toEqual(['r9']);
  });

  it('lets an answer to a task without a process continue it, and uses the answer', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    await first.suspend();
    first.dispose();
    await newHost('second', { pid: 2, afterReload: 'pause' }).start();
    desk.answer(log.approvals.pending()[0]?.id ?? '', { choice: 'allowOnce' }, ada);
    const resumed = await running(task);
    resumed.asks.fire({ ...bash, requestId: 'r9' });
    expect(resumed.answers).toMatchObject([{ requestId: 'r9', answer: { behavior: 'allow' } }]);
  });

  it('denies a question that stayed open over a reload, once its time is over', async () => {
    const first = newHost('first', { pid: 1, deadlineMs: 60_000 });
    await first.start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    const id = log.approvals.pending()[0]?.id ?? '';
    await first.suspend();
    first.dispose();
    clock.advance(30_000);
    await newHost('second', { pid: 2, afterReload: 'pause', deadlineMs: 60_000 }).start();
    clock.advance(10_000);
    expect(log.approvals.get(id)?.status.state).toBe('pending');
    clock.advance(30_000);
    expect(log.approvals.get(id)?.status.state).toBe('expired');
    service.continue(task.id, ada);
    const resumed = await running(task);
    resumed.asks.fire({ ...bash, requestId: 'r9' });
    await settled();
    expect(resumed.answers.filter(({ answer }) => answer.behavior === 'allow')).toEqual([]);
  });

  it.each(['closes', 'pauses it'] as const)('stops a task that a person stops while its window %s', async how => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    const ladder = Promise.withResolvers<number>();
    session.stop = () => ladder.promise;
    const closing = how === 'closes' ? first.suspend() : undefined;
    if (how === 'pauses it') {
      service.pause(task.id, ada);
    }
    await settled();
    service.stop(task.id, ada);
    await settled();
    ladder.resolve(0);
    await closing;
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'stopped', by: ada });
    expect(log.approvals.pending()).toEqual([]);
    first.dispose();
    await newHost('second', { pid: 2 }).start();
    await settled();
    expect(sessions).toHaveLength(1);
  });

  it('stops a task that was set aside before its host saw the wish', async () => {
    const after = Promise.withResolvers<void>();
    takeSnapshotsBy(async ({ attempt }, moment) => {
      await (moment === 'after' ? after.promise : undefined);
      return { moment, attempt, hostId: 'first', snapshots: [{ root: '/ws', id: 's', notCovered: 0 }] };
    });
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    await running(task);
    const closing = first.suspend();
    await settled();
    expect(stateOf(task)).toBe('paused');
    // As another process writes it that has not seen the pause yet.
    requests.add({ id: 'late', taskId: task.id, body: { kind: 'stop' }, by: ada, created: clock.now() });
    after.resolve();
    await closing;
    expect(service.get(task.id).status).toMatchObject({ state: 'stopped', by: ada });
  });

  it('takes over from a host that died: ends its processes and pauses its task in a true state', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    alive.delete(1);
    await newHost('second', { pid: 2 }).start();
    expect(swept).toEqual([task.id]);
    expect(service.get(task.id).status).toMatchObject({ state: 'paused', cause: 'hostLost' });
  });

  it('finishes a stop that a dead host had begun', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    log.append([
      { subject: task.id, facts: [{ type: 'claude-panel.task.stopping', data: { stage: 'interrupt', by: ada } }] },
    ]);
    alive.delete(1);
    await newHost('second', { pid: 2 }).start();
    expect(stateOf(task)).toBe('stopped');
  });

  it('leaves the tasks of a living host alone', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    await newHost('second', { pid: 2 }).start();
    expect(swept).toEqual([]);
    expect(stateOf(task)).toBe('running');
  });

  it('takes a sleeping machine neither for silence nor for work', async () => {
    await newHost().start();
    const task = create('slow', { minutes: 5 });
    await running(task);
    clock.jump(8 * 3_600_000);
    clock.advance(2000);
    await settled();
    expect(stateOf(task)).toBe('running');
    expect(service.get(task.id).silentSince).toBeUndefined();
  });

  it('gives a continued task a time allowance of its own', async () => {
    await newHost().start();
    const task = create('slow', { minutes: 1 });
    await running(task);
    clock.advance(61_000);
    await settled();
    expect(stateOf(task)).toBe('timedOut');
    service.continue(task.id, ada);
    await running(task);
    clock.advance(30_000);
    await settled();
    expect(stateOf(task)).toBe('running');
  });

  it('says that it stops while the program is still being opened, and does not wait for it', async () => {
    openAfter(new Promise(() => undefined));
    await newHost().start();
    const task = create();
    await settled();
    expect(stateOf(task)).toBe('starting');
    service.stop(task.id, ada);
    await settled();
    expect(stateOf(task)).toBe('stopped');
    expect(log.events({ after: 0, limit: 100 }).map(({ type }) => type)).toContain('claude-panel.task.stopping');
  });

  it('does not let a wish for an earlier run stop a later one', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    await running(task);
    await first.suspend();
    first.dispose();
    requests.add({ id: 'late', taskId: task.id, body: { kind: 'stop' }, by: ada, created: clock.now() });
    clock.advance(1000);
    await newHost('second', { pid: 2 }).start();
    await running(task);
    clock.advance(2000);
    await settled();
    expect(stateOf(task)).toBe('running');
  });

  it('goes on with tasks that the window before a reload sets aside only after this one has started', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    await running(task);
    await newHost('second', { pid: 2 }).start();
    await first.suspend();
    first.dispose();
    expect(stateOf(task)).toBe('paused');
    clock.advance(1000);
    await settled();
    expect(stateOf(task)).toBe('starting');
  });

  it('believes no look at processes while it cannot even find its own', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    alive.clear();
    await newHost('second', { pid: 2 }).start();
    expect(swept).toEqual([]);
    expect(stateOf(task)).toBe('running');
  });

  it('signs on again when its record was lost, instead of dropping its own tasks', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    hosts.remove('first');
    clock.advance(1000);
    await settled();
    expect(hosts.list().map(({ id }) => id)).toEqual(['first']);
    expect(stateOf(task)).toBe('running');
  });

  it('answers two identical questions of an earlier process one by one', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    session.asks.fire({ ...bash, requestId: 'r2', toolUseId: 't2' });
    await settled();
    await first.suspend();
    first.dispose();
    await newHost('second', { pid: 2 }).start();
    const resumed = await running(task);
    resumed.asks.fire({ ...bash, requestId: 'r8' });
    resumed.asks.fire({ ...bash, requestId: 'r9' });
    await settled();
    expect(log.approvals.pending()).toHaveLength(2);
    for (const { id } of log.approvals.pending()) {
      desk.answer(id, { choice: 'allowOnce' }, ada);
    }
    expect(resumed.answers.map(({ requestId }) => requestId)).toEqual(['r8', 'r9']);
  });
});
