import { CONTINUE_WORDS } from '../../core/tasks/continueWords.ts';
import { isFinal, isLive } from '../../core/tasks/task.ts';
import { notPossibleNow } from '../../core/tasks/taskErrors.ts';
import type { CommandAction } from '../commandSpec.ts';
import { findTask } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { queueOrRun } from '../running/queueOrRun.ts';

/** Continues a paused task, a finished one, or one that nobody takes from the queue. */
export const resume: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: true }, async panel => {
    await panel.start();
    const { id, status } = findTask(panel.log, given.operand(0) ?? '');
    const message = given.operand(1);
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
