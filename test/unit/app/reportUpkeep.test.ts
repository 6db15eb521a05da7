import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outdatedReports, removeOldReports } from '../../../src/app/reportUpkeep.ts';

const NOW = Date.UTC(2026, 10, 21, 10);
const OLD = ['security-audit-2026-01-02-1000.md', 'security-audit-2026-01-02-1000-2.md', 'standup-2026-01-02-0900.md'];
const NEW = 'security-audit-2026-11-20-1000.md';

function folderWith(names: readonly string[], below = '.claude-panel/reports'): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'panel-reports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, below), { recursive: true });
  for (const name of names) {
    const file = path.join(folder, below, name);
    writeFileSync(file, name);
    utimesSync(file, 1_000_000, 1_000_000);
  }
  return folder;
}

const has = (folder: string, name: string): boolean => existsSync(path.join(folder, '.claude-panel/reports', name));

describe('the reports of commands', () => {
  it('go when they are old, but the newest one of each command stays', () => {
    expect(outdatedReports([...OLD, NEW], NOW)).toEqual([OLD[1], OLD[0]]);
    expect(outdatedReports(OLD, NOW)).toEqual([OLD[0]]);
    expect(outdatedReports(OLD, Date.UTC(2026, 0, 2, 12))).toEqual([]);
  });

  it('of one minute are told apart by their number', () => {
    const minute = ['audit-2026-01-02-1000.md', 'audit-2026-01-02-1000-2.md', 'audit-2026-01-02-1000-10.md'];
    expect(outdatedReports(minute, NOW)).toEqual([minute[1], minute[0]]);
  });

  it('are told from every other file by their whole name', () => {
    const others = ['notes.md', 'security-audit.md', 'my security-audit-2026-01-02-1000.md', 'a-2026-01-02-1000.txt'];
    expect(outdatedReports([...others, ...others.map(name => `${name}.md`)], NOW)).toEqual([]);
  });

  it('stay when they were changed since, and where nothing is to be removed', async () => {
    const folder = folderWith([...OLD, NEW]);
    const changed = OLD[0] ?? '';
    utimesSync(path.join(folder, '.claude-panel/reports', changed), NOW / 1000, NOW / 1000);
    await removeOldReports(folder, 0, NOW);
    expect(OLD.map(name => has(folder, name))).toEqual([true, true, true]);
    await removeOldReports(folder, 180, NOW);
    expect([...OLD, NEW].map(name => has(folder, name))).toEqual([true, false, true, true]);
  });

  it('are not looked for behind a link', async () => {
    const outside = folderWith(OLD, 'reports');
    const folder = folderWith([], '.claude-panel');
    symlinkSync(path.join(outside, 'reports'), path.join(folder, '.claude-panel', 'reports'));
    await removeOldReports(folder, 1, NOW);
    expect(OLD.map(name => existsSync(path.join(outside, 'reports', name)))).toEqual([true, true, true]);
  });
});
