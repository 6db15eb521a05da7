import { EXIT } from '../../app/following/exitCode.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import { type ChainRun, isChainOver } from '../../core/chains/chainRun.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { findWork } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { chainWords } from '../progress/chainSummary.ts';
import { stateWords } from '../progress/stateWords.ts';
import { untilChain, untilTask } from '../running/untilTask.ts';
import { oneLine } from '../terminal/plainText.ts';
import { missingOperand, optionDoesNotFit } from '../usageError.ts';

/** The ladder takes at most five seconds; a busy machine gets some more. */
const LONGEST_STOP_MS = 15_000;

/** Stops one task or chain, or all of them, and waits until it is true. */
export const stop: CommandAction = (context, given) => {
  const wanted = given.operand(0);
  if (wanted === undefined && !given.flag('all')) {
    throw missingOperand('an ID, or --all', 'stop');
  }
  if (wanted !== undefined && given.flag('all')) {
    throw optionDoesNotFit('--all', `One was named: ${wanted}.`, 'Give an ID, or --all.');
  }
  return withPanel(context, given, { runsTasks: false }, async panel => {
    await panel.start();
    const found = wanted === undefined ? undefined : findWork(panel.log, wanted);
    // A chain stops what its steps run: what is left of the tasks then belongs to none.
    const chains = found === undefined ? panel.log.chains.unfinished() : found.kind === 'chain' ? [found.chain] : [];
    const stopped = await Promise.all(chains.map(chain => stopChain(context, panel, chain)));
    const tasks = found === undefined ? panel.log.tasks.unfinished() : found.kind === 'task' ? [found.task] : [];
    if (tasks.length + chains.length === 0) {
      context.terminal.line('No task is running.');
    }
    const results = await Promise.all(tasks.map(task => stopOne(context, panel, task)));
    return [...stopped, ...results].every(Boolean) ? EXIT.succeeded : EXIT.failed;
  });
};

async function stopOne({ terminal, clock }: CommandContext, panel: PanelServices, task: Task): Promise<boolean> {
  const name = `${task.id} ${oneLine(task.title)}`;
  if (isFinal(task.status)) {
    terminal.line(`${name}: has ended already (${stateWords(task.status)}).`);
    return true;
  }
  panel.tasks.stop(task.id, panel.actor('commandLine'));
  const after = await untilTask(panel.log, clock, {
    id: task.id,
    timeoutMs: LONGEST_STOP_MS,
    test: ({ status }) => isFinal(status),
  });
  if (after === undefined || !isFinal(after.status)) {
    terminal.say(`${name}: the program that runs it has not ended it yet. It will when it can.`);
    return false;
  }
  terminal.line(`${name}: ${stateWords(after.status)}.`);
  return true;
}

async function stopChain({ terminal, clock }: CommandContext, panel: PanelServices, chain: ChainRun): Promise<boolean> {
  const name = `${chain.id} ${oneLine(chain.command.title)}`;
  if (isChainOver(chain.status)) {
    terminal.line(`${name}: has ended already (${chainWords(chain)}).`);
    return true;
  }
  panel.chains.stop(chain.id, panel.actor('commandLine'));
  const after = await untilChain(panel.log, clock, { id: chain.id, timeoutMs: LONGEST_STOP_MS });
  if (after === undefined || !isChainOver(after.status)) {
    terminal.say(`${name}: the program that runs it has not ended it yet. It will when it can.`);
    return false;
  }
  terminal.line(`${name}: ${chainWords(after)}.`);
  return true;
}
