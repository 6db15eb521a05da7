import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newUuid } from '../../../../src/base/ids.ts';
import { isFinal, isLive, type Task } from '../../../../src/core/tasks/task.ts';
import type { TaskLogFact } from '../../../../src/core/tasks/taskFact.ts';
import { reduceTask } from '../../../../src/core/tasks/taskReducer.ts';
import {
  ada,
  answered,
  approval,
  archived,
  cost,
  created,
  owner,
  requested,
  starting,
  stopped,
  succeeded,
  text,
  toolStarted,
  turnStarted,
} from '../../../contract/panelLog/sampleFacts.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { anyFacts, FACT_TYPES } from './anyFact.ts';

/** The task after facts that come one second apart. */
function taskAfter(...facts: TaskLogFact[]): Task {
  const task = stepsOf(facts).at(-1);
  if (task === undefined) {
    throw new Error('There is no task.');
  }
  return task;
}

function stepsOf(facts: readonly TaskLogFact[]): (Task | undefined)[] {
  let task: Task | undefined;
  return facts.map((fact, second) => {
    task = reduceTask(task, 'task-1', fact, second * 1000);
    return task;
  });
}

const continued: TaskLogFact = { type: 'claude-panel.task.continued', data: { by: ada } };
const paused: TaskLogFact = { type: 'claude-panel.task.paused', data: { cause: 'hostLost' } };
const limited: TaskLogFact = {
  type: 'claude-panel.task.rateLimited',
  data: { text: 'Limit reached', resetsAt: 99, blocked: true },
};
const processStarted: TaskLogFact = {
  type: 'claude-panel.task.processStarted',
  data: { process: { pid: 7, started: '8' } },
};
const usage = (messageId: string, outputTokens: number): TaskLogFact => ({
  type: 'claude-panel.task.usage',
  data: { messageId, tokens: { inputTokens: 1, outputTokens, cacheReadTokens: 0, cacheCreationTokens: 0 } },
});

describe('the task reducer', () => {
  it('goes from queued over starting to running, and counts the time of work', () => {
    expect(taskAfter(created()).status).toEqual({ state: 'queued', since: 0 });
    expect(taskAfter(created(), starting())).toMatchObject({
      status: { state: 'starting', since: 1000, owner },
      attempt: 1,
      runningSince: 1000,
    });
    const running = taskAfter(created(), starting(), turnStarted);
    expect(running).toMatchObject({ status: { state: 'running', since: 2000, owner }, sessionStarted: true });
    const done = taskAfter(created(), starting(), turnStarted, succeeded);
    expect(done).toMatchObject({ status: { state: 'succeeded', ended: 3000 }, workedMs: 2000, read: false });
    expect(done).not.toHaveProperty('runningSince');
  });

  it('knows nothing before a task was made, and makes it once', () => {
    expect(reduceTask(undefined, 'task-1', succeeded, 1)).toBeUndefined();
    expect(taskAfter(created(), created({ title: 'another' })).title).toBe('Add a health endpoint');
  });

  it('takes its own id, whatever else was written', () => {
    const newer = { ...created().data, id: 'other', status: { state: 'running' }, color: 'blue' };
    const task = taskAfter({ type: 'claude-panel.task.created', data: newer } as unknown as TaskLogFact);
    expect(task).toMatchObject({ id: 'task-1', status: { state: 'queued' } });
  });

  it('does not let a turn of a newer version write over other fields', () => {
    const newer = { ...turnStarted.data, status: 'fine', title: 'other' };
    const fact = { type: 'claude-panel.task.turnStarted', data: newer } as unknown as TaskLogFact;
    expect(taskAfter(created(), starting(), fact)).toMatchObject({
      title: 'Add a health endpoint',
      status: { state: 'running' },
    });
  });

  it('keeps how a task ended, whatever comes late', () => {
    const late: TaskLogFact[] = [
      turnStarted,
      text('late'),
      toolStarted('tool-1'),
      paused,
      stopped(),
      limited,
      { type: 'claude-panel.task.retrying', data: { attempt: 1, maxRetries: 3, nextAt: 5, reason: 'busy' } },
      { type: 'claude-panel.task.silent', data: { since: 1 } },
      {
        type: 'claude-panel.task.agentChanged',
        data: { agent: { id: 'a', kind: 'Explore', description: 'Looks', status: 'running' } },
      },
    ];
    const done = taskAfter(created(), starting(), turnStarted, succeeded, ...late);
    expect(done).toMatchObject({ activity: 'Done', status: { state: 'succeeded', ended: 3000 } });
    expect(done.agents).toMatchObject([{ status: 'stopped' }]);
    expect(done).not.toHaveProperty('retry');
    expect(done).not.toHaveProperty('silentSince');
  });

  it('waits while something is asked, and for the next one when there are several', () => {
    const asked = [created(), starting(), processStarted, requested(approval('a')), requested(approval('b'))];
    expect(taskAfter(...asked).status).toMatchObject({ state: 'waiting', for: 'approval', since: 3000 });
    expect(taskAfter(...asked, answered('a', 1)).status).toMatchObject({ state: 'waiting', since: 3000 });
    expect(taskAfter(...asked, answered('a', 1), answered('b', 1)).status).toMatchObject({ state: 'running', owner });
  });

  it('is starting again after an answer that it needed before it had a process', () => {
    const asked = [created(), starting(), requested(approval('a'))];
    expect(taskAfter(...asked).status).toMatchObject({ state: 'waiting', for: 'approval', owner });
    expect(taskAfter(...asked, answered('a', 1)).status).toEqual({ state: 'starting', since: 3000, owner });
    expect(taskAfter(...asked, answered('a', 1), processStarted, turnStarted).status.state).toBe('running');
  });

  it('counts a denial once, however often it is told', () => {
    const facts = [created(), starting(), turnStarted, requested(approval('a'))];
    expect(taskAfter(...facts, answered('a', 1, 'deny'), answered('a', 2, 'deny')).deniedCount).toBe(1);
    expect(taskAfter(...facts, answered('other', 1, 'deny')).deniedCount).toBe(0);
  });

  it('goes on waiting for an answer when a limit is over', () => {
    const facts = [created(), starting(), turnStarted, requested(approval('a')), limited];
    expect(taskAfter(...facts).status).toMatchObject({ state: 'waiting', for: 'limit', resumesAt: 99 });
    const heard: TaskLogFact = { type: 'claude-panel.task.heard', data: {} };
    expect(taskAfter(...facts, heard).status).toMatchObject({ state: 'waiting', for: 'approval' });
    expect(taskAfter(created(), starting(), turnStarted, limited, heard).status).toMatchObject({ state: 'running' });
  });

  it('never lowers the cost, and never adds it up', () => {
    expect(taskAfter(created(), cost(1), cost(0.5), cost(Number.NaN), cost(2)).costUsd).toBe(2);
  });

  it('takes the last record of each message, and stays small in a turn of any length', () => {
    const many = Array.from({ length: 1000 }, (_, number) => [
      usage(`message ${number}`, 1),
      usage(`message ${number}`, 5),
    ]);
    const { turnTokens } = taskAfter(created(), starting(), turnStarted, ...many.flat());
    expect(Object.keys(turnTokens).length).toBeLessThan(100);
    const sum = (key: 'inputTokens' | 'outputTokens'): number =>
      Object.values(turnTokens).reduce((total, tokens) => total + tokens[key], 0);
    expect(sum('outputTokens')).toBe(5000);
    expect(sum('inputTokens')).toBe(1000);
  });

  it('sends again what was not delivered when its process ended', () => {
    const message = { id: 'm', text: 'And test it', by: ada, state: 'queued' } as const;
    const sent: TaskLogFact[] = [
      { type: 'claude-panel.task.messageQueued', data: { message } },
      { type: 'claude-panel.task.messageQueued', data: { message } },
      { type: 'claude-panel.task.messageSent', data: { messageId: 'm' } },
    ];
    expect(taskAfter(created(), starting(), turnStarted, ...sent).followUps).toMatchObject([{ state: 'sent' }]);
    expect(taskAfter(created(), starting(), turnStarted, ...sent, paused).followUps).toMatchObject([
      { state: 'queued' },
    ]);
  });

  it('does not put a living task into the archive, and takes a continued one out', () => {
    expect(taskAfter(created(), starting(), archived).archived).toBe(false);
    expect(taskAfter(created(), starting(), stopped(), archived).archived).toBe(true);
    expect(taskAfter(created(), starting(), stopped(), archived, continued)).toMatchObject({
      archived: false,
      status: { state: 'queued' },
    });
  });
});

describe('any sequence of facts', () => {
  it('never throws, and holds what must hold of a task after each step', () => {
    fc.assert(
      fc.property(anyFacts, facts => {
        const steps = stepsOf([created(), ...facts]);
        steps.forEach((task, index) => {
          const fact = index === 0 ? created() : facts[index - 1];
          const before = steps[index - 1];
          expectInvariants(task, before, fact?.type);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same task from the stored events as was kept beside them', () => {
    fc.assert(
      fc.property(anyFacts, fc.array(fc.nat(4), { minLength: 1 }), (facts, sizes) => {
        const clock = new ManualClock();
        const log = new MemoryPanelLog({ source: '/test', clock, newId: newUuid });
        log.append([{ subject: 'task-1', facts: [created()] }]);
        const rest = [...facts];
        for (let turn = 0; rest.length > 0; turn += 1) {
          clock.advance(7);
          log.append([{ subject: 'task-1', facts: rest.splice(0, 1 + (sizes[turn % sizes.length] ?? 0)) }]);
        }
        const replayed = log
          .events({ after: 0, limit: 1000 })
          .reduce<Task | undefined>(
            (task, { type, data, time }) => reduceTask(task, 'task-1', { type, data } as TaskLogFact, Date.parse(time)),
            undefined,
          );
        expect(log.tasks.get('task-1')).toEqual(replayed);
      }),
      { numRuns: 200 },
    );
  });

  it('survives facts of unknown types, and only passes over them', () => {
    const task = taskAfter(created(), starting());
    for (const type of ['claude-panel.task.dreamt', 'claude-panel.approval.dreamt', 'other']) {
      expect(reduceTask(task, 'task-1', { type, data: null } as unknown as TaskLogFact, 9)).toBe(task);
    }
    expect(FACT_TYPES.length).toBeGreaterThan(35);
  });
});

function expectInvariants(task: Task | undefined, before: Task | undefined, type: string | undefined): void {
  if (task === undefined) {
    throw new Error('The task is lost.');
  }
  const { status } = task;
  if (before !== undefined && isFinal(before.status) && type !== 'claude-panel.task.continued') {
    expect(status).toBe(before.status);
    expect(task.activity).toBe(before.activity);
  }
  expect(isLive(status)).toBe(['starting', 'running', 'waiting'].includes(status.state));
  expect(isLive(status) && isFinal(status)).toBe(false);
  expect('runningSince' in task).toBe(isLive(status));
  if (!isLive(status)) {
    expect(task.agents.filter(agent => agent.status === 'running')).toEqual([]);
    expect(task.followUps.filter(message => message.state === 'sent')).toEqual([]);
    expect(task).not.toHaveProperty('silentSince');
    expect(task).not.toHaveProperty('retry');
  }
  if (status.state === 'waiting' && status.for !== 'limit') {
    expect(task.pendingApprovals.length).toBeGreaterThan(0);
  }
  expect(task.id).toBe('task-1');
  expect(task.costUsd).toBeGreaterThanOrEqual(before?.costUsd ?? 0);
  expect(task.workedMs).toBeGreaterThanOrEqual(before?.workedMs ?? 0);
  expect(new Set(task.pendingApprovals.map(({ id }) => id)).size).toBe(task.pendingApprovals.length);
  expect(new Set(task.files.map(({ path }) => path)).size).toBe(task.files.length);
  expect(new Set(task.followUps.map(({ id }) => id)).size).toBe(task.followUps.length);
}
