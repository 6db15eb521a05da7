import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Driver from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { refuseOldNode } from '../../../src/store/panelDatabase.ts';
import { StoreError, type StoreReason } from '../../../src/store/storeError.ts';
import { created, text } from '../../contract/panelLog/sampleFacts.ts';
import { MemoryPanelLog } from '../../fixtures/memory/memoryPanelLog.ts';
import { mountDisk } from './smallDisk.ts';
import { afterThisTest, dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';

function failureOf(work: () => unknown): StoreError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return error as StoreError;
  }
  throw new Error('It did not fail.');
}

function expectFailure(work: () => unknown, reason: StoreReason): StoreError {
  const failure = failureOf(work);
  expect(failure.reason).toBe(reason);
  expect(failure.family).toBe('store');
  expect(failure.remedy).toMatch(/\.$/);
  return failure;
}

/** A workspace with a task list of some size, closed. */
function filledFolder(entries = 200): string {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const facts = Array.from({ length: entries }, (_, number) => text(`${number} ${'words '.repeat(50)}`));
  store.log.append([{ subject: 'task-1', facts: [created(), ...facts] }]);
  store.dispose();
  return folder;
}

/** One that is too large for a whole check at every start, damaged in its midst. */
function damagedFolder(): string {
  const folder = filledFolder(12_000);
  const bytes = readFileSync(dataFile(folder));
  expect(bytes.length).toBeGreaterThan(4_000_000);
  randomBytes(200_000).copy(bytes, bytes.length - 1_000_000);
  writeFileSync(dataFile(folder), bytes);
  return folder;
}

const siblings = (folder: string): string[] => readdirSync(dirname(dataFile(folder))).sort();

describe('a file that cannot be used', () => {
  it('is set aside when it is damaged: nothing is deleted, and a new one is started', () => {
    const folder = filledFolder();
    const bytes = readFileSync(dataFile(folder));
    randomBytes(40_000).copy(bytes, 8192);
    writeFileSync(dataFile(folder), bytes);

    const store = openStore(folder);
    expect(store.log.lastSequence()).toBe(0);
    expect(store.notices).toMatchObject([
      { family: 'store', reason: 'damaged', remedy: expect.stringContaining('.recover') },
    ]);
    const kept = siblings(folder).find(name => name.startsWith('panel.db.damaged-'));
    expect(store.notices[0]?.detail).toContain(kept);
    expect(readFileSync(join(dirname(dataFile(folder)), kept ?? '')).equals(bytes)).toBe(true);
    store.log.append([{ subject: 'task-1', facts: [created()] }]);
    store.dispose();
    const again = openStore(folder);
    expect(again.notices).toEqual([]);
    expect(again.log.lastSequence()).toBe(1);
  });

  it('is set aside together with its write-ahead log', () => {
    const folder = filledFolder();
    openStore(folder).log.append([{ subject: 'task-1', facts: [text('more')] }]);
    const bytes = readFileSync(dataFile(folder));
    randomBytes(20_000).copy(bytes, 8192);
    writeFileSync(dataFile(folder), bytes);
    const store = openStore(folder);
    const kept = siblings(folder).filter(name => name.includes('damaged'));
    expect(kept.map(name => name.replace(/\d{8}T\d{6}Z/, 'TIME'))).toEqual([
      'panel.db.damaged-TIME',
      'panel.db.damaged-TIME-shm',
      'panel.db.damaged-TIME-wal',
    ]);
    expect(store.check()).toBeUndefined();
  });

  it('is set aside when it is something else than a database', () => {
    const folder = temporaryFolder();
    mkdirSync(dirname(dataFile(folder)));
    writeFileSync(dataFile(folder), 'my notes\n'.repeat(500));
    const store = openStore(folder);
    expect(store.notices).toMatchObject([{ reason: 'notADatabase' }]);
    const kept = siblings(folder).find(name => name.startsWith('panel.db.damaged-')) ?? '';
    expect(readFileSync(join(dirname(dataFile(folder)), kept), 'utf8')).toMatch(/^my notes/);
  });

  it('is set aside when it is the database of another program', () => {
    const folder = temporaryFolder();
    mkdirSync(dirname(dataFile(folder)));
    const other = new Driver(dataFile(folder));
    other.exec('create table recipes (name text)');
    other.close();
    expect(openStore(folder).notices).toMatchObject([{ reason: 'notADatabase' }]);
  });

  it('is set aside once, when several programs find it damaged', () => {
    const folder = filledFolder();
    const bytes = readFileSync(dataFile(folder));
    randomBytes(40_000).copy(bytes, 8192);
    writeFileSync(dataFile(folder), bytes);
    const [one, other] = [openStore(folder), openStore(folder)];
    expect([one.notices.length, other.notices.length]).toEqual([1, 0]);
    expect(siblings(folder).filter(name => name.includes('damaged'))).toHaveLength(1);
    expect(siblings(folder).filter(name => name.includes('replacing'))).toEqual([]);
  });

  it('is looked at as a whole when something in it could not be read before, however large it is', () => {
    const folder = damagedFolder();
    const store = openStore(folder);
    expect(store.notices).toEqual([]);
    expect(store.check()).toMatchObject({ reason: 'damaged', remedy: expect.stringContaining('Reload') });
    store.dispose();
    const next = openStore(folder);
    expect(next.notices).toMatchObject([{ reason: 'damaged' }]);
    expect(next.check()).toBeUndefined();
    next.dispose();
    expect(openStore(folder).notices).toEqual([]);
  });

  it.each(['of the user', 'that is not there'])('has its damage noted through no link to a file %s', which => {
    const folder = damagedFolder();
    const outside = join(temporaryFolder(), 'mine.txt');
    if (which === 'of the user') {
      writeFileSync(outside, 'mine');
    }
    const content = () => (existsSync(outside) ? readFileSync(outside, 'utf8') : undefined);
    const untouched = content();
    const store = openStore(folder);
    symlinkSync(outside, `${dataFile(folder)}.suspect`);
    expect(store.check()).toMatchObject({ reason: 'damaged' });
    store.dispose();
    expect(content()).toBe(untouched);
    expect(openStore(folder).notices).toMatchObject([{ reason: 'damaged' }]);
    expect(siblings(folder)).not.toContain('panel.db.suspect');
  });

  it('is refused when a newer version wrote it, and stays as it is', () => {
    const folder = filledFolder();
    const newer = new Driver(dataFile(folder));
    newer.pragma('user_version = 9999');
    newer.close();
    const before = readFileSync(dataFile(folder));
    const failure = expectFailure(() => openStore(folder), 'newerSchema');
    expect(failure.detail).toContain('9999');
    expect(readFileSync(dataFile(folder)).equals(before)).toBe(true);
    expect(siblings(folder).filter(name => name.startsWith('panel.db'))).toEqual(['panel.db']);
  });

  it('is refused when it is a folder', () => {
    const folder = temporaryFolder();
    mkdirSync(dataFile(folder), { recursive: true });
    expectFailure(() => openStore(folder), 'notAFile');
  });

  it('is refused when its folder is a file', () => {
    const folder = temporaryFolder();
    writeFileSync(dirname(dataFile(folder)), '');
    expectFailure(() => openStore(folder), 'notAFile');
  });

  it('is refused when the workspace is not there', () => {
    const folder = join(temporaryFolder(), 'removed');
    expectFailure(() => openStore(folder), 'noFolder');
    expect(existsSync(folder)).toBe(false);
  });

  it.each(['.claude-panel', '.claude-panel/panel.db', '.claude-panel/panel.db-wal'])(
    'is refused when %s leads out of the workspace',
    place => {
      const folder = temporaryFolder();
      const outside = mkdtempSync(join(tmpdir(), 'claude-panel-outside-'));
      afterThisTest(() => rmSync(outside, { recursive: true }));
      mkdirSync(dirname(join(folder, place)), { recursive: true });
      symlinkSync(place === '.claude-panel' ? outside : join(outside, 'target'), join(folder, place));
      expectFailure(() => openStore(folder), 'outsideWorkspace');
      expect(readdirSync(outside)).toEqual([]);
    },
  );

  it('is accepted when a link stays inside the workspace', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    symlinkSync(join(folder, 'data'), join(folder, '.claude-panel'));
    openStore(folder).log.append([{ subject: 'task-1', facts: [created()] }]);
    expect(existsSync(join(folder, 'data', 'panel.db'))).toBe(true);
  });

  it('is refused while another program keeps it locked', { timeout: 20_000 }, () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    const other = new Driver(dataFile(folder));
    other.exec('begin immediate');
    expectFailure(() => store.log.append([{ subject: 'task-1', facts: [created()] }]), 'locked');
    other.exec('rollback');
    other.close();
    expect(store.log.append([{ subject: 'task-1', facts: [created()] }]).events[0]?.seq).toBe(1);
  });

  it('is not touched any more after it was closed', () => {
    const store = openStore(temporaryFolder());
    store.dispose();
    expectFailure(() => store.log.append([{ subject: 'task-1', facts: [created()] }]), 'closed');
    expectFailure(() => store.log.tasks.list(), 'closed');
  });
});

describe('a program that cannot open files', () => {
  it('says which Node.js it needs', () => {
    expect(expectFailure(() => refuseOldNode('20.19.2'), 'nodeTooOld').detail).toContain('22');
    expect(() => refuseOldNode('22.0.0')).not.toThrow();
    expect(() => refuseOldNode('100.1.0')).not.toThrow();
  });

  it('says so when the driver has no native part for this platform', () => {
    const nativeBinding = join(temporaryFolder(), 'missing.node');
    expectFailure(() => openStore(temporaryFolder(), { nativeBinding }), 'nativeModule');
    writeFileSync(nativeBinding, 'not a library');
    expectFailure(() => openStore(temporaryFolder(), { nativeBinding }), 'nativeModule');
  });
});

describe('a disk that does not take any more', () => {
  it('refuses a folder that is read-only, whether there is a file or not', context => {
    const disk = mountDisk('size=4m');
    if (typeof disk === 'string') {
      return context.skip(disk);
    }
    disk.remount('ro');
    expectFailure(() => openStore(disk.folder), 'readOnly');
    disk.remount('rw');
    const store = openStore(disk.folder);
    store.log.append([{ subject: 'task-1', facts: [created()] }]);
    store.dispose();
    disk.remount('ro');
    expectFailure(() => openStore(disk.folder), 'readOnly');
    disk.remount('rw');
    expect(openStore(disk.folder).log.tasks.get('task-1')?.title).toBe('Add a health endpoint');
  });

  it('says that it is full, keeps all that was committed, and goes on when there is room again', context => {
    const disk = mountDisk('size=2m');
    if (typeof disk === 'string') {
      return context.skip(disk);
    }
    const store = openStore(disk.folder);
    // The same log in memory, which is never full.
    const twin = new MemoryPanelLog({ source: '/twin', clock: { ...FROZEN }, newId: () => 'id' });
    const entries = [{ subject: 'task-1', facts: [created(), text('words '.repeat(1000))] }];
    const failure = failureOf(() => {
      for (;;) {
        store.log.append(entries);
        twin.append(entries);
      }
    });
    expect(failure.reason).toBe('diskFull');
    expect(failure.remedy).toContain('Free some space');
    expect(twin.lastSequence()).toBeGreaterThan(10);
    expect(store.log.lastSequence()).toBe(twin.lastSequence());
    expectFailure(() => store.log.append(entries), 'diskFull');

    disk.remount('size=8m');
    expect(store.log.append(entries).events[0]?.seq).toBe(twin.lastSequence() + 1);
    expect(store.check()).toBeUndefined();
    store.dispose();
    expect(openStore(disk.folder).log.lastSequence()).toBe(twin.lastSequence() + 2);
  });

  it('says that it is full when there is no room for a new file', context => {
    const disk = mountDisk('size=64k');
    if (typeof disk === 'string') {
      return context.skip(disk);
    }
    expect(() => copyFileSync(process.execPath, join(disk.folder, 'large'))).toThrow('ENOSPC');
    expectFailure(() => openStore(disk.folder), 'diskFull');
  });
});

const FROZEN = {
  now: () => 0,
  after: () => ({ dispose: () => undefined }),
  every: () => ({ dispose: () => undefined }),
};
