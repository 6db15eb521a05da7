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
import { lookAtSnapshots, snapshotHealth } from '../../../../src/app/healthChecks/snapshotHealth.ts';
import { limitsIn, limitsNote, type SnapshotLimits } from '../../../../src/app/undo/snapshotLimits.ts';
import { SnapshotUpkeep } from '../../../../src/app/undo/snapshotUpkeep.ts';
import { WorkspaceSnapshots } from '../../../../src/app/undo/workspaceSnapshots.ts';
import { type Clock, systemClock } from '../../../../src/base/clock.ts';
import { newShortId, newUuid } from '../../../../src/base/ids.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/checkpoints/checkpoint.ts';
import { gitMissing } from '../../../../src/core/checkpoints/checkpointsErrors.ts';
import { SETTINGS } from '../../../../src/vscode/contributions/settings.ts';
import { created, owner, starting } from '../../../contract/panelLog/sampleFacts.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { idleUndo } from '../../../fixtures/noSnapshots.ts';
import { TEST_KEY } from '../../../fixtures/userKey.ts';

function scratch(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-upkeep-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** As one that was not used for years. @param used seconds since the epoch */
function oldStore(folder: string, name: string, used = 1): string {
  const place = path.join(folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, 'panel.manifest'), '');
  utimesSync(path.join(place, 'panel.manifest'), used, used);
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
    const setAside = oldStore(stores, 'workspace.git.foreign-1');
    const others = ['0123456789abcde.git', 'mine', `workspace.git.foreign-${Date.now()}`, '0123456789abcdef.git.old'];
    const kept = others.map(name => oldStore(stores, name));
    await tidyUp(folder);
    expect([existsSync(forgotten), existsSync(setAside)]).toEqual([false, false]);
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

const DAY_MS = 86_400_000;
const never = new AbortController().signal;

/** A workspace whose tasks run at times of the test's own. */
class Workspace {
  readonly folder = scratch();
  readonly clock = new ManualClock(Date.now());
  readonly log = new MemoryPanelLog({ source: '/test', clock: this.clock, newId: newUuid });
  limits: SnapshotLimits = { undoKeepDays: 30, undoDiskMegabytes: 2000 };
  readonly snapshots = this.#snapshots(this.clock);

  upkeep(followsNotes = false): SnapshotUpkeep {
    const { log, snapshots, clock } = this;
    const report = (): void => undefined;
    return new SnapshotUpkeep({ log, snapshots, settings: () => this.limits, followsNotes, clock, report });
  }

  /** @param end without it the task goes on */
  async run(id: string, end: 'ends' | 'goes on' = 'ends'): Promise<void> {
    this.log.append([{ subject: id, facts: [created({ cwd: this.folder }), starting()] }]);
    await this.#take(id, 'before');
    writeFileSync(path.join(this.folder, `${id}.txt`), id);
    if (end === 'ends') {
      this.log.append([{ subject: id, facts: [{ type: 'claude-panel.task.succeeded', data: { result: '' } }] }]);
      await this.#take(id, 'after');
    }
  }

  async has(id: string): Promise<boolean> {
    const before = this.log.tasks.get(id)?.snapshots?.[0]?.before ?? '';
    return this.snapshots
      .of(this.folder)
      .get(before)
      .then(
        () => true,
        () => false,
      );
  }

  async #take(id: string, moment: 'before' | 'after'): Promise<void> {
    const task = this.log.tasks.get(id);
    if (task !== undefined) {
      const data = await this.snapshots.take(task, moment, never);
      this.log.append([{ subject: id, facts: [{ type: 'claude-panel.checkpoint.taken', data }] }]);
    }
  }

  #snapshots(clock: Clock): WorkspaceSnapshots {
    return new WorkspaceSnapshots({
      folder: this.folder,
      folders: () => [this.folder],
      environment: process.env,
      userKey: TEST_KEY,
      clock,
      newId: newShortId,
      limits: () => DEFAULT_LIMITS,
      hostId: owner.hostId,
    });
  }
}

describe('removing old snapshots', () => {
  it('goes by the age that is set, and at once when that is changed', async () => {
    const workspace = new Workspace();
    await workspace.run('old');
    workspace.clock.advance(3 * DAY_MS);
    await workspace.run('new');
    await workspace.upkeep().run();
    expect([await workspace.has('old'), await workspace.has('new')]).toEqual([true, true]);
    workspace.limits = { ...workspace.limits, undoKeepDays: 2 };
    await workspace.upkeep().run();
    expect([await workspace.has('old'), await workspace.has('new')]).toEqual([false, true]);
  });

  it('leaves those of a task that has not ended, however old they are and whatever is asked for', async () => {
    const workspace = new Workspace();
    await workspace.run('open', 'goes on');
    await workspace.run('closed');
    workspace.clock.advance(400 * DAY_MS);
    await workspace.run('last');
    await workspace.upkeep().run();
    expect([await workspace.has('open'), await workspace.has('closed')]).toEqual([true, false]);
    await workspace.run('later');
    const [use] = await workspace.upkeep().usage();
    const { removed, bytes } = await workspace.upkeep().free(workspace.clock.now() + 1);
    expect(removed).toBeGreaterThan(0);
    // It is told before how many those are.
    expect(use?.removable).toHaveLength(removed);
    expect(use?.taken.length).toBeGreaterThan(removed);
    expect(bytes).toBeGreaterThan(0);
    expect([await workspace.has('open'), await workspace.has('last')]).toEqual([true, false]);
  });

  it('goes by what a window noted down where the settings are not known', async () => {
    const workspace = new Workspace();
    await workspace.run('old');
    workspace.clock.advance(40 * DAY_MS);
    await workspace.run('new');
    workspace.limits = { undoKeepDays: 365, undoDiskMegabytes: 2000 };
    await workspace.upkeep().run();
    workspace.limits = { undoKeepDays: 30, undoDiskMegabytes: 2000 };
    workspace.clock.advance(2 * DAY_MS);
    const stores = path.join(workspace.folder, '.claude-panel', 'checkpoints');
    const forgotten = oldStore(stores, '0123456789abcdef.git', (workspace.clock.now() - 100 * DAY_MS) / 1000);
    await workspace.upkeep(true).run();
    expect(await workspace.upkeep(true).limits()).toEqual({ undoKeepDays: 365, undoDiskMegabytes: 2000 });
    expect([await workspace.has('old'), existsSync(forgotten)]).toEqual([true, true]);
    await workspace.upkeep().run();
    expect([await workspace.has('old'), existsSync(forgotten)]).toEqual([false, false]);
  });

  it('believes no note beyond what can be set', () => {
    const [days, megabytes] = [SETTINGS.undoKeepDays, SETTINGS.undoDiskMegabytes];
    const noted = (undoKeepDays: number, undoDiskMegabytes: number) =>
      limitsIn(limitsNote({ undoKeepDays, undoDiskMegabytes }));
    for (const end of ['minimum', 'maximum'] as const) {
      const limits = { undoKeepDays: days[end], undoDiskMegabytes: megabytes[end] };
      const beyond = end === 'minimum' ? -1 : 1;
      expect(noted(days[end], megabytes[end])).toEqual(limits);
      expect(noted(days[end] + beyond, megabytes[end])).toBeUndefined();
      expect(noted(days[end], megabytes[end] + beyond)).toBeUndefined();
    }
    expect(limitsIn('')).toBeUndefined();
  });

  it('never fails, also when the log cannot be read', async () => {
    const workspace = new Workspace();
    const reported: string[] = [];
    const broken = {
      tasks: {
        list: () => {
          throw new Error('the disk is gone');
        },
      },
    } as never;
    const { snapshots, clock } = workspace;
    const report = (_level: string, text: string) => void reported.push(text);
    await new SnapshotUpkeep({ log: broken, snapshots, settings: () => workspace.limits, clock, report }).run();
    expect(reported).toEqual([expect.stringContaining('the disk is gone')]);
  });
});

describe('the health of the snapshots', () => {
  const limits = { undoKeepDays: 30, undoDiskMegabytes: 10 };
  const use = (bytes: number) => ({ root: '/work/shop', bytes, taken: [1, 2], removable: [1] });

  it('says what they take and may take, and what to do when that is too much', () => {
    expect(snapshotHealth([use(1024 * 1024)], limits)).toEqual([
      { id: 'snapshots', level: 'ok', text: '2 snapshots for undo, 1.0 MB of 10 MB, kept for 30 days' },
    ]);
    const [full] = snapshotHealth([use(1), use(11 * 1024 * 1024)], limits);
    expect(full).toMatchObject({ level: 'warning', command: { id: 'claudePanel.freeSnapshotSpace' } });
    expect(full?.text).toContain('11.0 MB, more than the 10 MB');
    expect(full?.remedy).toContain('claudePanel.undoDiskMegabytes');
  });

  it('warns of snapshots that cannot be used, unless only git is missing', async () => {
    const log = new MemoryPanelLog({ source: '/test', clock: systemClock, newId: newUuid });
    const folder = scratch();
    const settings = () => limits;
    const { snapshots } = idleUndo(log, folder);
    const upkeep = new SnapshotUpkeep({ log, snapshots, settings, clock: systemClock, report: () => undefined });
    expect(await lookAtSnapshots(upkeep)).toMatchObject([
      { level: 'ok', text: expect.stringContaining('0 snapshots') },
    ]);
    const outside = scratch();
    mkdirSync(path.join(outside, 'workspace.git'));
    mkdirSync(path.join(folder, '.claude-panel'));
    symlinkSync(outside, path.join(folder, '.claude-panel', 'checkpoints'));
    expect(await lookAtSnapshots(upkeep)).toMatchObject([
      { id: 'snapshots', level: 'warning', text: expect.stringContaining('checkpoints'), remedy: expect.any(String) },
    ]);
    const withoutGit = { limits: () => Promise.resolve(limits), usage: () => Promise.reject(gitMissing()) };
    expect(await lookAtSnapshots(withoutGit)).toEqual([]);
  });
});
