import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Driver from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { markFile, newFileId } from '../../../src/store/fileMark.ts';
import { allMigrations } from '../../../src/store/migrations/allMigrations.ts';
import type { Migration } from '../../../src/store/migrations/migration.ts';
import { openDatabase } from '../../../src/store/openDatabase.ts';
import { PanelDatabase } from '../../../src/store/panelDatabase.ts';
import { StoreError } from '../../../src/store/storeError.ts';
import { approval, text } from '../../contract/panelLog/sampleFacts.ts';
import { TEST_KEY } from '../../fixtures/userKey.ts';
import { dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';
import { startWriter } from './writerProgram.ts';

const FORMAT_1 = fileURLToPath(new URL('./files/format1.db', import.meta.url));
const NEWEST = allMigrations.length;

/** A workspace whose file was written by the first version, for the user that the tests play. */
function oldWorkspace(): string {
  const folder = temporaryFolder();
  mkdirSync(dirname(dataFile(folder)));
  copyFileSync(FORMAT_1, dataFile(folder));
  const file = new PanelDatabase(dataFile(folder));
  markFile(file, newFileId(), TEST_KEY);
  file.dispose();
  return folder;
}

function versionOf(path: string): unknown {
  const file = new Driver(path, { readonly: true });
  const version = file.pragma('user_version', { simple: true });
  file.close();
  return version;
}

const backups = (folder: string): string[] =>
  readdirSync(dirname(dataFile(folder))).filter(name => name.includes('.backup-'));

describe('migrations', () => {
  it('are numbered from 1 without gaps', () => {
    expect(allMigrations.map(({ version }) => version)).toEqual(Array.from(allMigrations, (_, index) => index + 1));
  });

  it('upgrade a file of the first format with all that is in it, and keep a copy from before', () => {
    const folder = oldWorkspace();
    const store = openStore(folder);
    expect(versionOf(dataFile(folder))).toBe(NEWEST);
    // The file was copied here by the test, so what was unfinished in it does not go on by itself.
    expect(store.notices).toMatchObject([{ reason: 'moved' }]);
    expect(store.log.lastSequence()).toBe(13);
    expect(store.log.tasks.list().map(({ id, title, status }) => [id, title, status.state])).toEqual([
      ['task-2', 'Second', 'paused'],
      ['task-1', 'Add a health endpoint', 'succeeded'],
    ]);
    expect(store.log.tasks.get('task-1')).toMatchObject({ costUsd: 0.25, prompt: 'Add a health endpoint and test it' });
    expect(store.log.tasks.transcript('task-1', { from: 0, count: 10 }).entries.map(({ kind }) => kind)).toEqual([
      'prompt',
      'text',
      'tool',
      'decision',
    ]);
    expect(store.log.approvals.ledger()).toMatchObject([{ id: approval('approval-1').id }]);
    expect(store.log.tasks.costSince(0)).toBeCloseTo(0.25, 9);
    expect(store.log.append([{ subject: 'task-1', facts: [text('more')] }]).events[0]?.seq).toBe(14);

    const [backup = '', ...others] = backups(folder);
    expect(others).toEqual([]);
    expect(backup).toMatch(/^panel\.db\.backup-format1-\d{8}T\d{6}Z$/);
    const copy = new Driver(join(dirname(dataFile(folder)), backup), { readonly: true });
    expect(copy.prepare('select count(*) from events').pluck().get()).toBe(11);
    copy.close();
    expect(versionOf(join(dirname(dataFile(folder)), backup))).toBe(1);
  });

  it('make no copy of a file that is new or up to date', () => {
    const folder = temporaryFolder();
    openStore(folder).dispose();
    openStore(folder).dispose();
    expect(backups(folder)).toEqual([]);
  });

  it('take back a step that fails, and say where the copy is', () => {
    const folder = oldWorkspace();
    const broken: Migration = {
      version: NEWEST + 1,
      sql: 'create table halfway (a); insert into nowhere values (1)',
    };
    const open = (): unknown =>
      openDatabase({ path: dataFile(folder), migrations: [...allMigrations, broken], now: () => 0, userKey: TEST_KEY });
    let failure: unknown;
    try {
      open();
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(StoreError);
    expect(failure).toMatchObject({
      reason: 'migrationFailed',
      detail: expect.stringContaining(backups(folder)[0] ?? '-'),
    });
    expect(versionOf(dataFile(folder))).toBe(NEWEST);
    const file = new Driver(dataFile(folder), { readonly: true });
    expect(file.prepare("select count(*) from sqlite_schema where name = 'halfway'").pluck().get()).toBe(0);
    file.close();
    expect(openStore(folder).log.events({ after: 0, limit: 11 })).toHaveLength(11);
  });

  it('run once when several programs open a new or an old file at the same moment', { timeout: 60_000 }, async () => {
    for (const isOld of [false, true]) {
      const folder = isOld ? oldWorkspace() : temporaryFolder();
      const programs = ['a', 'b', 'c', 'd'].map(name => startWriter(folder, name, 5));
      await Promise.all(programs.map(program => program.ready));
      for (const program of programs) {
        program.go();
      }
      const store = openStore(folder);
      expect(versionOf(dataFile(folder))).toBe(NEWEST);
      expect(existsSync(`${dataFile(folder)}.replacing`)).toBe(false);
      expect(store.check()).toBeUndefined();
      expect(backups(folder)).toHaveLength(isOld ? 1 : 0);
      for (const program of programs) {
        program.process.kill('SIGKILL');
        await program.output;
      }
    }
  });
});
