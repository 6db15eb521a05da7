import { beforeEach } from 'vitest';
import { Emitter } from '../../../../src/base/event.ts';
import { newShortId, newUuid } from '../../../../src/base/ids.ts';
import type { ClaudeAsk } from '../../../../src/core/claude/claudeAsk.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';
import { ApprovalDesk } from '../../../../src/core/tasks/approvalDesk.ts';
import type { LiveUpdate } from '../../../../src/core/tasks/liveUpdate.ts';
import type { TaskSnapshots } from '../../../../src/core/tasks/runnerSnapshots.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { TaskHost } from '../../../../src/core/tasks/taskHost.ts';
import { TaskService } from '../../../../src/core/tasks/taskService.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryHostRegistry } from '../../../fixtures/memory/memoryHostRegistry.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { MemoryTaskRequests } from '../../../fixtures/memory/memoryTaskRequests.ts';
import { FakeSession } from './fakeSession.ts';

export const ada: Actor = { surface: 'panel', name: 'ada', hostId: 'window' };
export const bash: Extract<ClaudeAsk, { readonly kind: 'tool' }> = {
  kind: 'tool',
  requestId: 'r1',
  toolName: 'Bash',
  toolUseId: 't1',
  input: { command: 'npm test' },
  suggestions: [],
  requiresUser: false,
  onceOnly: false,
};

export let clock: ManualClock;
export let log: MemoryPanelLog;
export let requests: MemoryTaskRequests;
export let hosts: MemoryHostRegistry;
export let desk: ApprovalDesk;
export let service: TaskService;
export let sessions: FakeSession[];
export let swept: string[];
export let alive: Set<number>;
let takeSnapshots: TaskSnapshots['take'];
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
  takeSnapshots = (task, moment) => Promise.resolve({ moment, attempt: task.attempt, hostId: 'window', snapshots: [] });
});

export function newHost(
  id = 'window',
  options: { maxParallel?: number; afterReload?: 'continue' | 'pause'; pid?: number; deadlineMs?: number } = {},
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
      snapshots: { take: (task, moment, signal) => takeSnapshots(task, moment, signal) },
      limits: { silenceMs: 60_000, idleMs: 600_000 },
      approvalDeadlineMs: options.deadlineMs,
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

export function create(prompt = 'Add a health endpoint', limits = {}): Task {
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

export function stateOf(task: Task): string {
  return service.get(task.id).status.state;
}

/** Lets promises that are ready run; no time passes on the fake clock. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await Promise.resolve();
  }
}

export function only(list: readonly FakeSession[], index = 0): FakeSession {
  const session = list[index];
  if (session === undefined) {
    throw new Error(`no session ${index}`);
  }
  return session;
}

export async function running(task: Task): Promise<FakeSession> {
  await settled();
  const session = sessions.findLast(other => other.options.task.id === task.id);
  if (session === undefined) {
    throw new Error('not started');
  }
  session.turn();
  await settled();
  return session;
}

export function takeSnapshotsBy(take: TaskSnapshots['take']): void {
  takeSnapshots = take;
}

/** Opening a session takes until this has resolved. */
export function openAfter(promise: Promise<void>): void {
  opening = promise;
}
