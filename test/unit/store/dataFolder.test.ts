import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { created } from '../../contract/panelLog/sampleFacts.ts';
import { dataFile, openStore, temporaryFolder } from './temporaryFolder.ts';

describe('the folder of the data', () => {
  it('keeps data out of git, and what people write in', () => {
    const folder = temporaryFolder();
    const git = (...given: string[]): string => execFileSync('git', given, { cwd: folder, encoding: 'utf8' });
    git('init', '--quiet');
    const store = openStore(folder);
    store.log.append([{ subject: 'task-1', facts: [created()] }]);
    const data = dirname(dataFile(folder));
    writeFileSync(join(data, 'profiles.yaml'), 'profiles: {}\n');
    mkdirSync(join(data, 'commands', 'git'), { recursive: true });
    writeFileSync(join(data, 'commands', 'git', 'review.yaml'), 'name: review\n');
    writeFileSync(join(data, 'panel.db.damaged-20261121T100000Z'), '');
    mkdirSync(join(data, 'snapshots'));
    writeFileSync(join(data, 'snapshots', 'profiles.yaml'), '');
    git('add', '--all');
    expect(git('diff', '--cached', '--name-only').trim().split('\n').sort()).toEqual([
      '.claude-panel/.gitignore',
      '.claude-panel/commands/git/review.yaml',
      '.claude-panel/profiles.yaml',
    ]);
  });

  it('leaves a .gitignore alone that is there already', () => {
    const folder = temporaryFolder();
    const path = join(folder, '.claude-panel', '.gitignore');
    mkdirSync(dirname(path));
    writeFileSync(path, '# mine\n');
    openStore(folder);
    expect(readFileSync(path, 'utf8')).toBe('# mine\n');
  });

  it('tells how much it takes on disk', () => {
    const folder = temporaryFolder();
    const store = openStore(folder);
    const before = store.sizeBytes();
    store.log.append([{ subject: 'task-1', facts: [created({ prompt: 'x'.repeat(100_000) })] }]);
    expect(store.sizeBytes() - before).toBeGreaterThan(100_000);
    store.dispose();
    expect(store.sizeBytes()).toBe(statSync(dataFile(folder)).size);
  });
});
