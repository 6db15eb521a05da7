import { text } from 'node:stream/consumers';
import { EXIT } from '../../app/following/exitCode.ts';
import type { PanelServices, StartTask } from '../../app/panelServices.ts';
import { approveContent } from '../answering/approveContent.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { chosenFolder, withPanel } from '../panelSession.ts';
import { runOwnTask } from '../running/ownRun.ts';
import { approveGiven, minutesGiven } from '../running/runOptions.ts';

/** `claude-panel run "…"`: starts a task and stays with it until it has ended. */
export const run: CommandAction = async (context, given) => {
  const minutes = minutesGiven(given);
  const prompt = await promptGiven(context, given);
  return withPanel(context, given, { runsTasks: true }, async panel => {
    const title = given.text('title');
    const profile = given.text('profile');
    const after = panel.log.lastSequence();
    const taskId = await startTask(context, panel, {
      prompt,
      cwd: chosenFolder(context, given),
      unattended: approveGiven(given),
      by: panel.actor('commandLine'),
      ownProcessOnly: true,
      ...(title === undefined ? {} : { title }),
      ...(profile === undefined ? {} : { profile }),
      ...(minutes === undefined ? {} : { minutes }),
    });
    return taskId === undefined ? EXIT.denied : runOwnTask(context, panel, { taskId, after, json: given.flag('json') });
  });
};

/** A prompt of `-` is read from standard input. */
async function promptGiven({ terminal }: CommandContext, given: GivenArguments): Promise<string> {
  const typed = given.operand(0) ?? '';
  return typed === '-' ? text(terminal.stdin) : typed;
}

/** The id of the task; undefined when what its profile needs was not approved. */
async function startTask(context: CommandContext, panel: PanelServices, input: StartTask): Promise<string | undefined> {
  for (;;) {
    const outcome = await panel.startTask(input);
    if (outcome.kind === 'started') {
      return outcome.task.id;
    }
    if (!(await approveContent(context, panel, { approvalId: outcome.approvalId, what: 'task' }))) {
      return undefined;
    }
  }
}
