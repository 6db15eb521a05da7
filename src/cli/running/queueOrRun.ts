import { EXIT } from '../../app/following/exitCode.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import type { HostRecord } from '../../core/tasks/hostRegistry.ts';
import type { CommandContext } from '../commandContext.ts';
import { queueWorker } from './otherHosts.ts';
import { runOwnChain } from './ownChain.ts';
import { runOwnTask } from './ownRun.ts';

/**
 * Has a task continued by a program that works through the queue, when there is one; else this process runs it
 * and stays. `queue` puts the task into the queue, reserved for a host when one is named, and gives its id.
 */
export async function queueOrRun(
  context: CommandContext,
  panel: PanelServices,
  json: boolean,
  queue: (reservedFor: string | undefined) => string,
): Promise<number> {
  const { hostId } = panel.actor('commandLine');
  const worker = queueWorker(panel.hosts(), hostId, context.clock.now());
  const after = panel.log.lastSequence();
  if (worker === undefined) {
    return runOwnTask(context, panel, { taskId: queue(hostId), after, json });
  }
  return leaveTo(context, worker, { kind: 'task', id: queue(undefined) });
}

/** Goes on with a chain whose program is gone, unless one lives that does so. */
export async function continueChain(
  context: CommandContext,
  panel: PanelServices,
  json: boolean,
  chain: ChainRun,
): Promise<number> {
  const { hostId } = panel.actor('commandLine');
  const { status, id } = chain;
  const hosts = panel.hosts();
  const worker =
    hosts.find(host => status.state === 'running' && host.id === status.owner.hostId) ??
    hosts.find(host => status.state === 'queued' && host.id === chain.reservedFor) ??
    queueWorker(hosts, hostId, context.clock.now());
  if (worker !== undefined) {
    return leaveTo(context, worker, { kind: 'chain', id });
  }
  const after = panel.log.lastSequence();
  panel.adoptChain(id);
  return runOwnChain(context, panel, { chainId: id, after, json });
}

function leaveTo(
  { terminal }: CommandContext,
  worker: HostRecord,
  { kind, id }: { readonly kind: 'task' | 'chain'; readonly id: string },
): number {
  terminal.say(`The ${worker.surface} (process ${worker.process.pid}) runs it: ${kind} ${id}.`);
  terminal.say(`Follow it with: claude-panel watch ${id}`);
  return EXIT.succeeded;
}
