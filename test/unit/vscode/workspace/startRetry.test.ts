import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../../src/app/panelServices.ts';
import { ServiceHost } from '../../../../src/vscode/workspace/serviceHost.ts';
import { StartRetry } from '../../../../src/vscode/workspace/startRetry.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';

function failing(times: number) {
  const clock = new ManualClock();
  const logged: string[] = [];
  const state = { attempts: 0, services: {} };
  const host = new ServiceHost({
    check: () => undefined,
    create: async () => {
      state.attempts += 1;
      if (state.attempts <= times) {
        throw new Error('disk full');
      }
      return { start: async () => undefined } as unknown as PanelServices;
    },
    log: (_level, text) => logged.push(text.split('\n', 1)[0] ?? ''),
  });
  const retry = new StartRetry({ host, clock });
  /** Until nothing is planned for now. */
  const settle = (): Promise<unknown> => new Promise(resolve => setImmediate(resolve));
  return { clock, host, retry, state, logged, settle };
}

describe('StartRetry', () => {
  it('tries a start that failed again until it succeeds, and the log tells the reason once', async () => {
    const { clock, host, state, logged, settle } = failing(2);
    await expect(host.get()).rejects.toThrow('disk full');
    clock.advance(4999);
    await settle();
    expect(state.attempts).toBe(1);
    clock.advance(1);
    await settle();
    expect([state.attempts, host.state.kind]).toEqual([2, 'failed']);
    clock.advance(5000);
    await settle();
    expect([state.attempts, host.state.kind]).toEqual([3, 'ready']);
    expect(logged).toEqual(['The panel could not be started: Error: disk full']);
    expect(clock.nextIn).toBeUndefined();
  });

  it('leaves the reason in sight while it tries', async () => {
    const { clock, host } = failing(1);
    await expect(host.get()).rejects.toThrow('disk full');
    clock.advance(5000);
    expect(host.state.kind).toBe('starting');
    expect(host.failure).toMatchObject({ message: 'disk full' });
    await host.get();
    expect(host.failure).toBeUndefined();
  });

  it('starts nothing that nobody wanted, and nothing once it is disposed', async () => {
    const { clock, host, retry, state } = failing(1);
    expect(clock.nextIn).toBeUndefined();
    await expect(host.get()).rejects.toThrow('disk full');
    retry.dispose();
    clock.advance(60_000);
    expect(state.attempts).toBe(1);
  });
});
