import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PanelStore } from '../../../src/store/panelStore.ts';
import { created, starting, text } from '../../contract/panelLog/sampleFacts.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';

const MOMENT = 1100;

function textsOf(store: PanelStore): string[] {
  return store.log.tasks
    .transcript('task-1', { from: 0, count: 100 })
    .entries.flatMap(entry => (entry.kind === 'text' ? [entry.text] : []));
}

describe('a file that is removed while it is in use', () => {
  it.each(['the whole folder', 'the file alone'])(
    'is written again when %s is gone, with all that came after',
    what => {
      const folder = temporaryFolder();
      const clock = new ManualClock();
      const store = openStore(folder, { clock });
      const heard: number[] = [];
      store.log.onDidCommit(({ events }) => heard.push(...events.map(event => event.seq)));
      store.log.append([{ subject: 'task-1', facts: [created(), starting(), text('before')] }]);
      store.requests.onDidChange(() => undefined);
      rmSync(what === 'the file alone' ? dataFile(folder) : dirname(dataFile(folder)), { recursive: true });
      store.log.append([{ subject: 'task-1', facts: [text('meanwhile')] }]);
      expect(existsSync(dataFile(folder))).toBe(false);
      clock.advance(MOMENT);
      expect(existsSync(dataFile(folder))).toBe(true);
      store.log.append([{ subject: 'task-1', facts: [text('after')] }]);
      clock.advance(MOMENT);
      expect(heard).toEqual([1, 2, 3, 4, 5]);
      expect(store.notices).toMatchObject([{ reason: 'removed', remedy: expect.stringContaining('Nothing was lost') }]);
      store.dispose();
      const again = openStore(folder);
      expect(textsOf(again)).toEqual(['before', 'meanwhile', 'after']);
      expect(again.check()).toBeUndefined();
      expect(again.notices).toEqual([]);
    },
  );

  it('is written again through no link that was planted beside it', () => {
    const folder = temporaryFolder();
    const outside = join(temporaryFolder(), 'mine.txt');
    writeFileSync(outside, 'mine');
    const store = openStore(folder, { clock: new ManualClock() });
    store.log.append([{ subject: 'task-1', facts: [created(), text('before')] }]);
    rmSync(dataFile(folder));
    const planted = `${dataFile(folder)}.restoring`;
    symlinkSync(outside, planted);
    store.dispose();
    expect(readFileSync(outside, 'utf8')).toBe('mine');
    expect(readdirSync(dirname(planted)).filter(name => name.includes('restoring'))).toEqual([basename(planted)]);
    expect(lstatSync(planted).isSymbolicLink()).toBe(true);
    expect(textsOf(openStore(folder))).toEqual(['before']);
  });

  it('is written again when the program closes right after', () => {
    const folder = temporaryFolder();
    const store = openStore(folder, { clock: new ManualClock() });
    store.log.append([{ subject: 'task-1', facts: [created(), text('before')] }]);
    rmSync(dirname(dataFile(folder)), { recursive: true });
    store.dispose();
    expect(textsOf(openStore(folder))).toEqual(['before']);
  });

  it('is shared again by all that had it open, and nothing of any of them is lost or doubled', () => {
    const folder = temporaryFolder();
    const clocks = [new ManualClock(), new ManualClock()] as const;
    const one = openStore(folder, { clock: clocks[0], source: '/one' });
    const other = openStore(folder, { clock: clocks[1], source: '/other' });
    one.log.append([{ subject: 'task-1', facts: [created(), text('before')] }]);
    other.poll();
    const heard: number[] = [];
    other.log.onDidCommit(({ events }) => heard.push(...events.map(event => event.seq)));
    rmSync(dirname(dataFile(folder)), { recursive: true });
    one.log.append([{ subject: 'task-1', facts: [text('one, meanwhile')] }]);
    clocks[0].advance(MOMENT);
    // The other has not noticed yet, and still writes to the file that is gone.
    other.log.append([{ subject: 'task-1', facts: [text('other, meanwhile')] }]);
    one.log.append([{ subject: 'task-1', facts: [text('one, after')] }]);
    clocks[1].advance(MOMENT);
    other.log.append([{ subject: 'task-1', facts: [text('other, after')] }]);
    one.poll();

    const all = ['before', 'one, meanwhile', 'one, after', 'other, meanwhile', 'other, after'];
    expect(textsOf(one)).toEqual(all);
    expect(textsOf(other)).toEqual(all);
    expect(one.log.events({ after: 0, limit: 100 })).toEqual(other.log.events({ after: 0, limit: 100 }));
    expect(heard).toEqual([3, 4, 4, 5, 6]);
    one.dispose();
    other.dispose();
    const again = openStore(folder);
    expect(textsOf(again)).toEqual(all);
    expect(again.check()).toBeUndefined();
  });

  it('is left alone when somebody put another list in its place', () => {
    const folder = temporaryFolder();
    const clock = new ManualClock();
    const store = openStore(folder, { clock });
    store.log.append([{ subject: 'task-1', facts: [created(), text('old list')] }]);
    rmSync(dirname(dataFile(folder)), { recursive: true });
    const newer = openStore(folder);
    newer.log.append([{ subject: 'task-1', facts: [created({ title: 'New list' })] }]);
    clock.advance(MOMENT);
    expect(store.log.tasks.get('task-1')?.title).toBe('New list');
    expect(textsOf(newer)).toEqual([]);
  });

  it('stays with what it has when the place cannot be used any more, and tries again later', () => {
    const folder = temporaryFolder();
    const clock = new ManualClock();
    const store = openStore(folder, { clock });
    store.log.append([{ subject: 'task-1', facts: [created(), text('before')] }]);
    rmSync(folder, { recursive: true });
    clock.advance(5 * MOMENT);
    expect(store.notices).toMatchObject([{ reason: 'noFolder' }]);
    store.log.append([{ subject: 'task-1', facts: [text('still here')] }]);
    expect(textsOf(store)).toEqual(['before', 'still here']);
    expect(existsSync(folder)).toBe(false);
  });
});
