import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UndoService } from '../../../../src/app/undo/undoService.ts';
import type { WorkspacePlan } from '../../../../src/app/undo/undoView.ts';
import { WorkspaceSnapshots } from '../../../../src/app/undo/workspaceSnapshots.ts';
import { systemClock } from '../../../../src/base/clock.ts';
import { newShortId, newUuid } from '../../../../src/base/ids.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/checkpoints/checkpoint.ts';
import type { UndoTarget } from '../../../../src/core/checkpoints/checkpointFact.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { ada, created, owner, starting } from '../../../contract/panelLog/sampleFacts.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { TEST_KEY } from '../../../fixtures/userKey.ts';
import { createdChain, leased, runStep } from '../../core/chains/sampleChain.ts';

const never = new AbortController().signal;

let folder: string;
let other: string;
let log: MemoryPanelLog;
let snapshots: WorkspaceSnapshots;
let undo: UndoService;
let living: Set<string>;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-undo-')));
  other = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-undo-')));
  log = new MemoryPanelLog({ source: '/test', clock: systemClock, newId: newUuid });
  living = new Set();
  const common = { clock: systemClock, newId: newShortId };
  snapshots = new WorkspaceSnapshots({
    ...common,
    folder,
    folders: () => [folder, other],
    environment: process.env,
    userKey: TEST_KEY,
    limits: () => DEFAULT_LIMITS,
    hostId: owner.hostId,
  });
  undo = new UndoService({ ...common, log, snapshots, livingHosts: () => living });
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(other, { recursive: true, force: true });
});

function write(name: string, content: string, root = folder): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
}
const read = (name: string, root = folder): string => readFileSync(path.join(root, name), 'utf8');

function task(id: string): Task {
  const found = log.tasks.get(id);
  if (found === undefined) {
    throw new Error(`no task ${id}`);
  }
  return found;
}

async function begin(id: string): Promise<void> {
  if (log.tasks.get(id) === undefined) {
    log.append([{ subject: id, facts: [created({ cwd: folder, title: `Task ${id}` })] }]);
  } else {
    log.append([{ subject: id, facts: [{ type: 'claude-panel.task.continued', data: { by: ada } }] }]);
  }
  log.append([{ subject: id, facts: [starting()] }]);
  await snapshot(id, 'before');
}

async function snapshot(id: string, moment: 'before' | 'after'): Promise<void> {
  const data = await snapshots.take(task(id), moment, never);
  log.append([{ subject: id, facts: [{ type: 'claude-panel.checkpoint.taken', data }] }]);
}

async function end(id: string): Promise<void> {
  log.append([{ subject: id, facts: [{ type: 'claude-panel.task.succeeded', data: { result: 'Done.' } }] }]);
  await snapshot(id, 'after');
}

/** A whole run of a task, in which it writes these files. */
async function run(id: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
  await begin(id);
  for (const [name, content] of Object.entries(files)) {
    write(name, content);
  }
  await end(id);
}

async function undoAll(target: UndoTarget): Promise<void> {
  await undo.apply(await undo.plan(target), { by: ada, signal: never });
}

function reports(id: string, name: string): void {
  const change = { path: name, kind: 'edited', added: 1, removed: 0, hunks: [], hiddenLines: 0 } as const;
  const toolUseId = newUuid();
  log.append([
    {
      subject: id,
      facts: [
        { type: 'claude-panel.task.toolStarted', data: { toolUseId, name: 'Edit', input: {}, summary: name } },
        {
          type: 'claude-panel.task.toolEnded',
          data: { toolUseId, outcome: 'ok', output: '', outputTruncated: false, change },
        },
      ],
    },
  ]);
}

const actions = (plan: Awaited<ReturnType<UndoService['plan']>>) =>
  plan.plans.flatMap(({ items }) =>
    items.map(({ path: name, action }) => `${action.kind === 'conflict' ? action.reason : action.kind} ${name}`),
  );

/** A task that changes a file in each of two folders. */
async function changeBoth(): Promise<void> {
  write('a.txt', 'one\n');
  write('b.txt', 'one\n', other);
  await begin('t1');
  write('a.txt', 'two\n');
  write('b.txt', 'two\n', other);
  await end('t1');
}

describe('undoing in a workspace', () => {
  it('covers all of its folders, and redo takes it back', async () => {
    await changeBoth();

    expect(undo.list().map(({ target, state, roots }) => ({ target, state, roots }))).toEqual([
      { target: { kind: 'task', id: 't1' }, state: 'undoable', roots: [folder, other] },
    ]);
    const plan = await undo.plan(undo.last());
    const { results } = await undo.apply(plan, { by: ada, signal: never });
    expect(results.map(({ root, done }) => [root, done.length])).toEqual([
      [folder, 1],
      [other, 1],
    ]);
    expect([read('a.txt'), read('b.txt', other)]).toEqual(['one\n', 'one\n']);
    expect(undo.list()[0]?.state).toBe('undone');
    expect(() => undo.last()).toThrow('No task has a snapshot');

    await undo.apply(await undo.planRedo(), { by: ada, signal: never });
    expect([read('a.txt'), read('b.txt', other)]).toEqual(['two\n', 'two\n']);
    expect(undo.list()[0]?.state).toBe('undoable');
    expect(undo.redoable()).toEqual([]);
    const told = log.tasks.transcript('t1', { from: 0, count: 50 }).entries;
    expect(told.flatMap(entry => (entry.kind === 'notice' ? [entry.text] : []))).toEqual([
      'Undone by ada, in the panel: 2 files.',
      'Redone by ada, in the panel: 2 files.',
    ]);
  });

  describe('that ends in its second folder', () => {
    const endings: readonly [string, (abort: AbortController) => Error][] = [
      [
        'because it was cancelled',
        abort => {
          abort.abort();
          return abort.signal.reason;
        },
      ],
      ['because of a failure', () => new Error('The disk is full.')],
    ];

    async function undoOfBoth(): Promise<WorkspacePlan> {
      await changeBoth();
      return undo.plan(undo.last());
    }

    /** The second folder is not changed. */
    async function applyFirst(plan: WorkspacePlan, why: (abort: AbortController) => Error): Promise<void> {
      const abort = new AbortController();
      const second = vi.spyOn(snapshots.of(other), 'apply').mockImplementation(async () => {
        throw why(abort);
      });
      const done = undo.apply(plan, { by: ada, signal: abort.signal });
      await done.catch(error => expect(error).toMatchObject({ message: 'The disk is full.' }));
      second.mockRestore();
    }

    it.each(endings)('%s can be taken back in the first one, and is not the whole', async (_why, why) => {
      await applyFirst(await undoOfBoth(), why);
      expect([read('a.txt'), read('b.txt', other)]).toEqual(['one\n', 'two\n']);
      expect(undo.list()[0]?.state).toBe('undoable');
      await undo.apply(await undo.planRedo(), { by: ada, signal: never });
      expect(read('a.txt')).toBe('two\n');
    });

    it.each(endings)('%s can be redone to its end', async (_why, why) => {
      await undo.apply(await undoOfBoth(), { by: ada, signal: never });
      await applyFirst(await undo.planRedo(), why);
      expect([read('a.txt'), read('b.txt', other)]).toEqual(['two\n', 'one\n']);
      await undo.apply(await undo.planRedo(), { by: ada, signal: never });
      expect([read('a.txt'), read('b.txt', other)]).toEqual(['two\n', 'two\n']);
    });
  });

  it('leaves what another task did at the same time, unless only this one reported it', async () => {
    for (const name of ['mine.txt', 'both.txt', 'theirs.txt', 'shell.txt']) {
      write(name, 'one\n');
    }
    await begin('t1');
    await begin('t2');
    write('mine.txt', 'by t1\n');
    reports('t1', 'mine.txt');
    write('both.txt', 'by both\n');
    reports('t1', 'both.txt');
    reports('t2', 'both.txt');
    write('theirs.txt', 'by t2\n');
    reports('t2', 'theirs.txt');
    write('shell.txt', 'by somebody\n');
    await end('t2');
    write('later.txt', 'by t1 alone\n');
    await end('t1');

    const plan = await undo.plan({ kind: 'task', id: 't1' });
    expect(actions(plan)).toEqual([
      'otherTask both.txt',
      'remove later.txt',
      'restore mine.txt',
      'otherTask shell.txt',
      'otherTask theirs.txt',
    ]);
    expect(plan.shared.map(({ id }) => id)).toEqual(['t2']);
    await undo.apply(plan, { by: ada, signal: never });
    expect([read('mine.txt'), read('both.txt'), read('theirs.txt'), read('shell.txt')]).toEqual([
      'one\n',
      'by both\n',
      'by t2\n',
      'by somebody\n',
    ]);
    expect(existsSync(path.join(folder, 'later.txt'))).toBe(false);
  });

  it('leaves what was changed between two runs of a task', async () => {
    write('a.txt', 'one\n');
    write('b.txt', 'one\n');
    write('c.txt', 'one\n');
    await run('t1', { 'a.txt': 'run 1\n', 'c.txt': 'run 1\n' });
    write('b.txt', 'mine\n');
    write('c.txt', 'mine\n');
    await run('t1', { 'a.txt': 'run 2\n', 'c.txt': 'run 2\n' });
    const plan = await undo.plan({ kind: 'task', id: 't1' });
    expect(actions(plan)).toEqual(['restore a.txt', 'editedSince c.txt']);
    await undo.apply(plan, { by: ada, signal: never });
    expect([read('a.txt'), read('b.txt'), read('c.txt')]).toEqual(['one\n', 'mine\n', 'run 2\n']);
    const [changes] = await undo.changes({ kind: 'task', id: 't1' });
    expect(changes?.changes.map(({ path: name }) => name)).toEqual(['a.txt', 'c.txt']);
  });

  it('can be of the last run alone, which is told apart from the rest', async () => {
    write('a.txt', 'one\n');
    await run('t1', { 'a.txt': 'run 1\n' });
    expect((await undo.find('t1'))?.hasLastRun).toBe(false);
    await run('t1', { 'b.txt': 'run 2\n', 'a.txt': 'run 2\n' });
    expect(task('t1').snapshots?.flatMap(({ root, changed }) => (root === folder ? [changed] : []))).toEqual([1, 2]);
    expect((await undo.find('t1'))?.hasLastRun).toBe(true);

    await undoAll({ kind: 'task', id: 't1', runs: 'last' });
    expect([read('a.txt'), existsSync(path.join(folder, 'b.txt'))]).toEqual(['run 1\n', false]);
    expect(task('t1').undone?.part).toBe('lastRun');
    expect(await undo.find('t1')).toMatchObject({ state: 'undoable', hasLastRun: false });

    await undoAll({ kind: 'task', id: 't1' });
    expect(read('a.txt')).toBe('one\n');
    expect((await undo.find('t1'))?.state).toBe('undone');
  });

  it('asks for no choice of runs where only one changed something', async () => {
    write('a.txt', 'one\n');
    await run('t1', { 'a.txt': 'two\n' });
    await run('t1');
    expect((await undo.find('t1'))?.hasLastRun).toBe(false);
    await undoAll({ kind: 'task', id: 't1', runs: 'last' });
    expect((await undo.find('t1'))?.state).toBe('undoable');
    await undoAll({ kind: 'task', id: 't1' });
    expect((await undo.find('t1'))?.state).toBe('undone');
  });

  it('is over when the task runs again', async () => {
    write('a.txt', 'one\n');
    await run('t1', { 'a.txt': 'two\n' });
    await undoAll({ kind: 'task', id: 't1' });
    expect((await undo.find('t1'))?.state).toBe('undone');
    await run('t1', { 'a.txt': 'three\n' });
    expect(undo.last()).toEqual({ kind: 'task', id: 't1' });
  });

  it('still stands in part when an earlier one is taken back', async () => {
    write('a.txt', 'one\n');
    write('b.txt', 'one\n');
    await run('t1', { 'a.txt': 'two\n', 'b.txt': 'two\n' });
    const some = await undo.plan({ kind: 'task', id: 't1' }, { paths: [path.join(folder, 'a.txt')] });
    const { undoId } = await undo.apply(some, { by: ada, signal: never });
    expect(task('t1').undone).toMatchObject({ undoId, part: 'some' });
    await undoAll({ kind: 'task', id: 't1' });
    expect((await undo.find('t1'))?.state).toBe('undone');
    await undo.apply(await undo.planRedo(undoId), { by: ada, signal: never });
    expect(task('t1').undone?.part).toBe('some');
    await undo.apply(await undo.planRedo(), { by: ada, signal: never });
    expect(task('t1').undone).toBeUndefined();
    expect([read('a.txt'), read('b.txt')]).toEqual(['two\n', 'two\n']);
  });

  it('takes what is there now for the end of a run whose program died, and says so', async () => {
    write('a.txt', 'one\n');
    await begin('t1');
    write('a.txt', 'two\n');
    log.append([{ subject: 't1', facts: [{ type: 'claude-panel.task.paused', data: { cause: 'hostLost' } }] }]);
    const plan = await undo.plan({ kind: 'task', id: 't1' });
    expect(plan.notes).toHaveLength(1);
    expect(actions(plan)).toEqual(['restore a.txt']);
  });

  it('waits for the snapshot that a living program is about to take', async () => {
    write('a.txt', 'one\n');
    await begin('t1');
    write('a.txt', 'two\n');
    living.add(owner.hostId);
    log.append([{ subject: 't1', facts: [{ type: 'claude-panel.task.succeeded', data: { result: 'Done.' } }] }]);
    const planned = undo.plan({ kind: 'task', id: 't1' });
    await snapshot('t1', 'after');
    write('a.txt', 'mine\n');
    expect(actions(await planned)).toEqual(['editedSince a.txt']);
  });

  it('is refused while the task runs, and names what else runs there', async () => {
    write('a.txt', 'one\n');
    await begin('t1');
    await expect(undo.plan({ kind: 'task', id: 't1' })).rejects.toMatchObject({ reason: 'stillRunning' });
    write('a.txt', 'two\n');
    await end('t1');
    await begin('t2');
    reports('t2', 'a.txt');
    const { running } = await undo.plan({ kind: 'task', id: 't1' });
    expect(running).toEqual([{ id: 't2', title: 'Task t2', paths: [path.join(folder, 'a.txt')] }]);
    await expect(undo.plan({ kind: 'task', id: 'nobody' })).rejects.toMatchObject({ reason: 'unknownTarget' });
  });

  it('can be of some paths only, and then the rest can still be undone', async () => {
    write('src/a.txt', 'one\n');
    write('b.txt', 'one\n');
    await run('t1', { 'src/a.txt': 'two\n', 'b.txt': 'two\n' });
    const some = await undo.plan({ kind: 'task', id: 't1' }, { paths: [path.join(folder, 'src')] });
    await undo.apply(some, { by: ada, signal: never });
    expect([read('src/a.txt'), read('b.txt')]).toEqual(['one\n', 'two\n']);
    expect(undo.last()).toEqual({ kind: 'task', id: 't1' });
  });

  it('can be of everything since a time', async () => {
    write('a.txt', 'one\n');
    await run('t1', { 'a.txt': 'two\n' });
    await run('t2', { 'b.txt': 'new\n' });
    const between = task('t2').snapshots?.[0]?.beforeAt ?? 0;
    expect(actions(await undo.plan({ kind: 'since', at: between }))).toEqual(['remove b.txt']);
    expect(actions(await undo.plan({ kind: 'since', at: 0 }))).toEqual(['restore a.txt', 'remove b.txt']);
  });

  it('can be of what a chain did by itself since a time', async () => {
    const taken = async (moment: 'before' | 'after'): Promise<void> => {
      const data = await snapshots.takeAll(
        snapshots.roots(folder),
        { subject: 'c1', moment },
        { attempt: 0, signal: never },
      );
      log.append([{ subject: 'c1', facts: [{ type: 'claude-panel.checkpoint.taken', data }] }]);
    };
    write('a.txt', 'one\n');
    log.append([{ subject: 'c1', facts: [createdChain([runStep('build')], { cwd: folder }), leased] }]);
    await taken('before');
    write('a.txt', 'two\n');
    await taken('after');
    await expect(undo.plan({ kind: 'since', at: 0 })).rejects.toMatchObject({ reason: 'noSnapshots' });
    log.append([{ subject: 'c1', facts: [{ type: 'claude-panel.chain.succeeded', data: {} }] }]);
    expect(actions(await undo.plan({ kind: 'since', at: 0 }))).toEqual(['restore a.txt']);
  });

  it('gives the content of files of this workspace and of what ran from it, and of no other folder', async () => {
    const outside = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-undo-')));
    write('a.txt', 'one\n');
    write('c.txt', 'far\n', outside);
    log.append([{ subject: 't1', facts: [created({ cwd: outside, title: 'Away' }), starting()] }]);
    await snapshot('t1', 'before');
    write('a.txt', 'two\n');
    write('c.txt', 'away\n', outside);
    await end('t1');
    const changed = await undo.changes({ kind: 'task', id: 't1' });
    // As in a window that was reloaded: nothing is known but the log.
    const common = { clock: systemClock, newId: newShortId };
    const fresh = (): WorkspaceSnapshots =>
      new WorkspaceSnapshots({
        ...{ ...common, folder, folders: () => [folder], environment: process.env, userKey: TEST_KEY },
        ...{ limits: () => DEFAULT_LIMITS, hostId: owner.hostId },
      });
    const reloaded = new UndoService({ ...common, log, snapshots: fresh(), livingHosts: () => living });
    const read = async (root: string): Promise<string> => {
      const before = changed.find(one => one.root === root)?.changes[0]?.before;
      return Buffer.from(await reloaded.content(root, before?.kind === 'file' ? before.blob : '')).toString();
    };
    expect(await read(folder)).toBe('one\n');
    expect(await read(outside)).toBe('far\n');
    const stores = readdirSync(path.join(folder, '.claude-panel/checkpoints'));
    for (const root of [path.dirname(folder), '/', '', '..', `${folder}/../elsewhere`]) {
      await expect(reloaded.content(root, '0'.repeat(40)), root).rejects.toMatchObject({ reason: 'unknownFolder' });
    }
    expect(readdirSync(path.join(folder, '.claude-panel/checkpoints'))).toEqual(stores);
    rmSync(outside, { recursive: true, force: true });
  });

  it('keeps a repository inside of a folder for itself when it is a folder of the workspace', () => {
    const inner = path.join(folder, 'inner');
    mkdirSync(inner);
    expect(snapshots.roots(inner)).toEqual([folder, other]);
    execFileSync('git', ['init', '-q'], { cwd: inner });
    expect(snapshots.roots(inner)).toEqual([folder, other, inner]);
  });
});
