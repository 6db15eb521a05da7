import { join } from 'node:path';
import Driver from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/base/ids.ts';
import type { TaskLogFact } from '../../../src/core/tasks/taskFact.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { allMigrations } from '../../../src/store/migrations/allMigrations.ts';
import { PanelDatabase } from '../../../src/store/panelDatabase.ts';
import { SqlitePanelLog } from '../../../src/store/sqlitePanelLog.ts';
import { created, starting, text, turnStarted } from '../../contract/panelLog/sampleFacts.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { afterThisTest, dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';

/** A connection whose reads of other programs' commits fail when a test wants it. */
class FlakyDatabase extends PanelDatabase {
  fails = false;

  override read<T>(work: () => T): T {
    if (this.fails) {
      throw new Error('The disk does not answer.');
    }
    return super.read(work);
  }
}

describe('the log in SQLite', () => {
  it('keeps its own commit when those of others cannot be read, and delivers all in order later', () => {
    const path = join(temporaryFolder(), 'data.db');
    const database = new FlakyDatabase(path);
    database.pragma('journal_mode = wal');
    migrate(database, { migrations: allMigrations, time: new Date(0), markNew: () => undefined });
    const another = new PanelDatabase(path);
    const errors: unknown[] = [];
    const options = { clock: new ManualClock(), newId: newUuid, onError: (error: unknown) => errors.push(error) };
    const log = new SqlitePanelLog({ ...options, database, source: '/mine' });
    const other = new SqlitePanelLog({ ...options, database: another, source: '/other' });
    for (const part of [log, other, database, another]) {
      afterThisTest(() => part.dispose());
    }
    const heard: number[] = [];
    log.onDidCommit(({ events }) => heard.push(...events.map(event => event.seq)));

    other.append([{ subject: 'task-1', facts: [created()] }]);
    database.fails = true;
    expect(log.append([{ subject: 'task-1', facts: [starting()] }]).events[0]?.seq).toBe(2);
    expect(heard).toEqual([]);
    expect(errors).toHaveLength(1);
    database.fails = false;
    log.catchUp();
    expect(heard).toEqual([1, 2]);
    log.append([{ subject: 'task-1', facts: [turnStarted] }]);
    expect(heard).toEqual([1, 2, 3]);
  });

  it('writes the columns that other programs read', () => {
    const folder = temporaryFolder();
    const store = openStore(folder, { clock: new ManualClock(1_000_000) });
    store.log.append([{ subject: 'task-1', facts: [created({ title: 'Health' }), starting(), turnStarted] }]);
    const reader = new Driver(dataFile(folder), { readonly: true });
    afterThisTest(() => reader.close());
    const task = reader.prepare('select * from tasks').get() as Record<string, unknown>;
    expect(task).toMatchObject({
      id: 'task-1',
      title: 'Health',
      state: 'running',
      profile: 'speed',
      session_id: 'session-1',
      cost_usd: 0,
      created: 1_000_000,
      ended: null,
      owner_host: 'host-1',
      archived: 0,
      updated_seq: 3,
    });
    expect(JSON.parse(String(task['snapshot']))).toMatchObject({ id: 'task-1', turns: 0 });
    expect(reader.prepare('select * from events where seq = 3').get()).toEqual({
      seq: 3,
      id: expect.any(String),
      source: '/test',
      type: 'claude-panel.task.turnStarted',
      subject: 'task-1',
      time: '1970-01-01T00:16:40.000Z',
      data: JSON.stringify(turnStarted.data),
      specversion: '1.0',
      datacontenttype: 'application/json',
      traceparent: null,
    });
    expect(reader.pragma('journal_mode', { simple: true })).toBe('wal');
  });

  it('preserves what a newer version wrote into a task', () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    store.log.append([{ subject: 'task-1', facts: [created(), starting()] }]);
    const newer = new Driver(dataFile(folder));
    newer.exec(`update tasks set snapshot = json_set(snapshot, '$.color', 'blue'), updated_seq = 99`);
    newer.close();
    store.log.append([{ subject: 'task-1', facts: [turnStarted] }]);
    expect(store.log.tasks.get('task-1')).toMatchObject({ color: 'blue', status: { state: 'running' } });
  });

  it('makes a task of its events when its row cannot be read', () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    for (const id of ['task-1', 'task-2', 'task-3']) {
      store.log.append([{ subject: id, facts: [created({ promptId: id }), starting()] }]);
    }
    const whole = store.log.tasks.list();
    store.dispose();
    const file = new Driver(dataFile(folder));
    file.exec("update tasks set snapshot = '{broken' where id = 'task-1'");
    file.exec("update tasks set snapshot = 'null' where id = 'task-2'");
    file.exec("delete from prompts where task_id = 'task-3'");
    file.close();
    const again = openStore(folder);
    expect(again.log.tasks.list()).toEqual(whole);
    again.log.append([{ subject: 'task-1', facts: [turnStarted] }]);
    expect(again.log.tasks.get('task-1')?.status.state).toBe('running');
  });

  it('does not write a large prompt again with every fact', () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    store.log.append([{ subject: 'task-1', facts: [created({ prompt: 'x'.repeat(1_000_000) }), starting()] }]);
    const before = store.sizeBytes();
    for (let number = 0; number < 20; number += 1) {
      store.log.append([{ subject: 'task-1', facts: [text('word'), turnStarted] }]);
    }
    expect(store.sizeBytes() - before).toBeLessThan(1_000_000);
    expect(store.log.tasks.get('task-1')?.prompt).toHaveLength(1_000_000);
  });

  it('writes as little for the 20,000th fact of a task as for the first', () => {
    const folder = temporaryFolder();
    const store = openStore(folder, { newId: newUuid });
    store.log.append([{ subject: 'task-1', facts: [created(), starting(), turnStarted] }]);
    const usage = (number: number): TaskLogFact => ({
      type: 'claude-panel.task.usage',
      data: {
        messageId: `message ${number}`,
        tokens: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheCreationTokens: 0 },
      },
    });
    const snapshotSize = (): number => JSON.stringify(store.log.tasks.get('task-1')).length;
    for (let batch = 0; batch < 40; batch += 1) {
      const facts = Array.from({ length: 250 }, (_, index) => usage(batch * 250 + index));
      store.log.append([{ subject: 'task-1', facts: [...facts, ...facts.map(() => text('word'))] }]);
    }
    expect(store.log.tasks.transcript('task-1', { from: 0, count: 0 }).total).toBe(10_001);
    expect(snapshotSize()).toBeLessThan(10_000);
  });
});
