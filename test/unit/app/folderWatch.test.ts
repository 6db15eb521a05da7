import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FolderWatch } from '../../../src/app/folderWatch.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { waitFor } from '../../harness/waitFor.ts';
import { temporaryFolder } from '../core/profiles/temporaryFolder.ts';

/** How often a change was told, and a wait for the next one. */
function watched(root: string, more: { readonly isRecursive?: boolean } = {}) {
  let told = 0;
  const watch = new FolderWatch({
    root,
    folder: '.claude-panel/commands',
    clock: systemClock,
    onChange: () => {
      told += 1;
    },
    ...more,
  });
  onTestFinished(() => watch.dispose());
  return {
    watch,
    count: () => told,
    /** Does something, and waits until it was told. */
    tellsAfter: async (act: () => void): Promise<void> => {
      const before = told;
      act();
      await waitFor('a change is told', () => told > before);
    },
  };
}

describe('FolderWatch', { timeout: 60_000 }, () => {
  it('tells of files that are made, changed, replaced and removed', async () => {
    const root = temporaryFolder({ '.claude-panel/commands/a.yaml': '1' });
    const file = join(root, '.claude-panel/commands/a.yaml');
    const { tellsAfter } = watched(root);
    await tellsAfter(() => writeFileSync(file, '2'));
    await tellsAfter(() => {
      writeFileSync(`${file}.tmp`, '3');
      renameSync(`${file}.tmp`, file);
    });
    await tellsAfter(() => writeFileSync(join(root, '.claude-panel/commands/b.yaml'), '1'));
    await tellsAfter(() => rmSync(file));
  });

  it('waits for folders that are not there yet', async () => {
    const root = temporaryFolder();
    const { tellsAfter } = watched(root);
    await tellsAfter(() => mkdirSync(join(root, '.claude-panel')));
    await tellsAfter(() => mkdirSync(join(root, '.claude-panel/commands')));
    await tellsAfter(() => writeFileSync(join(root, '.claude-panel/commands/a.yaml'), '1'));
  });

  it('sees what was written into a folder before it could look into it', async () => {
    const root = temporaryFolder();
    const { tellsAfter } = watched(root);
    await tellsAfter(() => {
      mkdirSync(join(root, '.claude-panel/commands'), { recursive: true });
      writeFileSync(join(root, '.claude-panel/commands/a.yaml'), '1');
    });
    await tellsAfter(() => writeFileSync(join(root, '.claude-panel/commands/a.yaml'), '2'));
  });

  it('goes on when the folder is replaced by another one', async () => {
    const root = temporaryFolder({ '.claude-panel/commands/a.yaml': '1' });
    const { tellsAfter } = watched(root);
    await tellsAfter(() => rmSync(join(root, '.claude-panel'), { recursive: true }));
    await tellsAfter(() => mkdirSync(join(root, '.claude-panel/commands'), { recursive: true }));
    await tellsAfter(() => writeFileSync(join(root, '.claude-panel/commands/a.yaml'), '1'));
    await tellsAfter(() => {
      mkdirSync(join(root, 'new'));
      renameSync(join(root, '.claude-panel/commands'), join(root, 'old'));
      renameSync(join(root, 'new'), join(root, '.claude-panel/commands'));
    });
    await tellsAfter(() => writeFileSync(join(root, '.claude-panel/commands/b.yaml'), '1'));
  });

  it('is not disturbed by what lies beside the way', async () => {
    const root = temporaryFolder({ '.claude-panel/commands/a.yaml': '1' });
    const other = temporaryFolder({ '.claude-panel/commands/a.yaml': '1' });
    const { count } = watched(root);
    const { tellsAfter } = watched(other);
    writeFileSync(join(root, '.claude-panel/panel.db'), 'x');
    writeFileSync(join(root, 'README.md'), 'x');
    // This happened later, so what it is told of would have been told of before.
    await tellsAfter(() => writeFileSync(join(other, '.claude-panel/commands/a.yaml'), '2'));
    expect(count()).toBe(0);
  });

  it('looks below the folder when it is told to', async () => {
    const root = temporaryFolder({ '.claude-panel/commands/deep/a.md': '1' });
    const { tellsAfter } = watched(root, { isRecursive: true });
    await tellsAfter(() => writeFileSync(join(root, '.claude-panel/commands/deep/a.md'), '2'));
  });

  it('tells nothing once it is disposed', async () => {
    const root = temporaryFolder({ '.claude-panel/commands/a.yaml': '1' });
    const first = watched(root);
    const second = watched(root);
    first.watch.dispose();
    await second.tellsAfter(() => writeFileSync(join(root, '.claude-panel/commands/a.yaml'), '2'));
    expect(first.count()).toBe(0);
  });
});
