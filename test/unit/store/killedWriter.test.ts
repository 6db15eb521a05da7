import { copyFileSync, existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../../src/core/tasks/task.ts';
import type { TaskLogFact } from '../../../src/core/tasks/taskFact.ts';
import { reduceTask } from '../../../src/core/tasks/taskReducer.ts';
import type { PanelStore } from '../../../src/store/panelStore.ts';
import { created, text } from '../../contract/panelLog/sampleFacts.ts';
import { dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';
import { startWriter } from './writerProgram.ts';

/** Lets the program commit for a while and kills it in the middle; the last event that it knew to be safe. */
async function killInTheMiddle(folder: string, name: string, commits: number): Promise<number> {
  const writer = startWriter(folder, name, 1_000_000);
  let lines = 0;
  writer.process.stdout.on('data', (chunk: Buffer) => {
    lines += chunk.toString().split('\n').length - 1;
    if (lines > commits) {
      writer.process.kill('SIGKILL');
    }
  });
  await writer.ready;
  writer.go();
  const numbers = (await writer.output).split('\n').slice(0, -1).map(Number);
  return numbers.at(-1) ?? 0;
}

function expectSound(store: PanelStore, safe: number): void {
  expect(store.notices).toEqual([]);
  expect(store.check()).toBeUndefined();
  const last = store.log.lastSequence();
  expect(last).toBeGreaterThanOrEqual(safe);
  const events = store.log.events({ after: 0, limit: last + 1 });
  expect(events.map(event => event.seq)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  for (const task of store.log.tasks.list()) {
    const own = events.filter(event => event.subject === task.id);
    const replayed = own.reduce<Task | undefined>(
      (state, { type, data, time }) => reduceTask(state, task.id, { type, data } as TaskLogFact, Date.parse(time)),
      undefined,
    );
    expect(task).toEqual(replayed);
    expect(store.log.tasks.transcript(task.id, { from: 0, count: 0 }).total).toBe(own.length);
  }
}

describe('a program that is killed while it writes', () => {
  it('loses nothing that was committed, again and again, and leaves a sound file', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    let safe = 0;
    for (const [name, commits] of [
      ['a', 50],
      ['b', 150],
      ['c', 300],
    ] as const) {
      safe = await killInTheMiddle(folder, name, commits);
      expect(safe).toBeGreaterThanOrEqual(commits);
      expect(existsSync(`${dataFile(folder)}-wal`)).toBe(true);
      const store = openStore(folder);
      expectSound(store, safe);
      store.dispose();
    }
    expect(existsSync(`${dataFile(folder)}-wal`)).toBe(false);
  });

  it('does not disturb another program that has the file open', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    store.log.append([{ subject: 'task-x', facts: [created()] }]);
    const heard: number[] = [];
    store.log.onDidCommit(({ events }) => heard.push(...events.map(event => event.seq)));
    const safe = await killInTheMiddle(folder, 'a', 200);
    const [mine] = store.log.append([{ subject: 'task-x', facts: [text('I am still here')] }]).events;
    expect(mine?.seq).toBeGreaterThan(safe);
    expectSound(store, safe);
    expect(heard).toEqual(Array.from({ length: mine?.seq ?? 0 }, (_, index) => index + 1).slice(1));
  });
});

describe('a write-ahead log that was left behind', () => {
  it('is taken up, with or without its index', () => {
    const folder = temporaryFolder();
    const copy = temporaryFolder();
    const store = openStore(folder);
    openStore(copy).dispose();
    store.log.append([{ subject: 'task-1', facts: [created(), text('one')] }]);
    for (const end of ['', '-wal', '.log-mark']) {
      copyFileSync(dataFile(folder) + end, dataFile(copy) + end);
    }
    const taken = openStore(copy);
    expect(taken.log.events({ after: 0, limit: 2 })).toEqual(store.log.events({ after: 0, limit: 2 }));
    expect(taken.check()).toBeUndefined();
  });
});
