import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { NewId } from '../../base/ids.ts';
import type { Actor } from '../events/actor.ts';
import type { ApprovalDesk } from './approvalDesk.ts';
import type { HostRecord, HostRegistry } from './hostRegistry.ts';
import { type HostLife, isHostDead, isSuspicious, orphanedTasks, tasksToLease } from './leaseDecision.ts';
import type { PanelLog } from './panelLog.ts';
import { isLive, type ProcessMark, type Task } from './task.ts';
import type { TaskFact } from './taskFact.ts';
import type { TaskRequests } from './taskRequest.ts';
import { type RunnerParts, TaskRunner } from './taskRunner.ts';

interface TaskHostParts {
  readonly log: PanelLog;
  readonly requests: TaskRequests;
  readonly hosts: HostRegistry;
  readonly clock: Clock;
  readonly newUuid: NewId;
  readonly record: Omit<HostRecord, 'seen'>;
  /** Whether exactly this process runs on this machine. */
  readonly isAlive: (process: ProcessMark) => Promise<boolean>;
  /** Ends every process that belongs to one of these tasks, by its mark. Resolves to the number left per task. */
  readonly sweep: (
    tasks: readonly { readonly id: string; readonly process?: ProcessMark }[],
  ) => Promise<ReadonlyMap<string, number>>;
  readonly maxParallel: () => number;
  readonly takesQueued: () => boolean;
  /** Of those in the queue it takes only what is reserved for it. */
  readonly ownTasksOnly: boolean;
  readonly afterReload: () => 'continue' | 'pause';
  readonly product: Actor;
  readonly desk: ApprovalDesk;
  readonly runner: () => Omit<RunnerParts, 'product' | 'desk' | 'log' | 'clock' | 'newUuid'>;
  readonly report: (level: 'info' | 'warn' | 'error', text: string) => void;
}

const RENEW_MS = 1000;
const RELOAD_OVERLAP_MS = 15_000;

/** Owns tasks for this process: takes them from the queue, runs them, does what viewers ask, and cleans up after the dead. */
export class TaskHost implements Disposable {
  readonly #parts: TaskHostParts;
  readonly #runners = new Map<
    string,
    { readonly runner: TaskRunner; readonly done: Promise<void>; readonly since: number }
  >();
  readonly #disposables = new DisposableStore();
  #closing = false;
  #dead: ReadonlySet<string> = new Set();
  #hasLooked = false;
  #recovering: Promise<void> | undefined;

  constructor(parts: TaskHostParts) {
    this.#parts = parts;
  }

  /** Registers this host, recovers what dead ones left, then works until it is disposed. */
  async start(): Promise<void> {
    const { hosts, record, clock, log, requests, report } = this.#parts;
    hosts.add({ ...record, seen: clock.now() });
    await this.recover().catch(error => report('warn', `Could not look after dead processes: ${String(error)}`));
    this.#goOnAfterReload();
    this.#disposables.add(log.onDidCommit(({ tasks }) => this.#onCommit(tasks)));
    this.#disposables.add(requests.onDidChange(() => this.#guard(() => this.#takeRequests())));
    this.#disposables.add(clock.every(RENEW_MS, () => this.#guard(() => this.#renew())));
    this.#fill();
  }

  /** Ends what processes of dead hosts left over and puts their tasks into a true state. */
  recover(): Promise<void> {
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = undefined;
    });
    return this.#recovering;
  }

  /** Looks at the queue again, after something outside the log changed, such as Workspace Trust or a setting. */
  look(): void {
    this.#guard(() => this.#fill());
  }

  /** The programs that work on this workspace, as far as was last looked. */
  livingHosts(): readonly HostRecord[] {
    return this.#parts.hosts.list().filter(({ id }) => !this.#dead.has(id));
  }

  /** Sets all running tasks aside; resolves when each is in a true state. */
  async suspend(): Promise<void> {
    this.#closing = true;
    for (const { runner } of this.#runners.values()) {
      runner.suspend('hostClosed');
    }
    await Promise.all([...this.#runners.values()].map(({ done }) => done));
  }

  dispose(): void {
    this.#closing = true;
    this.#disposables.dispose();
    if (this.#runners.size === 0) {
      this.#parts.hosts.remove(this.#parts.record.id);
    }
  }

  async #recover(): Promise<void> {
    const { log, hosts, sweep, report } = this.#parts;
    const unfinished = log.tasks.unfinished();
    // Read after the tasks: a host registers before it leases, so an owner that is not here has signed off.
    const records = hosts.list();
    await this.#lookForDead(records);
    const registered = new Set(records.map(host => host.id));
    const ownerless = orphanedTasks(unfinished, { registered, dead: this.#dead });
    const orphans = [...ownerless, ...unfinished.filter(task => this.#isDropped(task))];
    if (orphans.length > 0) {
      report('info', `Taking over ${orphans.length} task(s) of a process that is gone.`);
      const left = await sweep(orphans.map(({ id, status }) => ({ id, ...processOf(status) })));
      for (const orphan of orphans) {
        this.#settleOrphan(orphan, left.get(orphan.id) ?? 0);
      }
    }
    for (const id of this.#dead) {
      hosts.remove(id);
    }
  }

  async #lookForDead(records: readonly HostRecord[]): Promise<void> {
    const { record, clock, isAlive } = this.#parts;
    const now = clock.now();
    // The first look is at all of them: a host that died a moment ago has left tasks that claim to run.
    const suspects = records.filter(host => host.id !== record.id && (!this.#hasLooked || isSuspicious(host, now)));
    // A machine that cannot even find this process (no handles left) says nothing about the others.
    if (suspects.length === 0 || !(await isAlive(record.process))) {
      this.#dead = new Set();
      return;
    }
    const alive = new Set<string>();
    for (const host of suspects.filter(({ machine }) => machine === record.machine)) {
      if (await isAlive(host.process)) {
        alive.add(host.id);
      }
    }
    this.#hasLooked = true;
    const life: HostLife = { machine: record.machine, now, isAlive: host => alive.has(host.id) };
    this.#dead = new Set(suspects.filter(host => isHostDead(host, life)).map(host => host.id));
  }

  /** Owned by this process on paper, with nothing that runs it. */
  #isDropped({ id, status }: Task): boolean {
    return isLive(status) && status.owner.hostId === this.#parts.record.id && !this.#runners.has(id);
  }

  #settleOrphan(orphan: Task, leftOver: number): void {
    const { log, product } = this.#parts;
    log.decide(state => {
      const task = state.task(orphan.id);
      // Another host may have been quicker.
      const isSame =
        task !== undefined &&
        isLive(task.status) &&
        isLive(orphan.status) &&
        task.status.owner.hostId === orphan.status.owner.hostId &&
        (task.status.owner.hostId !== this.#parts.record.id || this.#isDropped(task));
      return {
        entries: isSame ? [{ subject: orphan.id, facts: orphanFacts(task, leftOver, product) }] : [],
        value: undefined,
      };
    });
  }

  #goOnAfterReload(): void {
    const { log, afterReload, takesQueued, ownTasksOnly, product } = this.#parts;
    // A host that closes must not take up again what it has just set aside.
    if (this.#closing || afterReload() !== 'continue' || !takesQueued() || ownTasksOnly) {
      return;
    }
    for (const { id } of log.tasks.unfinished().filter(isSuspendedByReload)) {
      log.decide(state => {
        const task = state.task(id);
        const goesOn = task !== undefined && isSuspendedByReload(task);
        return {
          entries: goesOn
            ? [{ subject: id, facts: [{ type: 'claude-panel.task.continued', data: { by: product } }] }]
            : [],
          value: undefined,
        };
      });
    }
  }

  #onCommit(tasks: readonly Task[]): void {
    if (tasks.some(task => task.status.state === 'queued')) {
      this.look();
    }
  }

  #fill(): void {
    const { log, takesQueued, maxParallel, record } = this.#parts;
    if (this.#closing || !takesQueued()) {
      return;
    }
    const living = new Set(this.livingHosts().map(host => host.id));
    const busy = new Set(this.#runners.keys());
    const free = maxParallel() - this.#runners.size;
    const onlyReserved = this.#parts.ownTasksOnly;
    for (const task of tasksToLease(log.tasks.unfinished(), { id: record.id, free, busy, living, onlyReserved })) {
      this.#lease(task.id);
    }
  }

  #lease(id: string): void {
    const { log, record, newUuid } = this.#parts;
    const owner = { hostId: record.id, surface: record.surface, pid: record.process.pid, machine: record.machine };
    const leased = log.decide<Task | undefined>(state => {
      const task = state.task(id);
      if (task === undefined || task.status.state !== 'queued') {
        return { entries: [], value: undefined };
      }
      const sessionId = task.sessionStarted && task.sessionId !== undefined ? task.sessionId : newUuid();
      const facts: TaskFact[] = [
        { type: 'claude-panel.task.starting', data: { owner, sessionId, resumes: task.sessionStarted } },
      ];
      return { entries: [{ subject: id, facts }], value: task };
    });
    const task = leased === undefined ? undefined : log.tasks.get(id);
    if (task !== undefined) {
      this.#run(task);
    }
  }

  #run(task: Task): void {
    const { runner: runnerParts, log, desk, clock, newUuid, product } = this.#parts;
    const runner = new TaskRunner(task, { ...runnerParts(), log, desk, clock, newUuid, product });
    const done = runner
      .run()
      .catch(error => this.#parts.report('error', `Task ${task.id}: ${String(error)}`))
      .finally(() => {
        // A stop that was wished while the task was being set aside must not be lost.
        this.#guard(() => this.#takeRequests());
        runner.dispose();
        this.#runners.delete(task.id);
        this.look();
      });
    this.#runners.set(task.id, { runner, done, since: task.status.state === 'starting' ? task.status.since : 0 });
    this.#takeRequests();
  }

  #takeRequests(): void {
    const { requests } = this.#parts;
    for (const request of requests.open([...this.#runners.keys()])) {
      const running = this.#runners.get(request.taskId);
      // What was wished of an earlier run does not concern this one.
      const isMeant = running !== undefined && request.created >= running.since;
      requests.settle(request.id, isMeant ? 'done' : 'void');
      if (isMeant) {
        running.runner.request(request.body, request.by);
      }
    }
  }

  #renew(): void {
    const { hosts, record, clock, desk, report } = this.#parts;
    const now = clock.now();
    if (hosts.list().some(({ id }) => id === record.id)) {
      hosts.renew(record.id, now);
    } else {
      hosts.add({ ...record, seen: now });
    }
    // The window before a reload may take some seconds to set its tasks aside.
    if (now - record.started < RELOAD_OVERLAP_MS) {
      this.#goOnAfterReload();
    }
    desk.expireOverdue();
    this.#takeRequests();
    this.recover().catch(error => report('warn', `Could not look after dead processes: ${String(error)}`));
    this.#fill();
  }

  /** A workspace file that cannot be written now (a full disk) must not take the host down; the next second tries again. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#parts.report('warn', `The workspace file could not be used: ${String(error)}`);
    }
  }
}

function processOf(status: Task['status']): { readonly process?: ProcessMark } {
  return isLive(status) && status.process !== undefined ? { process: status.process } : {};
}

function isSuspendedByReload(task: Task): boolean {
  return task.status.state === 'paused' && task.status.cause === 'hostClosed';
}

/** The true state of a task whose process and owner are gone. Pure. */
function orphanFacts(task: Task, leftOver: number, product: Actor): readonly TaskFact[] {
  const { status } = task;
  if (isLive(status) && status.stopping !== undefined) {
    return [{ type: 'claude-panel.task.stopped', data: { by: status.stopping.by, leftOver } }];
  }
  if (isLive(status) && status.pausing !== undefined) {
    return [{ type: 'claude-panel.task.paused', data: { cause: 'person', by: status.pausing.by } }];
  }
  const paused: TaskFact = { type: 'claude-panel.task.paused', data: { cause: 'hostLost' } };
  // A task that never got a session has done nothing: it simply takes its place in the queue again.
  return task.sessionStarted ? [paused] : [paused, { type: 'claude-panel.task.continued', data: { by: product } }];
}
