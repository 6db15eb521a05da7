import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isAlive,
  ownIdentity,
  type ProcessIdentity,
  type ProcessInfo,
} from '../../../../src/core/process/processIdentity.ts';
import { descendantsOf, ProcessFamily, sweep, systemProcesses } from '../../../../src/core/process/processTree.ts';
import { type RunningProcess, spawnProcess } from '../../../../src/core/process/spawnProcess.ts';

const info = (pid: number, parentPid: number, order = pid): ProcessInfo => ({
  pid,
  parentPid,
  order,
  started: String(order),
  name: `p${pid}`,
});
const pids = (all: readonly ProcessIdentity[]): number[] => all.map(one => one.pid).sort((a, b) => a - b);

describe('descendantsOf', () => {
  it('finds children and their children, and not the root', () => {
    const all = [info(1, 0), info(10, 1), info(11, 10), info(12, 11), info(20, 1)];
    expect(pids(descendantsOf(all, [info(10, 1)]))).toEqual([11, 12]);
  });

  it('finds the children of a dead root that keep its number', () => {
    expect(pids(descendantsOf([info(1, 0), info(11, 10), info(12, 11)], [info(10, 1)]))).toEqual([11, 12]);
  });

  it('leaves out a child that is older than its parent, since the number was re-used', () => {
    expect(descendantsOf([info(10, 1, 50), info(11, 10, 40)], [info(10, 1, 50)])).toEqual([]);
    expect(descendantsOf([info(11, 10, 40)], [info(10, 1, 50)])).toEqual([]);
  });

  it('leaves out everything below a stranger that got the number of the root', () => {
    expect(descendantsOf([info(10, 1, 90), info(11, 10, 95)], [info(10, 1, 50)])).toEqual([]);
  });

  it('ends also on listings with cycles, and never finds what is not below a root', () => {
    const listing = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 20 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(listing, fc.integer({ min: 1, max: 20 }), (pairs, root) => {
        const all = pairs.map(([pid, parent]) => info(pid, parent, 1));
        for (const found of descendantsOf(all, [info(root, 0, 1)])) {
          expect(all.some(parent => parent.pid === found.parentPid) || found.parentPid === root).toBe(true);
        }
      }),
    );
  });
});

const processes = systemProcesses();
const MARKER = 'PROCESS_TREE_TEST';

describe.skipIf(process.platform === 'win32')('the processes of this machine', { timeout: 30_000 }, () => {
  let folder: string;
  let value: string;
  let running: RunningProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tree-'));
    value = randomUUID();
  });
  afterEach(async () => {
    await sweep(new ProcessFamily(processes, undefined, { name: MARKER, value }), processes);
    await running?.exited;
    await rm(folder, { recursive: true, force: true });
  });

  /** A shell with a child, a job that ignores hang-ups and one that leaves its session and outlives its parent. */
  async function startFamily(): Promise<{ root: ProcessIdentity; members: number[] }> {
    const script = [
      `nohup sleep 1000 >/dev/null 2>&1 & echo $! > ${folder}/nohup`,
      process.platform === 'linux'
        ? `setsid sh -c 'echo $$ > ${folder}/setsid; exec sleep 1000' >/dev/null 2>&1 &`
        : `(sleep 1000 & echo $! > ${folder}/setsid) >/dev/null 2>&1`,
      `echo up; sleep 1000 & echo $! > ${folder}/child; wait`,
    ].join('\n');
    running = await spawnProcess({
      file: '/bin/sh',
      args: ['-c', script],
      cwd: folder,
      environment: { PATH: process.env['PATH'] ?? '', [MARKER]: value },
      processes,
      onOutput: () => {},
    });
    const members = await Promise.all(['nohup', 'setsid', 'child'].map(name => pidIn(join(folder, name))));
    const root = await running.identity();
    if (root === undefined) {
      throw new Error('The shell has ended.');
    }
    return { root, members: [...members, root.pid] };
  }

  async function pidIn(path: string): Promise<number> {
    for (;;) {
      const text = await readFile(path, 'utf8').catch(() => '');
      if (text.endsWith('\n')) {
        return Number(text);
      }
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  it('finds itself, alive and with its parent', async () => {
    const own = await ownIdentity(processes);
    const listed = (await processes.list()).find(one => one.pid === process.pid);
    expect(listed).toMatchObject({ pid: process.pid, parentPid: process.ppid, started: own.started });
    expect(await isAlive(processes, own)).toBe(true);
    expect(await isAlive(processes, { ...own, started: 'another time' })).toBe(false);
  });

  it('finds nobody under a number that nobody has', async () => {
    expect(await processes.identify(2 ** 22 + 1)).toBeUndefined();
  });

  it.runIf(process.platform === 'linux')('finds all that carry a marker, wherever they hang', async () => {
    const { members } = await startFamily();
    const found = await processes.findByMarker({ name: MARKER, value });
    expect(pids(found)).toEqual(expect.arrayContaining([...members].sort((a, b) => a - b)));
    expect(await processes.findByMarker({ name: MARKER, value: value.slice(0, -1) })).toEqual([]);
  });

  it('remembers a family after its root has been killed', async () => {
    const { root, members } = await startFamily();
    const family = new ProcessFamily(processes, root);
    await family.look();
    await processes.kill([root]);
    await running?.exited;
    const left = pids(await family.look());
    expect(left).not.toContain(root.pid);
    expect(members.filter(pid => left.includes(pid)).length).toBeGreaterThanOrEqual(2);
    expect((await sweep(family, processes)).left).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('sweeps a family away although its root died unseen', async () => {
    const { root, members } = await startFamily();
    await processes.kill([root]);
    await running?.exited;
    const family = new ProcessFamily(processes, root, { name: MARKER, value });
    expect(pids(await family.look())).toEqual(
      expect.arrayContaining(members.filter(pid => pid !== root.pid).sort((a, b) => a - b)),
    );
    const { killed, left } = await sweep(family, processes);
    expect(killed).toBeGreaterThanOrEqual(3);
    expect(left).toEqual([]);
    expect(await processes.findByMarker({ name: MARKER, value })).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('sweeps away a program that forks faster than it is ended', async () => {
    const fork = join(folder, 'fork.sh');
    // Each one starts two more, five generations deep.
    await writeFile(fork, '[ $1 -lt 5 ] || exec sleep 1000; sleep 0.01; n=$(($1+1)); sh $0 $n & sh $0 $n & wait\n');
    running = await spawnProcess({
      file: '/bin/sh',
      args: [fork, '0'],
      cwd: folder,
      environment: { PATH: process.env['PATH'] ?? '', [MARKER]: value },
      processes,
      onOutput: () => {},
    });
    while ((await processes.findByMarker({ name: MARKER, value })).length < 4) {
      await new Promise(resolve => setTimeout(resolve, 1));
    }
    const family = new ProcessFamily(processes, await running.identity(), { name: MARKER, value });
    expect((await sweep(family, processes, { rounds: 30 })).left).toEqual([]);
    expect(await processes.findByMarker({ name: MARKER, value })).toEqual([]);
  });

  it('kills nobody whose start is another one', async () => {
    const { root } = await startFamily();
    expect(await processes.kill([{ pid: root.pid, started: 'another time' }])).toBe(0);
    expect(await isAlive(processes, root)).toBe(true);
  });

  it('never kills itself', async () => {
    expect(await processes.kill([await ownIdentity(processes)])).toBe(0);
  });

  it('does not take a zombie for a living process', async () => {
    const { root } = await startFamily();
    await processes.kill([root]);
    await running?.exited;
    expect(await isAlive(processes, root)).toBe(false);
  });
});
