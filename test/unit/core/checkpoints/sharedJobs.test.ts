import { describe, expect, it } from 'vitest';
import { SharedJobs } from '../../../../src/core/checkpoints/git/sharedJobs.ts';
import { checkpointsOf } from './openCheckpoints.ts';
import { before, scratchFolder, write } from './stage.ts';

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('jobs that are shared', () => {
  it('run one after the other, and those that wait are one', async () => {
    const jobs = new SharedJobs<number>();
    const gate = Promise.withResolvers<void>();
    let runs = 0;
    const work = async (_signal: AbortSignal, begins: () => void): Promise<number> => {
      begins();
      runs += 1;
      const own = runs;
      await gate.promise;
      return own;
    };
    const first = jobs.run('kept', work, undefined);
    await settled();
    const others = [
      jobs.run('kept', work, undefined),
      jobs.run('kept', work, undefined),
      jobs.run('other', work, undefined),
    ];
    gate.resolve();
    expect(await Promise.all([first, ...others])).toEqual([1, 2, 2, 3]);
  });

  it('are given up only when nobody waits for them any more', async () => {
    const jobs = new SharedJobs<string>();
    const gate = Promise.withResolvers<string>();
    const seen: AbortSignal[] = [];
    const work = (signal: AbortSignal): Promise<string> => {
      seen.push(signal);
      return gate.promise;
    };
    const [one, other] = [new AbortController(), new AbortController()];
    const results = [jobs.run('kept', work, one.signal), jobs.run('kept', work, other.signal)];
    await settled();
    one.abort(new Error('first'));
    await expect(results[0]).rejects.toThrow('first');
    expect(seen.map(signal => signal.aborted)).toEqual([false]);
    other.abort(new Error('second'));
    await expect(results[1]).rejects.toThrow('second');
    expect(seen.map(signal => signal.aborted)).toEqual([true]);
    const next = jobs.run('kept', work, undefined);
    gate.resolve('done');
    expect(await next).toBe('done');
  });

  it('go on after one that failed', async () => {
    const jobs = new SharedJobs<string>();
    const failing = jobs.run('kept', () => Promise.reject(new Error('no')), undefined);
    const next = jobs.run('other', () => Promise.resolve('yes'), undefined);
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});

describe('many snapshots at once', () => {
  it('are few looks at the files, and each sees what was there when it was asked for', async () => {
    const root = scratchFolder();
    const checkpoints = checkpointsOf(root);
    write(root, { 'a.txt': 'one\n' });
    const first = checkpoints.take(before);
    const many = Array.from({ length: 20 }, () => checkpoints.take(before));
    const ids = new Set((await Promise.all([first, ...many])).map(({ id }) => id));
    expect(ids.size).toBeLessThanOrEqual(2);
    write(root, { 'a.txt': 'two\n' });
    const later = await checkpoints.take(before);
    expect(await checkpoints.changes(await first, later)).toHaveLength(1);
  });
});
