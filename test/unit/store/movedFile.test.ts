import { cpSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Driver from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/core/tasks/task.ts';
import { ada, created, starting, succeeded, turnStarted } from '../../contract/panelLog/sampleFacts.ts';
import { dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';

/** A workspace with a queued, a running and a finished task, a grant, a request and a host. */
function busyFolder(): string {
  const folder = temporaryFolder();
  const store = openStore(folder);
  store.log.append([
    { subject: 'queued', facts: [created({ promptId: 'a' })] },
    { subject: 'running', facts: [created({ promptId: 'b' }), starting(), turnStarted] },
    { subject: 'done', facts: [created({ promptId: 'c' }), starting(), turnStarted, succeeded] },
    {
      subject: 'reloading',
      facts: [created({ promptId: 'd' }), { type: 'claude-panel.task.paused', data: { cause: 'hostClosed' } }],
    },
  ]);
  store.grants.grant({ fingerprint: 'sha256:1', kind: 'mcpServers', headline: 'Start a server', by: 'ada', at: 1 });
  store.requests.add({ id: 'request-1', taskId: 'done', body: { kind: 'stop' }, by: ada, created: 1 });
  store.hosts.add({
    id: 'host-1',
    surface: 'VS Code window',
    process: { pid: 1, started: '1' },
    machine: 'elsewhere',
    started: 1,
    seen: Number.MAX_SAFE_INTEGER,
    takesQueued: true,
  });
  store.dispose();
  return folder;
}

const statesOf = (tasks: readonly Task[]): Record<string, string> =>
  Object.fromEntries(
    tasks.map(({ id, status }) => [id, `${status.state} ${'cause' in status ? status.cause : ''}`.trim()]),
  );

describe('a task list that came from another place', () => {
  it('does nothing by itself: its tasks are paused, and what was approved elsewhere is asked again', () => {
    const folder = temporaryFolder();
    cpSync(dirname(dataFile(busyFolder())), dirname(dataFile(folder)), { recursive: true });
    const store = openStore(folder);
    expect(statesOf(store.log.tasks.list())).toEqual({
      queued: 'paused person',
      running: 'paused person',
      reloading: 'paused person',
      done: 'succeeded',
    });
    expect(store.grants.list()).toEqual([]);
    expect(store.hosts.list()).toEqual([]);
    expect(store.requests.open(['done'])).toEqual([]);
    expect(store.notices).toMatchObject([{ reason: 'moved', remedy: expect.stringContaining('Continue') }]);
    expect(store.log.tasks.transcript('queued', { from: 1, count: 1 }).entries).toMatchObject([{ kind: 'notice' }]);
    const last = store.log.lastSequence();
    store.dispose();
    const again = openStore(folder);
    expect(again.notices).toEqual([]);
    expect(again.log.lastSequence()).toBe(last);
  });

  it('cannot bring back by a trigger what is forgotten', () => {
    const folder = temporaryFolder();
    cpSync(dirname(dataFile(busyFolder())), dirname(dataFile(folder)), { recursive: true });
    const planted = new Driver(dataFile(folder));
    planted.exec(`create trigger "sly ""one" after insert on events begin
      insert or ignore into grants values ('sha256:evil', 'mcpServers', 'x', null, 'ada', 1);
    end`);
    planted.close();
    const store = openStore(folder);
    store.log.append([{ subject: 'task-9', facts: [created()] }]);
    expect(store.grants.list()).toEqual([]);
  });

  it('is settled once, when two programs open it', () => {
    const folder = temporaryFolder();
    cpSync(dirname(dataFile(busyFolder())), dirname(dataFile(folder)), { recursive: true });
    const one = openStore(folder);
    one.log.append([{ subject: 'queued', facts: [{ type: 'claude-panel.task.continued', data: { by: ada } }] }]);
    expect(openStore(folder).notices).toEqual([]);
    expect(one.log.tasks.get('queued')?.status.state).toBe('queued');
  });
});

describe('a task list that stays where it is', () => {
  const before = { queued: 'queued', running: 'running', reloading: 'paused hostClosed', done: 'succeeded' };

  it('goes on as it was', () => {
    const folder = busyFolder();
    for (const store of [openStore(folder), openStore(folder)]) {
      expect(store.notices).toEqual([]);
      expect(statesOf(store.log.tasks.list())).toEqual(before);
      expect(store.grants.isGranted('sha256:1')).toBe(true);
    }
  });

  it('goes on as it was when its workspace was renamed', () => {
    const folder = busyFolder();
    const target = join(temporaryFolder(), 'renamed');
    renameSync(folder, target);
    const store = openStore(target);
    expect(store.notices).toEqual([]);
    expect(statesOf(store.log.tasks.list())).toEqual(before);
  });
});
