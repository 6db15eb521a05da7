import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { surplusKept } from '../../../src/store/keptFiles.ts';
import { dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';

const NOW = Date.UTC(2026, 10, 21, 10);
const days = (count: number): string => new Date(NOW - count * 86_400_000).toISOString().replaceAll(/[-:]|\.\d+/g, '');

describe('files that were set aside', () => {
  it('are removed, the oldest first, when there are more than five of a kind and more than seven days have passed', () => {
    const old = [40, 30, 20, 15, 12, 10, 9].map(count => `panel.db.damaged-${days(count)}`);
    const foreign = [400, 300].map(count => `panel.db.foreign-${days(count)}`);
    expect(surplusKept('panel.db', [...foreign, ...old], NOW).toSorted()).toEqual(old.slice(0, 2));
  });

  it('are all kept for seven days', () => {
    const recent = Array.from({ length: 30 }, (_, number) => `panel.db.foreign-${days(number / 5)}`);
    expect(surplusKept('panel.db', recent, NOW)).toEqual([]);
  });

  it('are told from every other file by their whole name', () => {
    const others = Array.from({ length: 9 }, (_, number) => `panel.db.damaged-${days(50 + number)}`).flatMap(name => [
      `${name}.copy`,
      `my ${name}`,
      `${name}-wal`,
    ]);
    expect(surplusKept('panel.db', ['panel.db', 'panel.db.damaged-', 'profiles.yaml', ...others], NOW)).toEqual([]);
  });

  it('go with their logs when the list is opened, and that is told', () => {
    const folder = temporaryFolder();
    openStore(folder).dispose();
    const data = dirname(dataFile(folder));
    const names = ['2001', '2002', '2003', '2004', '2005', '2006'].map(year => `panel.db.damaged-${year}0101T000000Z`);
    for (const name of names) {
      writeFileSync(join(data, name), name);
      writeFileSync(join(data, `${name}-wal`), name);
    }
    const store = openStore(folder);
    expect(store.notices).toMatchObject([
      { reason: 'keptTooMany', detail: expect.stringContaining(names[0] ?? 'nothing') },
    ]);
    store.dispose();
    expect(readdirSync(data).some(name => name.startsWith(names[0] ?? 'nothing'))).toBe(false);
    for (const name of names.slice(1)) {
      expect(readFileSync(join(data, name), 'utf8')).toBe(name);
      expect(existsSync(join(data, `${name}-wal`))).toBe(true);
    }
    const again = openStore(folder);
    expect(again.notices).toEqual([]);
    again.dispose();
  });
});
