import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SnapshotUpkeep } from '../../../../src/app/undo/snapshotUpkeep.ts';
import { systemClock } from '../../../../src/base/clock.ts';
import { newUuid } from '../../../../src/base/ids.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { idleUndo } from '../../../fixtures/noSnapshots.ts';

function scratch(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-upkeep-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** As one that was not used for years. */
function oldStore(folder: string, name: string): string {
  const place = path.join(folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, 'panel.manifest'), '');
  utimesSync(path.join(place, 'panel.manifest'), 1, 1);
  return place;
}

async function tidyUp(folder: string): Promise<void> {
  const log = new MemoryPanelLog({ source: '/test', clock: systemClock, newId: newUuid });
  const { snapshots } = idleUndo(log, folder);
  const settings = () => ({ undoKeepDays: 1, undoDiskMegabytes: 1 });
  await new SnapshotUpkeep({ log, snapshots, settings, clock: systemClock, report: () => undefined }).run();
}

describe('tidying up the snapshots of forgotten folders', () => {
  it('removes those that bear a name of ours and were not used for long, and nothing else', async () => {
    const folder = scratch();
    const stores = path.join(folder, '.claude-panel', 'checkpoints');
    const forgotten = oldStore(stores, '0123456789abcdef.git');
    const others = ['0123456789abcde.git', 'mine', 'workspace.git.foreign-1', '0123456789abcdef.git.old'];
    const kept = others.map(name => oldStore(stores, name));
    await tidyUp(folder);
    expect(existsSync(forgotten)).toBe(false);
    expect(kept.map(place => existsSync(place))).toEqual(others.map(() => true));
  });

  it.each(['.claude-panel', '.claude-panel/checkpoints', '.claude-panel/checkpoints/0123456789abcdef.git'])(
    'removes nothing behind a link: %s',
    async name => {
      const folder = scratch();
      const outside = scratch();
      const store = '.claude-panel/checkpoints/0123456789abcdef.git';
      const place = oldStore(outside, path.join('x', path.relative(name, store)));
      const link = path.join(folder, name);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(outside, 'x'), link);
      await tidyUp(folder);
      expect(existsSync(path.join(place, 'panel.manifest'))).toBe(true);
      expect(existsSync(link)).toBe(true);
    },
  );
});
