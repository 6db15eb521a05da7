import { EXIT } from '../../app/following/exitCode.ts';
import { isFinal } from '../../core/tasks/task.ts';
import type { CommandAction } from '../commandSpec.ts';
import { findTask } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { queueOrRun } from '../running/queueOrRun.ts';

/** Says something to a task; a finished one goes on with it. */
export const send: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: true }, async panel => {
    await panel.start();
    const { id, status } = findTask(panel.log, given.operand(0) ?? '');
    const text = given.operand(1) ?? '';
    const by = panel.actor('commandLine');
    if (isFinal(status)) {
      return queueOrRun(context, panel, given.flag('json'), reservedFor => {
        panel.tasks.continue(id, by, text, reservedFor);
        return id;
      });
    }
    panel.tasks.sendMessage(id, text, by);
    context.terminal.line(
      status.state === 'paused' || status.state === 'queued'
        ? `Queued for task ${id}: Claude reads it when the task goes on.`
        : `Sent to task ${id}.`,
    );
    return EXIT.succeeded;
  });
