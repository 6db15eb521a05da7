import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../src/base/clock.ts';
import { type ToWebview, toWebviewSchema } from '../../../../src/protocol/toWebview.ts';
import { HostConnection } from '../../../../src/webview/host/hostConnection.ts';
import { changes, snapshot, task } from '../samples.ts';

function connection() {
  const sent: unknown[] = [];
  const timers: { at: number; run: () => void; gone: boolean }[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    after: (delay, run) => {
      const timer = { at: now + delay, run, gone: false };
      timers.push(timer);
      return {
        dispose: () => {
          timer.gone = true;
        },
      };
    },
    every: () => ({ dispose: () => undefined }),
  };
  const inbound = new EventTarget();
  let ids = 0;
  const api = {
    postMessage: (message: unknown) => void sent.push(message),
    getState: () => undefined,
    setState: () => undefined,
  };
  const host = new HostConnection(api, inbound, clock, () => `id${++ids}`);
  const heard: ToWebview[] = [];
  host.onMessage(message => heard.push(message));
  return {
    host,
    sent,
    heard,
    receive: (data: unknown) => void inbound.dispatchEvent(new MessageEvent('message', { data })),
    pass: (ms: number) => {
      now += ms;
      for (const timer of timers.filter(each => !each.gone && each.at <= now)) {
        timer.gone = true;
        timer.run();
      }
    },
  };
}

describe('HostConnection', () => {
  it('hands on what fits the protocol', () => {
    const { heard, receive } = connection();
    receive(snapshot());
    expect(heard.map(({ type }) => type)).toEqual(['snapshot']);
  });

  it('hands on nothing else, whatever it is, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), data => {
        const { heard, receive } = connection();
        receive(data);
        expect(heard).toEqual([]);
      }),
    );
  });

  it('hands on nothing of a message that is wrong in one place', () => {
    const whole = changes(11, { kind: 'task', task: task('a') });
    const paths: (readonly (string | number)[])[] = [
      ['type'],
      ['sequence'],
      ['changes'],
      ['changes', 0, 'kind'],
      ['changes', 0, 'task', 'state'],
      ['changes', 0, 'task', 'costUsd'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.anything(), (path, value) => {
        const broken = structuredClone(whole) as unknown as Record<string | number, unknown>;
        let place = broken;
        for (const key of path.slice(0, -1)) {
          place = place[key] as Record<string | number, unknown>;
        }
        place[path.at(-1) ?? ''] = value;
        const { heard, receive } = connection();
        receive(broken);
        expect(heard.length > 0).toBe(toWebviewSchema.safeParse(broken).success);
      }),
    );
  });

  it('tells the log of messages that do not fit, but not for ever', () => {
    const { sent, receive } = connection();
    for (let each = 0; each < 100; each++) {
      receive({ type: 'nonsense', secret: 'do not repeat me' });
    }
    expect(sent).toHaveLength(20);
    expect(JSON.stringify(sent)).not.toContain('repeat me');
  });

  it('gives a request its own answer', async () => {
    const { host, sent, receive } = connection();
    const first = host.request({ type: 'openLink', href: 'a' });
    const second = host.request({ type: 'openLink', href: 'b' });
    expect(sent).toMatchObject([
      { requestId: 'id1', href: 'a' },
      { requestId: 'id2', href: 'b' },
    ]);
    receive({ type: 'reply', requestId: 'id2', taskId: 't' });
    receive({ type: 'reply', requestId: 'id1', failure: { family: 'f', reason: 'r', message: 'No.' } });
    receive({ type: 'reply', requestId: 'nobody' });
    expect(await second).toMatchObject({ taskId: 't' });
    expect((await first).failure?.message).toBe('No.');
  });

  it('says so when no answer comes', async () => {
    const { host, pass } = connection();
    const request = host.request({ type: 'openLink', href: 'a' });
    pass(30_000);
    expect((await request).failure).toMatchObject({ reason: 'noAnswer' });
  });

  it('hears nothing any more once it is disposed', () => {
    const { host, heard, receive } = connection();
    host.dispose();
    receive(snapshot());
    expect(heard).toEqual([]);
  });
});
