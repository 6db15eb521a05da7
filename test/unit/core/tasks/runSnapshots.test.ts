import { describe, expect, it } from 'vitest';
import type { TakenSnapshots } from '../../../../src/core/checkpoints/checkpointFact.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import {
  ada,
  clock,
  create,
  log,
  newHost,
  only,
  running,
  service,
  sessions,
  settled,
  stateOf,
  takeSnapshotsBy,
} from './hostStage.ts';

const failure = { family: 'checkpoints', reason: 'gitMissing', message: 'git was not found.', remedy: 'Install git.' };

function taken(task: Task, moment: 'before' | 'after', id: string | undefined): TakenSnapshots {
  const snapshot = id === undefined ? { failure } : { id };
  return { moment, attempt: task.attempt, hostId: 'window', snapshots: [{ root: '/ws', notCovered: 0, ...snapshot }] };
}

describe('the snapshots around a run', () => {
  it('hold back the first message, and nothing else', async () => {
    const before = Promise.withResolvers<TakenSnapshots>();
    takeSnapshotsBy(() => before.promise);
    const task = create();
    await newHost().start();
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'starting', process: { pid: 4321 } });
    expect(only(sessions).sent).toEqual([]);

    before.resolve(taken(task, 'before', 'one'));
    await settled();
    expect(only(sessions).sent.map(({ text }) => text)).toEqual(['Add a health endpoint']);
  });

  it('are noted for each run, the one after when the process is gone', async () => {
    const closed: boolean[] = [];
    takeSnapshotsBy((known, moment) => {
      closed.push(sessions.at(-1)?.closed === true);
      return Promise.resolve(taken(known, moment, `${moment} ${known.attempt}`));
    });
    const task = create();
    await newHost().start();
    const first = await running(task);
    first.endTurn();
    first.idle();
    await settled();
    service.sendMessage(task.id, 'And now the tests', ada);
    const second = await running(task);
    second.events.fire({ type: 'messageState', uuid: second.sent[0]?.uuid ?? '', state: 'completed' });
    second.endTurn();
    second.idle();
    await settled();
    expect(closed).toEqual([false, true, false, true]);
    expect(service.get(task.id).snapshots?.map(({ before, after }) => [before, after])).toEqual([
      ['before 1', 'after 1'],
      ['before 2', 'after 2'],
    ]);
  });

  it('do not stop a task when there are none, and say so', async () => {
    takeSnapshotsBy((known, moment) => Promise.resolve(taken(known, moment, undefined)));
    const task = create();
    await newHost().start();
    const session = await running(task);
    session.endTurn();
    session.idle();
    await settled();
    expect(stateOf(task)).toBe('succeeded');
    const notices = log.tasks
      .transcript(task.id, { from: 0, count: 50 })
      .entries.flatMap(entry => (entry.kind === 'notice' ? [entry.text] : []));
    expect(notices).toEqual([
      'There is no snapshot before this run: nothing that it changes can be undone. git was not found.',
    ]);
  });

  it('keep a task that demands one from being run without it', async () => {
    takeSnapshotsBy((known, moment) => Promise.resolve(taken(known, moment, undefined)));
    const profile = create().profile;
    const task = service.create(
      { prompt: 'Go', cwd: '/ws', profile, limits: {}, rehearsal: false, unattended: 'ask', requiresSnapshot: true },
      ada,
    );
    await newHost('window', { maxParallel: 9 }).start();
    await settled();
    const session = sessions.find(({ options }) => options.task.id === task.id);
    expect(session).toMatchObject({ sent: [], closed: true });
    expect(service.get(task.id).status).toMatchObject({ state: 'failed', failure: { reason: 'noSnapshot' } });
  });

  it('are given up after half a minute, and the task goes on', async () => {
    takeSnapshotsBy(
      (_task, _moment, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const task = create();
    await newHost().start();
    await settled();
    clock.advance(30_000);
    await settled();
    expect(only(sessions).sent.length).toBe(1);
    expect(service.get(task.id).snapshots).toEqual([]);
  });

  it('do not keep a stop waiting', async () => {
    takeSnapshotsBy(
      (_task, _moment, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const task = create();
    await newHost().start();
    await settled();
    service.stop(task.id, ada);
    await settled();
    expect(stateOf(task)).toBe('stopped');
    expect(log.tasks.transcript(task.id, { from: 0, count: 50 }).entries.map(({ kind }) => kind)).toEqual(['prompt']);
  });

  it('after it do not let a host that closes take up what it has set aside', async () => {
    takeSnapshotsBy((known, moment) =>
      moment === 'before' ? Promise.resolve(taken(known, moment, 'one')) : new Promise(() => undefined),
    );
    const task = create();
    const host = newHost();
    await host.start();
    await running(task);
    void host.suspend();
    await settled();
    clock.advance(5000);
    await settled();
    expect(stateOf(task)).toBe('paused');
  });
});
