import Driver from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Commit } from '../../../src/core/tasks/panelLog.ts';
import {
  ada,
  answered,
  approval,
  created,
  requested,
  starting,
  stopped,
  text,
  toolEnded,
  toolStarted,
} from '../../contract/panelLog/sampleFacts.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';
import { startWriter } from './writerProgram.ts';

const seqs = (commits: readonly Commit[]): number[] => commits.flatMap(commit => commit.events.map(event => event.seq));

function listen(store: ReturnType<typeof openStore>): Commit[] {
  const heard: Commit[] = [];
  store.log.onDidCommit(commit => heard.push(commit));
  return heard;
}

describe('two connections to one file', () => {
  it('deliver the commits of the other within 100 ms, with the rows that they changed', () => {
    const folder = temporaryFolder();
    const clock = new ManualClock();
    const writer = openStore(folder);
    const reader = openStore(folder, { clock });
    const heard = listen(reader);
    writer.log.append([{ subject: 'task-1', facts: [created(), starting(), toolStarted('tool-1'), text('one')] }]);
    writer.log.append([{ subject: 'task-1', facts: [requested(approval('approval-1'))] }]);
    expect(heard).toEqual([]);
    clock.advance(100);
    expect(heard).toEqual([
      {
        events: writer.log.events({ after: 0, limit: 10 }),
        tasks: [writer.log.tasks.get('task-1')],
        approvals: [approval('approval-1')],
        chains: [],
        transcript: writer.log.tasks
          .transcript('task-1', { from: 0, count: 10 })
          .entries.map((entry, index) => ({ taskId: 'task-1', index, entry })),
      },
    ]);
  });

  it('deliver ends of tool calls, closed calls and answers of the other', () => {
    const folder = temporaryFolder();
    const [writer, reader] = [openStore(folder), openStore(folder)];
    writer.log.append([
      { subject: 'task-1', facts: [created(), starting(), toolStarted('tool-1'), toolStarted('tool-2')] },
      { subject: 'task-1', facts: [requested(approval('approval-1'))] },
    ]);
    reader.poll();
    const heard = listen(reader);
    writer.log.append([{ subject: 'task-1', facts: [toolEnded('tool-1'), answered('approval-1', 5)] }]);
    reader.poll();
    writer.log.append([{ subject: 'task-1', facts: [stopped()] }]);
    reader.poll();
    expect(heard.map(({ transcript }) => transcript.map(({ index }) => index))).toEqual([[1, 3], [2]]);
    expect(heard[0]?.approvals).toMatchObject([{ id: 'approval-1', status: { state: 'answered' } }]);
    expect(heard[1]?.transcript).toMatchObject([{ entry: { toolUseId: 'tool-2', status: 'error' } }]);
    expect(heard[1]?.tasks).toMatchObject([{ status: { state: 'stopped' } }]);
  });

  it('deliver what the other wrote before what one writes oneself', () => {
    const folder = temporaryFolder();
    const [one, other] = [openStore(folder), openStore(folder)];
    const heard = listen(one);
    other.log.append([{ subject: 'task-1', facts: [created()] }]);
    one.log.append([{ subject: 'task-1', facts: [text('mine')] }]);
    one.poll();
    expect(seqs(heard)).toEqual([1, 2]);
    expect(heard).toHaveLength(2);
  });

  it('keep the order when a listener answers a commit of the other with one of its own', () => {
    const folder = temporaryFolder();
    const [one, other] = [openStore(folder), openStore(folder)];
    one.log.onDidCommit(({ events }) => {
      if (events.some(event => event.source === '/test' && event.seq < 4)) {
        other.log.append([{ subject: 'task-1', facts: [text('other')] }]);
        one.log.append([{ subject: 'task-1', facts: [text('one')] }]);
      }
    });
    const heard = listen(one);
    other.log.append([{ subject: 'task-1', facts: [created()] }]);
    one.log.append([{ subject: 'task-1', facts: [starting()] }]);
    one.poll();
    expect(seqs(heard)).toEqual(Array.from({ length: one.log.lastSequence() }, (_, index) => index + 1));
  });

  it('see the newest rows at once, also when an older task is known', () => {
    const folder = temporaryFolder();
    const [one, other] = [openStore(folder), openStore(folder)];
    one.log.append([{ subject: 'task-1', facts: [created()] }]);
    expect(other.log.tasks.get('task-1')?.status.state).toBe('queued');
    one.log.append([{ subject: 'task-1', facts: [starting()] }]);
    expect(other.log.tasks.get('task-1')?.status.state).toBe('starting');
    expect(other.log.tasks.list()).toMatchObject([{ status: { state: 'starting' } }]);
  });

  it('let one lease win: the second decision sees what the first wrote', () => {
    const folder = temporaryFolder();
    const stores = [openStore(folder), openStore(folder)];
    stores[0]?.log.append([{ subject: 'task-1', facts: [created()] }]);
    const winners = stores.map((store, index) =>
      store.log.decide(state => {
        const isFree = state.task('task-1')?.status.state === 'queued';
        return { entries: isFree ? [{ subject: 'task-1', facts: [starting(`host-${index}`)] }] : [], value: isFree };
      }),
    );
    expect(winners).toEqual([true, false]);
    expect(stores[1]?.log.tasks.get('task-1')?.status).toMatchObject({ owner: { hostId: 'host-0' } });
  });

  it('do not hear what was there before they opened the file, nor their own commits twice', () => {
    const folder = temporaryFolder();
    const one = openStore(folder);
    one.log.append([{ subject: 'task-1', facts: [created()] }]);
    const clock = new ManualClock();
    const other = openStore(folder, { clock });
    const heard = listen(other);
    other.log.append([{ subject: 'task-1', facts: [text('mine')] }]);
    clock.advance(1000);
    expect(seqs(heard)).toEqual([2]);
  });

  it('hear what was committed while they were being opened', () => {
    const folder = temporaryFolder();
    const one = openStore(folder);
    const clock = new ManualClock();
    const other = openStore(folder, { clock });
    const heard = listen(other);
    one.log.append([{ subject: 'task-1', facts: [created()] }]);
    clock.advance(40);
    expect(seqs(heard)).toEqual([1]);
  });

  it('pass on events of types and shapes that this version does not know', () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    store.log.append([{ subject: 'task-1', facts: [created()] }]);
    const heard = listen(store);
    const newer = new Driver(dataFile(folder));
    const insert = newer.prepare(
      "insert into events (seq, id, source, type, subject, time, data) values (?, ?, '/newer', ?, 'task-1', '2026-11-21T10:00:00.000Z', ?)",
    );
    insert.run(2, 'a', 'claude-panel.task.dreamt', '{"of":"sheep"}');
    insert.run(3, 'b', 'claude-panel.task.toolEnded', 'null');
    insert.run(4, 'c', 'claude-panel.approval.requested', '{}');
    insert.run(5, 'd', 'claude-panel.task.text', 'not JSON');
    newer.close();
    store.poll();
    expect(seqs(heard)).toEqual([2, 3, 4, 5]);
    expect(heard[0]?.events.map(event => event.data)).toEqual([{ of: 'sheep' }, null, {}, null]);
    expect(store.notices).toEqual([]);
    expect(store.log.append([{ subject: 'task-1', facts: [text('next')] }]).events[0]?.seq).toBe(6);
  });

  it('deliver a long absence in pieces, in order', () => {
    const folder = temporaryFolder();
    const [one, other] = [openStore(folder), openStore(folder)];
    const heard = listen(one);
    other.log.append([{ subject: 'task-1', facts: [created(), ...Array.from({ length: 1700 }, () => text('more'))] }]);
    one.poll();
    expect(heard.length).toBeGreaterThan(1);
    expect(seqs(heard)).toEqual(Array.from({ length: 1701 }, (_, index) => index + 1));
    expect(heard.flatMap(({ transcript }) => transcript.map(({ index }) => index))).toEqual(
      Array.from({ length: 1701 }, (_, index) => index),
    );
  });
});

describe('requests and hosts between two connections', () => {
  const request = { id: 'request-1', taskId: 'task-1', body: { kind: 'stop' }, by: ada, created: 1 } as const;

  it('tell the other side that something was asked, once', () => {
    const folder = temporaryFolder();
    const [viewer, host] = [openStore(folder), openStore(folder)];
    let changes = 0;
    host.requests.onDidChange(() => {
      changes += 1;
    });
    host.poll();
    viewer.requests.add(request);
    viewer.requests.add(request);
    host.poll();
    host.poll();
    expect(changes).toBe(1);
    expect(host.requests.open(['task-1', 'task-2'])).toEqual([request]);
    expect(host.requests.open(['task-2'])).toEqual([]);
    host.requests.settle('request-1', 'done');
    expect(changes).toBe(2);
    expect(viewer.requests.open(['task-1'])).toEqual([]);
    viewer.log.append([{ subject: 'task-1', facts: [created()] }]);
    host.poll();
    expect(changes).toBe(2);
  });

  it('list the hosts of all', () => {
    const folder = temporaryFolder();
    const [one, other] = [openStore(folder), openStore(folder)];
    const host = {
      id: 'host-1',
      surface: 'command line',
      process: { pid: 12, started: '3456' },
      machine: 'here',
      started: 5,
      seen: 5,
      takesQueued: true,
    };
    one.hosts.add(host);
    one.hosts.renew('host-1', 99);
    one.hosts.renew('host-2', 99);
    expect(other.hosts.list()).toEqual([{ ...host, seen: 99 }]);
    other.hosts.remove('host-1');
    expect(one.hosts.list()).toEqual([]);
  });
});

describe('processes on one file', () => {
  it('hear 1,000 commits of each, in one order, without gaps or repeats', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const writers = [startWriter(folder, 'a', 1000, 2000), startWriter(folder, 'b', 1000, 2000)];
    const store = openStore(folder);
    const heard = listen(store);
    await Promise.all(writers.map(writer => writer.ready));
    for (const writer of writers) {
      writer.go();
    }
    const outputs = await Promise.all(writers.map(writer => writer.output));
    store.poll();
    const order = Array.from({ length: 2000 }, (_, index) => index + 1);
    const all = outputs.map(output => JSON.parse(output) as { seq: number; source: string }[]);
    for (const one of all) {
      expect(one.map(({ seq }) => seq)).toEqual(order);
    }
    expect(all[0]?.map(({ source }) => source)).toEqual(all[1]?.map(({ source }) => source));
    const switches = all[0]?.filter(({ source }, index, list) => list[index - 1]?.source !== source).length ?? 0;
    expect(switches).toBeGreaterThan(10);
    expect(seqs(heard)).toEqual(order);
    expect(store.log.tasks.transcript('task-a', { from: 0, count: 0 }).total).toBe(1000);
    expect(store.check()).toBeUndefined();
  });
});
