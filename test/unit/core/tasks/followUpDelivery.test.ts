import { beforeEach, describe, expect, it } from 'vitest';
import { newUuid } from '../../../../src/base/ids.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';
import { FactBuffer } from '../../../../src/core/tasks/factBuffer.ts';
import { FollowUpDelivery } from '../../../../src/core/tasks/followUpDelivery.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { FakeSession } from './fakeSession.ts';

const product: Actor = { surface: 'product', name: 'control panel', hostId: 'window' };
const GO_ON = 'Continue where you stopped.';

let clock: ManualClock;
let session: FakeSession;
let delivery: FollowUpDelivery;
let log: MemoryPanelLog;

/** A task whose session has begun, and a fresh process for it. */
beforeEach(() => {
  clock = new ManualClock(1_000_000);
  log = new MemoryPanelLog({ source: '/test', clock, newId: newUuid });
  const task = (): Task => log.tasks.get('t1') as Task;
  log.append([
    {
      subject: 't1',
      facts: [
        {
          type: 'claude-panel.task.created',
          data: {
            prompt: 'Add a health endpoint',
            promptId: newUuid(),
            title: 'Health',
            titleIsGiven: false,
            cwd: '/ws',
            profile: {
              name: 'safe',
              source: 'built in',
              permissionMode: 'default',
              allowedTools: [],
              disallowedTools: [],
              mcpServers: {},
            },
            limits: {},
            rehearsal: false,
            unattended: 'ask',
            by: product,
          },
        },
        {
          type: 'claude-panel.task.turnStarted',
          data: {
            sessionId: 's',
            model: 'sonnet',
            permissionMode: 'default',
            apiKeySource: 'none',
            cliVersion: '2.1.0',
            mcpServers: [],
          },
        },
      ],
    },
  ]);
  const signal = new AbortController().signal;
  session = new FakeSession({ task: task(), resume: true, resumeInterruptedTurn: true, signal });
  delivery = new FollowUpDelivery({
    clock,
    newUuid,
    session,
    task,
    buffer: new FactBuffer('t1', log, clock, () => undefined),
    product,
  });
});

function sent(): readonly string[] {
  return session.sent.map(({ text }) => text);
}

describe('FollowUpDelivery, after a turn that was cut off', () => {
  it('leaves a Claude Code that takes long to start the time to take its turn up by itself', () => {
    delivery.begin(true);
    clock.advance(60_000);
    delivery.ready();
    clock.advance(3_000);
    delivery.turnStarted();
    clock.advance(60_000);
    expect(sent()).toEqual([]);
  });

  it('says to go on when no turn starts after Claude Code is ready', () => {
    delivery.begin(true);
    delivery.ready();
    clock.advance(5_000);
    expect(sent()).toEqual([GO_ON]);
  });

  it('says nothing when the turn began before the process was told of', () => {
    delivery.ready();
    delivery.begin(true);
    delivery.turnStarted();
    clock.advance(60_000);
    expect(sent()).toEqual([]);
  });
});

describe('FollowUpDelivery, with a turn ended and a message open', () => {
  let quiet = 0;
  const open = (): number => log.tasks.get('t1')?.followUps.length ?? 0;

  beforeEach(() => {
    quiet = 0;
    const message = { id: 'm1', text: '/compact', by: product, state: 'queued' } as const;
    const owner = { hostId: 'window', surface: 'panel', pid: 1, machine: 'box' };
    log.append([
      {
        subject: 't1',
        facts: [
          { type: 'claude-panel.task.starting', data: { owner, sessionId: 's', resumes: true } },
          { type: 'claude-panel.task.messageQueued', data: { message } },
        ],
      },
    ]);
    delivery.begin(false);
    expect(open()).toBe(1);
  });

  it('takes it for delivered when an older Claude Code begins no further turn', () => {
    session.reportsMessages = false;
    delivery.awaitTurnOfTheirOwn(() => quiet++);
    expect(delivery.hasOpenMessages()).toBe(true);
    clock.advance(11_000);
    expect({ quiet, open: open() }).toEqual({ quiet: 1, open: 0 });
  });

  it('gives one that is sent while it waits the same time', () => {
    session.reportsMessages = false;
    const wait = (): void => delivery.awaitTurnOfTheirOwn(() => (delivery.hasOpenMessages() ? wait() : quiet++));
    wait();
    clock.advance(9000);
    const message = { id: 'm2', text: 'And the tests', by: product, state: 'queued' } as const;
    log.append([{ subject: 't1', facts: [{ type: 'claude-panel.task.messageQueued', data: { message } }] }]);
    delivery.deliver();
    clock.advance(2000);
    expect({ quiet, open: open() }).toEqual({ quiet: 0, open: 1 });
    clock.advance(10_000);
    expect({ quiet, open: open() }).toEqual({ quiet: 1, open: 0 });
  });

  it('waits for the turn that it begins', () => {
    session.reportsMessages = false;
    delivery.awaitTurnOfTheirOwn(() => quiet++);
    delivery.turnStarted();
    clock.advance(60_000);
    expect({ quiet, open: open() }).toEqual({ quiet: 0, open: 1 });
  });

  it('waits for word of it from a Claude Code that gives word of each', () => {
    delivery.awaitTurnOfTheirOwn(() => quiet++);
    clock.advance(60_000);
    expect({ quiet, open: open() }).toEqual({ quiet: 0, open: 1 });
    delivery.messageState('m1', 'started');
    expect(delivery.hasOpenMessages()).toBe(false);
  });
});
