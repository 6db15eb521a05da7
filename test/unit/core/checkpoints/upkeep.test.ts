import { appendFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../../../src/core/checkpoints/checkpointsErrors.ts';
import { nextToGo, outdated, type Retained } from '../../../../src/core/checkpoints/retention.ts';
import { checkpointsOf } from './openCheckpoints.ts';
import { before, scratchFolder, write } from './stage.ts';

const everything = Number.POSITIVE_INFINITY;

describe('old snapshots', () => {
  it('go by their age, but not the newest one and those that are kept', async () => {
    const root = scratchFolder();
    const checkpoints = checkpointsOf(root);
    const taken: string[] = [];
    for (let round = 0; round < 4; round++) {
      write(root, { 'a.txt': `round ${round}\n` });
      taken.push((await checkpoints.take(before)).id);
    }
    const [first = '', second = '', third = '', fourth = ''] = taken;
    const { removed } = await checkpoints.prune({
      olderThan: everything,
      maxBytes: everything,
      safeSince: everything,
      keep: new Set([second]),
    });
    expect(removed).toBe(2);
    const isThere = (id: string): Promise<boolean> =>
      checkpointsOf(root)
        .get(id)
        .then(
          () => true,
          (error: unknown) => !(error instanceof CheckpointError && error.reason === 'unknownCheckpoint'),
        );
    expect(await Promise.all([first, second, third, fourth].map(isThere))).toEqual([false, true, false, true]);
    await expect(checkpoints.get(first)).rejects.toMatchObject({ reason: 'unknownCheckpoint' });
    // What is left can be used, and so can the list of what the newest one holds.
    write(root, { 'b.txt': 'new\n' });
    const next = await checkpoints.take(before);
    expect((await checkpoints.changes({ id: second }, next)).map(({ path: name }) => name)).toEqual(['a.txt', 'b.txt']);
  });

  it('go while they take too much of the disk, the oldest first', async () => {
    const root = scratchFolder();
    const checkpoints = checkpointsOf(root);
    const taken: string[] = [];
    for (let round = 0; round < 4; round++) {
      const noise = Array.from({ length: 60_000 }, () => String.fromCharCode(33 + Math.random() * 90)).join('');
      write(root, { 'a.txt': noise });
      taken.push((await checkpoints.take(before)).id);
    }
    const { bytes } = await checkpoints.prune({
      olderThan: 0,
      maxBytes: 130_000,
      safeSince: everything,
      keep: new Set(),
    });
    expect(bytes).toBeLessThan(130_000);
    await expect(checkpoints.get(taken[0] ?? '')).rejects.toMatchObject({ reason: 'unknownCheckpoint' });
    await expect(checkpoints.get(taken[3] ?? '')).resolves.toMatchObject({ files: 1 });
  });

  it('are of no harm to a process that remembers the newest one of before', async () => {
    const root = scratchFolder();
    const one = checkpointsOf(root);
    const other = checkpointsOf(root);
    write(root, { 'a.txt': 'one\n', 'b.txt': 'stays\n' });
    await one.take(before);
    appendFileSync(path.join(root, 'a.txt'), 'two\n');
    await other.take(before);
    await other.prune({ olderThan: everything, maxBytes: 0, safeSince: everything, keep: new Set() });
    const taken = await one.take(before);
    const fresh = checkpointsOf(root);
    const empty = await fresh.planUndo(taken, taken);
    expect(empty.items).toEqual([]);
    expect(taken.files).toBe(2);
  });

  it('of any kind are kept when they are needed, whatever else is said', () => {
    const retained = fc.record({ id: fc.uuid(), at: fc.nat(1000), isPassing: fc.boolean() });
    fc.assert(
      fc.property(fc.array(retained), fc.nat(1000), fc.nat(5), (all: readonly Retained[], olderThan, every) => {
        const keep = new Set(all.filter((_, at) => every === 0 || at % (every + 1) === 0).map(({ id }) => id));
        const rules = { olderThan, maxBytes: 0, safeSince: everything, keep };
        let left = all.filter(one => !outdated(all, rules).includes(one));
        for (let gone = nextToGo(left, rules); gone.length > 0; gone = nextToGo(left, rules)) {
          left = left.filter(one => !gone.includes(one));
        }
        expect(new Set(left.map(({ id }) => id))).toEqual(keep);
      }),
    );
  });

  it('stay from a given time on, however much room they take', () => {
    const retained = fc.record({ id: fc.uuid(), at: fc.nat(1000), isPassing: fc.constant(false) });
    fc.assert(
      fc.property(fc.array(retained), fc.nat(1000), (all: readonly Retained[], safeSince) => {
        let left = all;
        const rules = { olderThan: 0, maxBytes: 0, safeSince, keep: new Set<string>() };
        for (let gone = nextToGo(left, rules); gone.length > 0; gone = nextToGo(left, rules)) {
          left = left.filter(one => !gone.includes(one));
        }
        expect(left).toEqual(all.filter(({ at }) => at >= safeSince));
      }),
    );
  });
});
