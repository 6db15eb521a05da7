import { beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { newShortId, newUuid } from '../../../../src/base/ids.ts';
import type { ClaudeAsk } from '../../../../src/core/claude/claudeAsk.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';
import { ApprovalDesk } from '../../../../src/core/tasks/approvalDesk.ts';
import type { LiveUpdate } from '../../../../src/core/tasks/liveUpdate.ts';
import { MemoryHostRegistry } from '../../../../src/core/tasks/memoryHostRegistry.ts';
import { MemoryPanelLog } from '../../../../src/core/tasks/memoryPanelLog.ts';
import { MemoryTaskRequests } from '../../../../src/core/tasks/memoryTaskRequests.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { TaskHost } from '../../../../src/core/tasks/taskHost.ts';
import { TaskService } from '../../../../src/core/tasks/taskService.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { FakeSession } from './fakeSession.ts';

const ada: Actor = { surface: 'panel', name: 'ada', hostId: 'window' };
const bash: ClaudeAsk = {
  kind: 'tool',
  requestId: 'r1',
  toolName: 'Bash',
  toolUseId: 't1',
  input: { command: 'npm test' },
  suggestions: [],
  requiresUser: false,
  onceOnly: false,
};

let clock: ManualClock;
let log: MemoryPanelLog;
let requests: MemoryTaskRequests;
let hosts: MemoryHostRegistry;
let desk: ApprovalDesk;
let service: TaskService;
let sessions: FakeSession[];
let swept: string[];
let alive: Set<number>;
/** What opening a session waits for. */
let opening: Promise<void>;

beforeEach(() => {
  clock = new ManualClock(1_000_000);
  log = new MemoryPanelLog({ source: '/test', clock, newId: newUuid });
  requests = new MemoryTaskRequests();
  hosts = new MemoryHostRegistry();
  desk = new ApprovalDesk({ log, clock });
  service = new TaskService({ log, requests, clock, newTaskId: newShortId, newUuid });
  sessions = [];
  swept = [];
  alive = new Set([1, 2]);
  opening = Promise.resolve();
});

function newHost(
  id = 'window',
  options: { maxParallel?: number; afterReload?: 'continue' | 'pause'; pid?: number } = {},
): TaskHost {
  return new TaskHost({
    log,
    requests,
    hosts,
    clock,
    newUuid,
    desk,
    record: {
      id,
      surface: 'VS Code window',
      process: { pid: options.pid ?? 1, started: 'x' },
      machine: 'here',
      started: clock.now(),
      takesQueued: true,
    },
    isAlive: process => Promise.resolve(alive.has(process.pid)),
    sweep: tasks => {
      swept.push(...tasks.map(task => task.id));
      return Promise.resolve(new Map());
    },
    maxParallel: () => options.maxParallel ?? 4,
    takesQueued: () => true,
    ownTasksOnly: false,
    afterReload: () => options.afterReload ?? 'continue',
    product: { surface: 'product', name: 'control panel', hostId: id },
    report: () => undefined,
    runner: () => ({
      newApprovalId: newShortId,
      live: new Emitter<LiveUpdate>(),
      limits: { silenceMs: 60_000, idleMs: 600_000 },
      approvalDeadlineMs: undefined,
      onStoreFailure: error => {
        throw error;
      },
      openSession: sessionOptions => {
        const session = new FakeSession(sessionOptions);
        sessions.push(session);
        return opening.then(() => session);
      },
    }),
  });
}

function create(prompt = 'Add a health endpoint', limits = {}): Task {
  const profile = {
    name: 'safe',
    source: 'built in',
    permissionMode: 'default',
    allowedTools: [],
    disallowedTools: [],
    mcpServers: {},
  } as const;
  return service.create({ prompt, cwd: '/ws', profile, limits, rehearsal: false, unattended: 'ask' }, ada);
}

function stateOf(task: Task): string {
  return service.get(task.id).status.state;
}

/** Lets promises that are ready run; no time passes on the fake clock. */
async function settled(): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await Promise.resolve();
  }
}

function only(list: readonly FakeSession[], index = 0): FakeSession {
  const session = list[index];
  if (session === undefined) {
    throw new Error(`no session ${index}`);
  }
  return session;
}

async function running(task: Task): Promise<FakeSession> {
  await settled();
  const session = sessions.findLast(other => other.options.task.id === task.id);
  if (session === undefined) {
    throw new Error('not started');
  }
  session.turn();
  await settled();
  return session;
}

describe('TaskHost', () => {
  it('gives no automatic yes to a call that needs a person', async () => {
    await newHost().start();
    const base = create();
    log.append([{ subject: base.id, facts: [{ type: 'claude-panel.task.stopped', data: { by: ada, leftOver: 0 } }] }]);
    const task = service.create({ ...base, unattended: 'allow' }, ada);
    const session = await running(task);
    session.asks.fire({ ...bash, requestId: 'free' } as ClaudeAsk);
    session.asks.fire({ ...bash, requestId: 'bound', requiresUser: true } as ClaudeAsk);
    expect(session.answers.map(({ requestId, answer }) => [requestId, answer.behavior])).toEqual([
      ['free', 'allow'],
      ['bound', 'deny'],
    ]);
  });

  it('tells how full the conversation is when a turn has ended', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.contextUsage = () => Promise.resolve({ tokens: 300, window: 1000 });
    session.endTurn();
    await settled();
    expect(service.get(task.id)).toMatchObject({ contextTokens: 300, contextWindow: 1000 });
  });

  it('says why a process was given up, not how it ended', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const gaveUp = { family: 'claude', reason: 'outputClosed', message: 'It closed its output.' };
    session.events.fire({ type: 'exited', code: 143, signal: null, stderrTail: '', gaveUp });
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'failed', failure: gaveUp });
  });

  it('runs a task from the queue to its result', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    expect(session.sent.map(({ text }) => text)).toEqual(['Add a health endpoint']);
    expect(stateOf(task)).toBe('running');
    session.endTurn('It is there.');
    session.idle();
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'succeeded', result: 'It is there.' });
    expect(session.closed).toBe(true);
  });

  it('tells nothing of a run after its final state', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const late = Promise.withResolvers<{ tokens: number; window: number }>();
    session.contextUsage = () => late.promise;
    session.endTurn();
    session.idle();
    late.resolve({ tokens: 5, window: 100 });
    await settled();
    expect(log.events({ after: 0, limit: 100 }).at(-1)?.type).toBe('claude-panel.task.succeeded');
  });

  it('keeps a task running over its first result while more follows', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.endTurn('First.');
    await settled();
    expect(stateOf(task)).toBe('running');
    session.turn();
    session.endTurn('Second.');
    session.idle();
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'succeeded', result: 'Second.' });
  });

  it('runs no more tasks at once than the limit, oldest first', async () => {
    await newHost('window', { maxParallel: 1 }).start();
    const first = create('first');
    const second = create('second');
    const session = await running(first);
    expect(stateOf(second)).toBe('queued');
    session.endTurn();
    session.idle();
    await settled();
    expect([stateOf(first), stateOf(second)]).toEqual(['succeeded', 'starting']);
  });

  it('asks a person, waits, and tells Claude Code the answer', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    expect(stateOf(task)).toBe('waiting');
    const approval = log.approvals.pending()[0];
    desk.answer(approval?.id ?? '', { choice: 'allowOnce' }, ada);
    expect(session.answers).toEqual([
      { requestId: 'r1', answer: { behavior: 'allow', updatedInput: { command: 'npm test' } } },
    ]);
    expect(stateOf(task)).toBe('running');
  });

  it('withdraws a question that Claude Code takes back', async () => {
    await newHost().start();
    const session = await running(create());
    session.asks.fire(bash);
    session.takenBack.fire('r1');
    await settled();
    expect(log.approvals.pending()).toEqual([]);
  });

  it('stops a task through the ladder and settles its questions', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    service.stop(task.id, ada);
    await settled();
    expect(session.stages).toEqual(['interrupt']);
    expect(service.get(task.id).status).toMatchObject({ state: 'stopped', by: ada });
    expect(log.approvals.pending()).toEqual([]);
  });

  it('ends a task that waits in the queue at once', () => {
    const task = create();
    service.stop(task.id, ada);
    expect(stateOf(task)).toBe('stopped');
  });

  it('pauses, frees the process, and goes on in the same session', async () => {
    await newHost().start();
    const task = create();
    await running(task);
    service.pause(task.id, ada);
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'paused', cause: 'person' });
    service.continue(task.id, ada, 'And test it.');
    await settled();
    const second = only(sessions, 1);
    expect(second.options).toMatchObject({ resume: true, resumeInterruptedTurn: false });
    expect(second.sent.map(({ text }) => text)).toEqual(['And test it.']);
  });

  it('says to go on when a paused task is continued without words', async () => {
    await newHost().start();
    const task = create();
    await running(task);
    service.pause(task.id, ada);
    await settled();
    service.continue(task.id, ada);
    await settled();
    expect(only(sessions, 1).sent.map(({ text }) => text)).toEqual(['Go on where you stopped.']);
  });

  it('hands follow-up messages over and shows them once they are taken up', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const message = service.sendMessage(task.id, 'Use vitest.', ada);
    expect(session.sent.at(-1)).toEqual({ text: 'Use vitest.', uuid: message.id });
    expect(service.get(task.id).followUps).toMatchObject([{ id: message.id, state: 'sent' }]);
    session.events.fire({ type: 'messageState', uuid: message.id, state: 'started' });
    expect(service.get(task.id).followUps).toEqual([]);
    expect(log.tasks.transcript(task.id, { from: 0, count: 10 }).entries.map(entry => entry.kind)).toEqual([
      'prompt',
      'prompt',
    ]);
  });

  it('calls a message back and sends the edited one instead', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const message = service.sendMessage(task.id, 'Use vitest.', ada);
    service.editMessage(task.id, message.id, 'Use node:test.', ada);
    await settled();
    expect(session.sent.at(-1)?.text).toBe('Use node:test.');
    expect(service.get(task.id).followUps.map(({ text }) => text)).toEqual(['Use node:test.']);
  });

  it('does not finish while a message waits to be taken up', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    service.sendMessage(task.id, 'More.', ada);
    session.endTurn();
    session.idle();
    await settled();
    expect(stateOf(task)).toBe('running');
  });

  it('fails a task whose process leaves without a result', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.events.fire({ type: 'exited', code: 1, signal: null, stderrTail: 'boom' });
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'failed', failure: { family: 'claude' } });
  });

  it('fails at once when the account is not accepted, instead of retrying for minutes', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.events.fire({
      type: 'apiRetry',
      attempt: 1,
      maxRetries: 10,
      delayMs: 500,
      status: 401,
      error: 'authentication_failed',
    });
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'failed' });
  });

  it('ends a task at its time limit, not counting the wait for a person', async () => {
    await newHost().start();
    const task = create('slow', { minutes: 1 });
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    clock.advance(120_000);
    await settled();
    expect(stateOf(task)).toBe('waiting');
    desk.answer(log.approvals.pending()[0]?.id ?? '', { choice: 'deny' }, ada);
    clock.advance(61_000);
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'timedOut', minutes: 1 });
  });

  it('tells of silence, takes it back, and ends a task that stays silent', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    clock.advance(61_000);
    await settled();
    expect(service.get(task.id).silentSince).toBeDefined();
    session.events.fire({ type: 'text', messageId: 'm', text: 'Still here.' });
    await settled();
    expect(service.get(task.id).silentSince).toBeUndefined();
    clock.advance(601_000);
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'failed', failure: { reason: 'silent' } });
  });

  it('takes a long tool call for work, not for silence', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.events.fire({
      type: 'toolStarted',
      messageId: 'm',
      toolUseId: 't',
      name: 'Bash',
      input: { command: 'make' },
    });
    clock.advance(3_600_000);
    await settled();
    expect(stateOf(task)).toBe('running');
    expect(service.get(task.id).silentSince).toBeUndefined();
  });

  it('sets tasks aside when its window closes and goes on by itself in the next one', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    await running(task);
    await first.suspend();
    first.dispose();
    expect(service.get(task.id).status).toMatchObject({ state: 'paused', cause: 'hostClosed' });
    await newHost('second', { pid: 2 }).start();
    await settled();
    expect(only(sessions, 1).options).toMatchObject({ resume: true, resumeInterruptedTurn: true });
  });

  it('keeps a question over a reload, and answers it once the session asks again', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    const before = log.approvals.pending()[0];
    await first.suspend();
    first.dispose();
    expect(log.approvals.pending().map(({ id }) => id)).toEqual([before?.id]);
    await newHost('second', { pid: 2 }).start();
    const resumed = await running(task);
    resumed.asks.fire({ ...bash, requestId: 'r9', toolUseId: 't9' });
    await settled();
    expect(stateOf(task)).toBe('waiting');
    expect(log.approvals.pending().map(({ id }) => id)).toEqual([before?.id]);
    desk.answer(before?.id ?? '', { choice: 'allowOnce' }, ada);
    expect(resumed.answers.map(({ requestId }) => requestId)).toEqual(['r9']);
  });

  it('lets an answer to a task without a process continue it, and uses the answer', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    await first.suspend();
    first.dispose();
    await newHost('second', { pid: 2, afterReload: 'pause' }).start();
    desk.answer(log.approvals.pending()[0]?.id ?? '', { choice: 'allowOnce' }, ada);
    const resumed = await running(task);
    resumed.asks.fire({ ...bash, requestId: 'r9' });
    expect(resumed.answers).toMatchObject([{ requestId: 'r9', answer: { behavior: 'allow' } }]);
  });

  it('takes over from a host that died: ends its processes and pauses its task in a true state', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    alive.delete(1);
    await newHost('second', { pid: 2 }).start();
    expect(swept).toEqual([task.id]);
    expect(service.get(task.id).status).toMatchObject({ state: 'paused', cause: 'hostLost' });
  });

  it('finishes a stop that a dead host had begun', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    log.append([
      { subject: task.id, facts: [{ type: 'claude-panel.task.stopping', data: { stage: 'interrupt', by: ada } }] },
    ]);
    alive.delete(1);
    await newHost('second', { pid: 2 }).start();
    expect(stateOf(task)).toBe('stopped');
  });

  it('leaves the tasks of a living host alone', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    await newHost('second', { pid: 2 }).start();
    expect(swept).toEqual([]);
    expect(stateOf(task)).toBe('running');
  });

  it('takes a sleeping machine neither for silence nor for work', async () => {
    await newHost().start();
    const task = create('slow', { minutes: 5 });
    await running(task);
    clock.jump(8 * 3_600_000);
    clock.advance(2000);
    await settled();
    expect(stateOf(task)).toBe('running');
    expect(service.get(task.id).silentSince).toBeUndefined();
  });

  it('gives a continued task a time allowance of its own', async () => {
    await newHost().start();
    const task = create('slow', { minutes: 1 });
    await running(task);
    clock.advance(61_000);
    await settled();
    expect(stateOf(task)).toBe('timedOut');
    service.continue(task.id, ada);
    await running(task);
    clock.advance(30_000);
    await settled();
    expect(stateOf(task)).toBe('running');
  });

  it('says that it stops while the program is still being opened, and does not wait for it', async () => {
    opening = new Promise(() => undefined);
    await newHost().start();
    const task = create();
    await settled();
    expect(stateOf(task)).toBe('starting');
    service.stop(task.id, ada);
    await settled();
    expect(stateOf(task)).toBe('stopped');
    expect(log.events({ after: 0, limit: 100 }).map(({ type }) => type)).toContain('claude-panel.task.stopping');
  });

  it('does not let a wish for an earlier run stop a later one', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    await running(task);
    await first.suspend();
    first.dispose();
    requests.add({ id: 'late', taskId: task.id, body: { kind: 'stop' }, by: ada, created: clock.now() });
    clock.advance(1000);
    await newHost('second', { pid: 2 }).start();
    await running(task);
    clock.advance(2000);
    await settled();
    expect(stateOf(task)).toBe('running');
  });

  it('goes on with tasks that the window before a reload sets aside only after this one has started', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    await running(task);
    await newHost('second', { pid: 2 }).start();
    await first.suspend();
    first.dispose();
    expect(stateOf(task)).toBe('paused');
    clock.advance(1000);
    await settled();
    expect(stateOf(task)).toBe('starting');
  });

  it('believes no look at processes while it cannot even find its own', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    alive.clear();
    await newHost('second', { pid: 2 }).start();
    expect(swept).toEqual([]);
    expect(stateOf(task)).toBe('running');
  });

  it('signs on again when its record was lost, instead of dropping its own tasks', async () => {
    await newHost('first', { pid: 1 }).start();
    const task = create();
    await running(task);
    hosts.remove('first');
    clock.advance(1000);
    await settled();
    expect(hosts.list().map(({ id }) => id)).toEqual(['first']);
    expect(stateOf(task)).toBe('running');
  });

  it('answers two identical questions of an earlier process one by one', async () => {
    const first = newHost('first', { pid: 1 });
    await first.start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    session.asks.fire({ ...bash, requestId: 'r2', toolUseId: 't2' });
    await settled();
    await first.suspend();
    first.dispose();
    await newHost('second', { pid: 2 }).start();
    const resumed = await running(task);
    resumed.asks.fire({ ...bash, requestId: 'r8' });
    resumed.asks.fire({ ...bash, requestId: 'r9' });
    await settled();
    expect(log.approvals.pending()).toHaveLength(2);
    for (const { id } of log.approvals.pending()) {
      desk.answer(id, { choice: 'allowOnce' }, ada);
    }
    expect(resumed.answers.map(({ requestId }) => requestId)).toEqual(['r8', 'r9']);
  });
});
