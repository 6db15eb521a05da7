import { describe, expect, it } from 'vitest';
import { Emitter, nextEvent } from '../../../../src/base/event.ts';
import { newShortId, newUuid } from '../../../../src/base/ids.ts';
import { ApprovalDesk } from '../../../../src/core/tasks/approvalDesk.ts';
import type { LiveUpdate } from '../../../../src/core/tasks/liveUpdate.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { contentNotApproved } from '../../../../src/core/tasks/taskErrors.ts';
import { TaskRunner } from '../../../../src/core/tasks/taskRunner.ts';
import type { SessionOptions, TaskSession } from '../../../../src/core/tasks/taskSession.ts';
import { ada, approval, created, requested, starting } from '../../../contract/panelLog/sampleFacts.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { noSnapshots } from '../../../fixtures/noSnapshots.ts';
import { FakeSession } from './fakeSession.ts';

const ID = 'task-1';

class Stage {
  readonly clock = new ManualClock(1_000_000);
  readonly log = new MemoryPanelLog({ source: '/test', clock: this.clock, newId: newUuid });
  readonly desk = new ApprovalDesk({ log: this.log, clock: this.clock });
  readonly opening = Promise.withResolvers<TaskSession>();
  readonly runner: TaskRunner;
  readonly done: Promise<void>;
  options: SessionOptions | undefined;

  constructor(minutes?: number) {
    const limits = minutes === undefined ? {} : { minutes };
    this.log.append([{ subject: ID, facts: [created({ limits }), starting()] }]);
    this.runner = new TaskRunner(this.task(), {
      log: this.log,
      desk: this.desk,
      clock: this.clock,
      newApprovalId: newShortId,
      newUuid,
      live: new Emitter<LiveUpdate>(),
      snapshots: noSnapshots,
      product: { surface: 'product', name: 'control panel', hostId: 'host-1' },
      limits: { silenceMs: 60_000, idleMs: 600_000 },
      approvalDeadlineMs: undefined,
      onStoreFailure: error => {
        throw error;
      },
      openSession: options => {
        this.options = options;
        options.signal.addEventListener('abort', () => this.opening.reject(options.signal.reason));
        return this.opening.promise;
      },
    });
    this.done = this.runner.run();
  }

  /** As the launch does it before anything is started. */
  ask(): void {
    this.log.append([{ subject: ID, facts: [requested(approval('question', { taskId: ID }))] }]);
  }

  task(): Task {
    const task = this.log.tasks.get(ID);
    if (task === undefined) {
      throw new Error('no task');
    }
    return task;
  }
}

describe('a task that waits before it has a process', () => {
  it('says that it waits, and goes on when the session is there', async () => {
    const stage = new Stage();
    stage.ask();
    expect(stage.task().status.state).toBe('waiting');
    stage.desk.answer('question', { choice: 'allowOnce' }, ada);
    expect(stage.task().status.state).toBe('starting');
    const started = nextEvent(stage.log.onDidCommit, ({ events }) =>
      events.some(({ type }) => type === 'claude-panel.task.processStarted'),
    );
    const session = new FakeSession(stage.options as SessionOptions);
    stage.opening.resolve(session);
    await started;
    const running = nextEvent(stage.log.onDidCommit, () => stage.task().status.state === 'running');
    session.turn();
    await running;
  });

  it('is stopped at once, and nobody is asked any more', async () => {
    const stage = new Stage();
    stage.ask();
    stage.runner.request({ kind: 'stop' }, ada);
    await stage.done;
    expect(stage.task().status).toMatchObject({ state: 'stopped', leftOver: 0, by: { name: 'ada' } });
    expect(stage.log.approvals.get('question')?.status).toMatchObject({ state: 'withdrawn' });
    expect(stage.task().pendingApprovals).toEqual([]);
  });

  it('is paused at once', async () => {
    const stage = new Stage();
    stage.ask();
    stage.runner.request({ kind: 'pause' }, ada);
    await stage.done;
    expect(stage.task().status).toMatchObject({ state: 'paused', cause: 'person' });
    expect(stage.log.approvals.pending()).toEqual([]);
  });

  it('is set aside with its question when the window closes', async () => {
    const stage = new Stage();
    stage.ask();
    stage.runner.suspend('hostClosed');
    await stage.done;
    expect(stage.task().status).toMatchObject({ state: 'paused', cause: 'hostClosed' });
    expect(stage.log.approvals.pending().map(({ id }) => id)).toEqual(['question']);
    stage.desk.answer('question', { choice: 'deny' }, ada);
    expect(stage.task().status.state).toBe('queued');
  });

  it('fails with the reason, and what was still asked is taken back', async () => {
    const stage = new Stage();
    stage.ask();
    stage.opening.reject(contentNotApproved('Files of this folder would run 1 command unasked.', 'Nobody answered.'));
    await stage.done;
    expect(stage.task().status).toMatchObject({
      state: 'failed',
      failure: { family: 'task', reason: 'contentNotApproved', remedy: expect.stringContaining('safe') },
    });
    expect(stage.log.approvals.pending()).toEqual([]);
  });

  it('does not use up its time limit, nor is it ended for its silence', async () => {
    const stage = new Stage(1);
    stage.ask();
    stage.clock.advance(3_600_000);
    expect(stage.task().status.state).toBe('waiting');
    stage.desk.answer('question', { choice: 'allowOnce' }, ada);
    stage.clock.advance(61_000);
    await stage.done;
    expect(stage.task().status).toMatchObject({ state: 'timedOut' });
  });

  it('uses no session that comes after its end', async () => {
    const stage = new Stage();
    const session = new FakeSession(stage.options as SessionOptions);
    stage.opening.resolve(session);
    stage.runner.request({ kind: 'stop' }, ada);
    await stage.done;
    expect(stage.task().status.state).toBe('stopped');
    expect(session.stages).toEqual([]);
    expect(session.sent).toEqual([]);
  });
});
