import type { PanelServices } from '../../app/panelServices.ts';
import { notPossibleNow as chainNotPossibleNow } from '../../core/chains/chainErrors.ts';
import { type ChainRun, isChainOver } from '../../core/chains/chainRun.ts';
import { CONTINUE_WORDS } from '../../core/tasks/continueWords.ts';
import { isFinal, isLive } from '../../core/tasks/task.ts';
import { notPossibleNow } from '../../core/tasks/taskErrors.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { findWork } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { continueChain, queueOrRun } from '../running/queueOrRun.ts';
import { chainTakesNoMessage } from '../usageError.ts';

/** Continues a paused task, a finished one, or one that nobody takes from the queue; or a chain whose program is gone. */
export const resume: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: true }, async panel => {
    await panel.start();
    const message = given.operand(1);
    const found = findWork(panel.log, given.operand(0) ?? '');
    if (found.kind === 'chain') {
      return resumeChain(context, panel, { chain: found.chain, message, json: given.flag('json') });
    }
    const { id, status } = found.task;
    if (isLive(status)) {
      throw notPossibleNow('Continuing', status.state);
    }
    if (isFinal(status) && message === undefined) {
      context.terminal.say('Claude is asked to continue where it stopped. Give a message to say more.');
    }
    const text = message ?? (isFinal(status) ? CONTINUE_WORDS : undefined);
    return queueOrRun(context, panel, given.flag('json'), reservedFor => {
      if (status.state !== 'queued' || reservedFor !== undefined) {
        panel.tasks.continue(id, panel.actor('commandLine'), text, reservedFor);
      }
      return id;
    });
  });

function resumeChain(
  context: CommandContext,
  panel: PanelServices,
  { chain, message, json }: { readonly chain: ChainRun; readonly message: string | undefined; readonly json: boolean },
): Promise<number> {
  if (message !== undefined) {
    throw chainTakesNoMessage(chain.id);
  }
  if (isChainOver(chain.status)) {
    throw chainNotPossibleNow('Continuing', chain.status.state);
  }
  return continueChain(context, panel, json, chain);
}
