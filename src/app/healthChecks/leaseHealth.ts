import { type ChainRun, isSetAside } from '../../core/chains/chainRun.ts';
import type { HostRecord } from '../../core/tasks/hostRegistry.ts';
import { isLive, type Task } from '../../core/tasks/task.ts';
import type { HealthCheck } from '../health.ts';

/** Whether every task and chain that is said to run has an owner that lives. Pure. */
export function leaseHealth(
  tasks: readonly Task[],
  chains: readonly ChainRun[],
  hosts: readonly Pick<HostRecord, 'id' | 'takesQueued'>[],
): HealthCheck[] {
  const living = new Set(hosts.map(({ id }) => id));
  const lost = tasks.filter(({ status }) => isLive(status) && !living.has(status.owner.hostId));
  const lostChains = chains.filter(chain => isSetAside(chain, living));
  const gone = [
    ...lost.map(({ id, title }) => `"${title}" (task ${id})`),
    ...lostChains.map(({ id, command }) => `"${command.title}" (chain ${id})`),
  ];
  const words = `${hosts.length} ${hosts.length === 1 ? 'program works' : 'programs work'} on this workspace`;
  return gone.length === 0
    ? [{ id: 'hosts', level: 'ok', text: `${words}; every running task and chain has its owner` }]
    : gone.map(what => ({
        id: 'hosts',
        level: 'warning',
        text: `The program that ran ${what} is gone.`,
        remedy:
          'A VS Code window on this workspace takes it over within seconds; without one, resume it on the command line, or stop it.',
      }));
}
