import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../../src/app/panelServices.ts';
import { ServiceHost } from '../../../../src/vscode/workspace/serviceHost.ts';
import { notTrusted } from '../../../../src/vscode/workspace/surfaceErrors.ts';

function services(log: string[]): PanelServices {
  return {
    start: async () => void log.push('start'),
    suspend: async (ms: number) => void log.push(`suspend ${ms}`),
    dispose: () => void log.push('dispose'),
  } as unknown as PanelServices;
}

function hostOf(create: () => Promise<PanelServices>, check: () => void = () => undefined): ServiceHost {
  return new ServiceHost({ create, check, log: () => undefined });
}

describe('ServiceHost', () => {
  it('makes nothing before it is asked', () => {
    const host = hostOf(() => Promise.reject(new Error('made too early')));
    expect(host.state.kind).toBe('idle');
  });

  it('makes the services once for all who ask, and starts them', async () => {
    const log: string[] = [];
    let made = 0;
    const host = hostOf(async () => {
      made += 1;
      return services(log);
    });
    const [one, other] = await Promise.all([host.get(), host.get()]);
    expect(one).toBe(other);
    expect(made).toBe(1);
    expect(log).toEqual(['start']);
  });

  it('refuses before anything is made where nothing may be started', async () => {
    const host = hostOf(
      () => Promise.reject(new Error('made anyway')),
      () => {
        throw notTrusted();
      },
    );
    await expect(host.get()).rejects.toMatchObject({ family: 'surface', reason: 'notTrusted' });
    expect(host.state.kind).toBe('idle');
  });

  it('keeps why a start failed and tries again when asked', async () => {
    let attempts = 0;
    const host = hostOf(async () => {
      attempts += 1;
      if (attempts === 1) {
        throw new Error('disk full');
      }
      return services([]);
    });
    await expect(host.get()).rejects.toThrow('disk full');
    expect(host.state).toMatchObject({ kind: 'failed', failure: { message: 'disk full' } });
    await host.get();
    expect(host.state.kind).toBe('ready');
  });

  it('sets running tasks aside before it lets go', async () => {
    const log: string[] = [];
    const host = hostOf(async () => services(log));
    await host.get();
    await host.close(4000);
    expect(log).toEqual(['start', 'suspend 4000', 'dispose']);
    await expect(host.get()).rejects.toMatchObject({ reason: 'closing' });
  });

  it('lets go of services that were still on their way when the window closed, without starting them', async () => {
    const log: string[] = [];
    let finish: (made: PanelServices) => void = () => undefined;
    const host = hostOf(() => new Promise(resolve => (finish = resolve)));
    const asked = host.get();
    await Promise.resolve();
    await Promise.resolve();
    const closed = host.close(4000);
    finish(services(log));
    await asked;
    await closed;
    expect(log).toEqual(['suspend 4000', 'dispose']);
  });
});
