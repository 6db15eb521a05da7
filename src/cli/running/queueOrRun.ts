import { EXIT } from '../../app/following/exitCode.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import type { CommandContext } from '../commandContext.ts';
import { queueWorker } from './otherHosts.ts';
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
  const taskId = queue(undefined);
  context.terminal.say(`The ${worker.surface} (process ${worker.process.pid}) runs it: task ${taskId}.`);
  context.terminal.say(`Follow it with: claude-panel watch ${taskId}`);
  return EXIT.succeeded;
}
