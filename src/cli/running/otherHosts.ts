import type { HostRecord } from '../../core/tasks/hostRegistry.ts';

/** A program that has not said for this long that it lives does not count; they say so every second. Milliseconds. */
const SILENT_MS = 10_000;

function isThere(host: HostRecord, now: number): boolean {
  return now - host.seen < SILENT_MS;
}

/** Whether a VS Code window is open in which a person could answer. */
export function isWindowOpen(hosts: readonly HostRecord[], now: number): boolean {
  return hosts.some(host => host.surface === 'VS Code window' && isThere(host, now));
}

/** A program, other than this one, that runs what is queued. */
export function queueWorker(hosts: readonly HostRecord[], ownId: string, now: number): HostRecord | undefined {
  return hosts.find(host => host.takesQueued && host.id !== ownId && isThere(host, now));
}
