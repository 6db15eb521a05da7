import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataVersionWatcher } from '../../../src/store/dataVersionWatcher.ts';
import { PanelDatabase } from '../../../src/store/panelDatabase.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { afterThisTest, temporaryFolder } from './temporaryFolder.ts';

function openPair(): [PanelDatabase, PanelDatabase] {
  const path = join(temporaryFolder(), 'data.db');
  const pair: [PanelDatabase, PanelDatabase] = [new PanelDatabase(path), new PanelDatabase(path)];
  pair[0].pragma('journal_mode = wal');
  pair[0].execute('create table numbers (number integer)');
  for (const database of pair) {
    afterThisTest(() => database.dispose());
  }
  return pair;
}

function watch(database: PanelDatabase, onChange: () => void = () => undefined) {
  const clock = new ManualClock();
  const seen = { changes: 0, errors: [] as unknown[] };
  const watcher = new DataVersionWatcher({
    database,
    clock,
    onChange: () => {
      seen.changes += 1;
      onChange();
    },
    onError: error => seen.errors.push(error),
  });
  afterThisTest(() => watcher.dispose());
  clock.advance(40);
  seen.changes = 0;
  return { clock, seen, watcher };
}

describe('the watcher of other connections', () => {
  it('notices a commit of another connection within 100 ms, and each only once', () => {
    const [mine, other] = openPair();
    const { clock, seen } = watch(mine);
    clock.advance(400);
    expect(seen.changes).toBe(0);
    other.execute('insert into numbers values (1)');
    clock.advance(100);
    expect(seen.changes).toBe(1);
    clock.advance(400);
    expect(seen.changes).toBe(1);
  });

  it('does not notice own commits, nor what was taken back', () => {
    const [mine, other] = openPair();
    const { clock, seen } = watch(mine);
    mine.execute('insert into numbers values (1)');
    other.execute('begin; insert into numbers values (2); rollback');
    clock.advance(400);
    expect(seen.changes).toBe(0);
  });

  it('looks at once when it is told to, but not in the middle of a transaction', () => {
    const [mine, other] = openPair();
    const { seen, watcher } = watch(mine);
    other.execute('insert into numbers values (1)');
    mine.read(() => watcher.poll());
    expect(seen.changes).toBe(0);
    watcher.poll();
    expect(seen.changes).toBe(1);
  });

  it('comes back with a change that its listener could not take', () => {
    const [mine, other] = openPair();
    let fails = true;
    const { clock, seen } = watch(mine, () => {
      if (fails) {
        throw new Error('not now');
      }
    });
    seen.errors.length = 0;
    other.execute('insert into numbers values (1)');
    clock.advance(40);
    expect(seen.errors).toHaveLength(1);
    fails = false;
    clock.advance(40);
    clock.advance(40);
    expect(seen.errors).toHaveLength(1);
    expect(seen.changes).toBe(2);
  });

  it('stops looking when it is disposed', () => {
    const [mine, other] = openPair();
    const { clock, seen, watcher } = watch(mine);
    watcher.dispose();
    other.execute('insert into numbers values (1)');
    clock.advance(400);
    expect(seen.changes).toBe(0);
    expect(clock.nextIn).toBeUndefined();
  });
});
