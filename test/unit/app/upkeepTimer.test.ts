import { describe, expect, it } from 'vitest';
import { UpkeepTimer } from '../../../src/app/upkeepTimer.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';

describe('tidying up in a window', () => {
  it('begins a minute after the start or the last change, and goes on every hour', () => {
    const clock = new ManualClock();
    let runs = 0;
    const timer = new UpkeepTimer(clock, [async () => void runs++]);
    timer.soon();
    clock.advance(59_000);
    timer.soon();
    clock.advance(59_000);
    expect(runs).toBe(0);
    clock.advance(1000);
    expect(runs).toBe(1);
    clock.advance(2 * 3_600_000);
    expect(runs).toBe(3);
    timer.dispose();
    clock.advance(3_600_000);
    expect(runs).toBe(3);
  });
});
