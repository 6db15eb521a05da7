import { beforeEach, describe, expect, it } from 'vitest';
import { newUuid } from '../../../../src/base/ids.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';
import { FactBuffer } from '../../../../src/core/tasks/factBuffer.ts';
import { FollowUpDelivery } from '../../../../src/core/tasks/followUpDelivery.ts';
import { MemoryPanelLog } from '../../../../src/core/tasks/memoryPanelLog.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { FakeSession } from './fakeSession.ts';

const product: Actor = { surface: 'product', name: 'control panel', hostId: 'window' };
const GO_ON = 'Continue where you stopped.';

let clock: ManualClock;
let session: FakeSession;
let delivery: FollowUpDelivery;

/** A task whose session has begun, and a fresh process for it. */
beforeEach(() => {
  clock = new ManualClock(1_000_000);
  const log = new MemoryPanelLog({ source: '/test', clock, newId: newUuid });
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
