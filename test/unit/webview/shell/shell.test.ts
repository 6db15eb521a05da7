import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/base/clock.ts';
import { Ticker } from '../../../../src/webview/parts/ticker.ts';
import { announcements } from '../../../../src/webview/shell/announcements.ts';
import { globalKey } from '../../../../src/webview/shell/globalKeys.ts';
import { HostClock } from '../../../../src/webview/shell/hostClock.ts';
import { type PanelState, startState } from '../../../../src/webview/state/panelState.ts';
import { reducePanel } from '../../../../src/webview/state/reducePanel.ts';
import { approval, changes, snapshot, task } from '../samples.ts';

const received = (state: PanelState, ...messages: Parameters<typeof changes>[1][]): PanelState =>
  reducePanel(state, { type: 'received', message: changes(state.sequence + 1, ...messages) });

describe('announcements', () => {
  const before = reducePanel(startState(), {
    type: 'received',
    message: snapshot({ tasks: [task('a', { title: 'Audit' })], approvals: [approval('x')] }),
  });

  it('interrupt for a new request, once', () => {
    const asked = received(before, { kind: 'approval', approval: approval('y') });
    expect(announcements(asked, before)).toEqual([
      { urgent: true, text: 'Add a health endpoint needs you: Run a command npm test' },
    ]);
    expect(announcements(received(asked, { kind: 'approval', approval: approval('y') }), asked)).toEqual([]);
  });

  it('wait for a pause when a task ends', () => {
    const ended = received(before, { kind: 'task', task: task('a', { title: 'Audit', state: 'succeeded' }) });
    expect(announcements(ended, before)).toEqual([{ urgent: false, text: 'Audit: Done. ' }]);
  });

  it('make hidden characters heard, too', () => {
    const asked = received(before, { kind: 'approval', approval: approval('y', { taskTitle: 'a\u202eb' }) });
    expect(announcements(asked, before)[0]?.text).toContain('⟨U+202E⟩');
  });

  it('say nothing of what was there from the start', () => {
    expect(announcements(before, startState())).toEqual([]);
  });
});

describe('globalKey', () => {
  const key = (name: string, change = {}) => ({
    key: name,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...change,
  });

  it('leaves letters alone where text is written', () => {
    expect([globalKey(key('/'), false), globalKey(key('/'), true), globalKey(key('?'), true)]).toEqual([
      'write',
      undefined,
      undefined,
    ]);
  });

  it('leads to requests, and answers none', () => {
    expect([
      globalKey(key('ArrowDown', { altKey: true }), false),
      globalKey(key('ArrowUp', { altKey: true }), false),
    ]).toEqual(['nextRequest', 'previousRequest']);
    expect([
      globalKey(key('Enter'), false),
      globalKey(key('y'), false),
      globalKey(key('Enter', { ctrlKey: true }), false),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it('takes no key of VS Code', () => {
    expect(globalKey(key('/', { ctrlKey: true }), false)).toBeUndefined();
  });
});

describe('HostClock', () => {
  it("shows the extension's time, also when its machine is ahead", () => {
    let now = 1000;
    const clock = new HostClock({ ...systemClock, now: () => now });
    clock.set(61_000);
    now = 1500;
    expect(clock.now()).toBe(61_500);
  });
});

describe('Ticker', () => {
  it('beats only while somebody listens', () => {
    let beating = 0;
    let beat = (): void => undefined;
    const ticker = new Ticker({
      ...systemClock,
      now: () => 7,
      every: (_, callback) => {
        beating += 1;
        beat = callback;
        return {
          dispose: () => {
            beating -= 1;
          },
        };
      },
    });
    const heard: number[] = [];
    const first = ticker.onBeat(now => heard.push(now));
    const second = ticker.onBeat(() => undefined);
    beat();
    first.dispose();
    expect(beating).toBe(1);
    second.dispose();
    expect([beating, heard]).toEqual([0, [7]]);
  });
});
