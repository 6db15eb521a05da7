import Driver from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { TaskRequest } from '../../../src/core/tasks/taskRequest.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';

const DAY_MS = 24 * 60 * 60_000;

function request(id: string, created: number): TaskRequest {
  return { id, taskId: 'task-1', body: { kind: 'stop' }, by: { surface: 'panel', name: 'ada', hostId: 'w' }, created };
}

function rows(folder: string): readonly { readonly id: string; readonly revision: number }[] {
  const database = new Driver(dataFile(folder), { readonly: true });
  try {
    return database.prepare<[], { id: string; revision: number }>('select id, revision from requests').all();
  } finally {
    database.close();
  }
}

it('forgets settled requests after a day, keeps every open one, and gives no revision twice', () => {
  const folder = temporaryFolder();
  const clock = new ManualClock(10 * DAY_MS);
  const first = openStore(folder, { clock });
  first.requests.add(request('open', 0));
  first.requests.add(request('old', 0));
  first.requests.add(request('young', clock.now()));
  first.requests.add(request('newest', 0));
  first.requests.settle('old', 'done');
  first.requests.settle('young', 'done');
  first.requests.settle('newest', 'void');
  first.dispose();

  const second = openStore(folder, { clock });
  // The newest revision is the mark that other programs compare with.
  expect(rows(folder).map(({ id }) => id)).toEqual(['open', 'young', 'newest']);
  second.requests.add(request('next', clock.now()));
  expect(rows(folder).find(({ id }) => id === 'next')?.revision).toBe(8);
  expect(second.requests.open(['task-1']).map(({ id }) => id)).toEqual(['open', 'next']);
});
