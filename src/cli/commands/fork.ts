import type { CommandAction } from '../commandSpec.ts';
import { findTask } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { queueOrRun } from '../running/queueOrRun.ts';

/** A new task that begins with the whole conversation of another one. */
export const fork: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: true }, async panel => {
    await panel.start();
    const { id } = findTask(panel.log, given.operand(0) ?? '');
    const prompt = given.operand(1) ?? '';
    return queueOrRun(
      context,
      panel,
      given.flag('json'),
      reservedFor => panel.tasks.fork(id, prompt, panel.actor('commandLine'), reservedFor).id,
    );
  });
