import { expect, it, vi } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { newShortId, newUuid } from '../../../../src/base/ids.ts';
import { ApprovalDesk } from '../../../../src/core/tasks/approvalDesk.ts';
import type { LiveUpdate } from '../../../../src/core/tasks/liveUpdate.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { TaskRunner } from '../../../../src/core/tasks/taskRunner.ts';
import { created, starting } from '../../../contract/panelLog/sampleFacts.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { noSnapshots } from '../../../fixtures/noSnapshots.ts';
import { FakeSession } from './fakeSession.ts';

const ID = 'task-1';

it('a log that cannot be read is reported and ends no run, and the run ends as it would', async () => {
  const clock = new ManualClock(1_000_000);
  const log = new MemoryPanelLog({ source: '/test', clock, newId: newUuid });
  log.append([{ subject: ID, facts: [created({}), starting()] }]);
  const problems: unknown[] = [];
  const opened = Promise.withResolvers<FakeSession>();
  const runner = new TaskRunner(log.tasks.get(ID) as Task, {
    log,
    desk: new ApprovalDesk({ log, clock }),
    clock,
    newApprovalId: newShortId,
    newUuid,
    live: new Emitter<LiveUpdate>(),
    snapshots: noSnapshots,
    product: { surface: 'product', name: 'control panel', hostId: 'host-1' },
    limits: { silenceMs: 60_000, idleMs: 600_000 },
    approvalDeadlineMs: undefined,
    onStoreFailure: error => problems.push(error),
    openSession: async options => {
      const session = new FakeSession(options);
      opened.resolve(session);
      return session;
    },
  });
  const done = runner.run();
  const session = await opened.promise;
  await vi.waitUntil(() =>
    log.events({ after: 0, limit: 100 }).some(({ type }) => type === 'claude-panel.task.processStarted'),
  );
  session.turn();

  const broken = new Error('disk I/O error');
  const reading = vi.spyOn(log.tasks, 'get').mockImplementation(() => {
    throw broken;
  });
  // The watch looks each second.
  clock.advance(3000);
  expect(new Set(problems)).toEqual(new Set([broken]));
  session.endTurn();
  session.idle();
  await done;
  reading.mockRestore();
  expect(log.tasks.get(ID)?.status.state).toBe('succeeded');
});
