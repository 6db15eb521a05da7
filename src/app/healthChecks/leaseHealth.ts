import type { HostRecord } from '../../core/tasks/hostRegistry.ts';
import { isLive, type Task } from '../../core/tasks/task.ts';
import type { HealthCheck } from '../health.ts';

/** Whether every task that is said to run has an owner that lives. Pure. */
export function leaseHealth(
  tasks: readonly Task[],
  hosts: readonly Pick<HostRecord, 'id' | 'takesQueued'>[],
): HealthCheck[] {
  const living = new Set(hosts.map(({ id }) => id));
  const lost = tasks.filter(({ status }) => isLive(status) && !living.has(status.owner.hostId));
  const words = `${hosts.length} ${hosts.length === 1 ? 'program works' : 'programs work'} on this workspace`;
  return lost.length === 0
    ? [{ id: 'hosts', level: 'ok', text: `${words}; every running task has its owner` }]
    : lost.map(({ id, title }) => ({
        id: 'hosts',
        level: 'warning',
        text: `The program that ran "${title}" (task ${id}) is gone.`,
        remedy:
          'A VS Code window on this workspace takes it over within seconds; without one, open it or stop the task.',
      }));
}
