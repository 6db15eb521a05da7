import { EXIT } from '../../app/following/exitCode.ts';
import { isFinal } from '../../core/tasks/task.ts';
import type { CommandAction } from '../commandSpec.ts';
import { findTask } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { stateWords } from '../progress/stateWords.ts';
import { untilTask } from '../running/untilTask.ts';
import { oneLine } from '../terminal/plainText.ts';

const LONGEST_PAUSE_MS = 15_000;

/** Sets a task aside: its turn is settled, its session kept, its process gone. */
export const pause: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: false }, async panel => {
    await panel.start();
    const { id, title, status } = findTask(panel.log, given.operand(0) ?? '');
    if (status.state !== 'paused') {
      panel.tasks.pause(id, panel.actor('commandLine'));
    }
    const after = await untilTask(panel.log, context.clock, {
      id,
      timeoutMs: LONGEST_PAUSE_MS,
      test: task => task.status.state === 'paused' || isFinal(task.status),
    });
    const words = after === undefined ? 'gone' : stateWords(after.status);
    context.terminal.line(`${id} ${oneLine(title)}: ${words}.`);
    if (after?.status.state !== 'paused') {
      return EXIT.failed;
    }
    context.terminal.line(`Continue it with: claude-panel resume ${id}`);
    return EXIT.succeeded;
  });
