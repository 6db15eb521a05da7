import type { HostRecord } from './hostRegistry.ts';
import { isLive, type Task } from './task.ts';

/** How a host learns whether another one lives. */
export interface HostLife {
  readonly machine: string;
  /** Whether the process with this id and start time runs on this machine. */
  isAlive(host: HostRecord): boolean;
  readonly now: number;
}

/** Another machine's process cannot be looked at: its silence has to be long before it counts as dead. */
const FOREIGN_SILENCE_MS = 60_000;
/** A living host renews its record each second. */
const SUSPICIOUS_SILENCE_MS = 3000;

export function isHostDead(host: HostRecord, life: HostLife): boolean {
  return host.machine === life.machine ? !life.isAlive(host) : life.now - host.seen > FOREIGN_SILENCE_MS;
}

/** Whether a look at its process is worth its cost: a host that was heard of just now lives. Pure. */
export function isSuspicious(host: HostRecord, now: number): boolean {
  return now - host.seen > SUSPICIOUS_SILENCE_MS;
}

/** Tasks that claim to be live while nobody owns them: their host is found dead, or has signed off. Pure. */
export function orphanedTasks(
  unfinished: readonly Task[],
  hosts: { readonly registered: ReadonlySet<string>; readonly dead: ReadonlySet<string> },
): readonly Task[] {
  const isGone = (hostId: string): boolean => hosts.dead.has(hostId) || !hosts.registered.has(hostId);
  return unfinished.filter(({ status }) => isLive(status) && isGone(status.owner.hostId));
}

/** The tasks that a host starts next: oldest first, within its limit, leaving those that a living host reserved. Pure. */
export function tasksToLease(
  unfinished: readonly Task[],
  host: {
    readonly id: string;
    readonly free: number;
    readonly busy: ReadonlySet<string>;
    readonly living: ReadonlySet<string>;
    /** A program that was started for one task leaves those of others alone. */
    readonly onlyReserved?: boolean;
  },
): readonly Task[] {
  const isOthersToTake = ({ reservedFor }: Task): boolean =>
    host.onlyReserved !== true && (reservedFor === undefined || !host.living.has(reservedFor));
  const mayTake = (task: Task): boolean =>
    task.status.state === 'queued' && !host.busy.has(task.id) && (task.reservedFor === host.id || isOthersToTake(task));
  return unfinished.filter(mayTake).slice(0, Math.max(0, host.free));
}
