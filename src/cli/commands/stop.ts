import type { PanelServices } from '../../app/panelServices.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { EXIT } from '../exitCode.ts';
import { findTask } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { stateWords } from '../progress/stateWords.ts';
import { untilTask } from '../running/untilTask.ts';
import { oneLine } from '../terminal/plainText.ts';
import { missingOperand, tooManyOperands } from '../usageError.ts';

/** The ladder takes at most five seconds; a busy machine gets some more. */
const LONGEST_STOP_MS = 15_000;

/** Stops one task, or all of them, and waits until it is true. */
export const stop: CommandAction = (context, given) => {
  const wanted = given.operand(0);
  if (wanted === undefined && !given.flag('all')) {
    throw missingOperand('an ID, or --all', 'stop');
  }
  if (wanted !== undefined && given.flag('all')) {
    throw tooManyOperands(wanted, 'stop --all');
  }
  return withPanel(context, given, { runsTasks: false }, async panel => {
    await panel.start();
    const tasks = wanted === undefined ? panel.log.tasks.unfinished() : [findTask(panel.log, wanted)];
    if (tasks.length === 0) {
      context.terminal.line('No task is running.');
    }
    const results = await Promise.all(tasks.map(task => stopOne(context, panel, task)));
    return results.every(Boolean) ? EXIT.succeeded : EXIT.failed;
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
