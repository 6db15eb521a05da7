import { describe, expect, it } from 'vitest';
import { whenSlow } from '../../../../src/vscode/commands/whenSlow.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';

describe('progress of work', () => {
  it('is not shown when the work ends at once', async () => {
    const clock = new ManualClock();
    let shown = 0;
    expect(await whenSlow(Promise.resolve('done'), () => shown++, clock)).toBe('done');
    clock.advance(60_000);
    expect(shown).toBe(0);
  });

  it('is shown until work that takes a moment ends', async () => {
    const clock = new ManualClock();
    const { promise, resolve } = Promise.withResolvers<string>();
    let until: Promise<void> | undefined;
    const result = whenSlow(promise, shown => (until = shown), clock);
    clock.advance(499);
    expect(until).toBeUndefined();
    clock.advance(1);
    expect(until).toBeInstanceOf(Promise);
    resolve('done');
    await until;
    expect(await result).toBe('done');
  });

  it('ends without an error of its own when the work fails', async () => {
    const clock = new ManualClock();
    const { promise, reject } = Promise.withResolvers<string>();
    let until: Promise<void> | undefined;
    const result = whenSlow(promise, shown => (until = shown), clock);
    clock.advance(500);
    reject(new Error('no'));
    await expect(result).rejects.toThrow('no');
    await expect(until).resolves.toBeUndefined();
  });
});
