import type { PanelServices } from '../../app/panelServices.ts';
import { isFinal } from '../../core/tasks/task.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { EXIT, exitCodeOf } from '../exitCode.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { findTask } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { EventLines } from '../progress/eventLines.ts';
import { followLog } from '../progress/followLog.ts';
import { NOTHING_YET, reduceOutcome } from '../progress/runOutcome.ts';
import { summaryLine } from '../progress/summaryLine.ts';
import { TaskScreen } from '../running/taskScreen.ts';
import { badValue } from '../usageError.ts';

/** Follows one task to its end, or everything that happens until Ctrl+C. */
export const watch: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: false }, async panel => {
    await panel.start();
    const wanted = given.operand(0);
    return wanted === undefined
      ? watchAll(context, panel, given)
      : watchTask(context, panel, findTask(panel.log, wanted).id, given);
  });

function positionGiven(given: GivenArguments): number | undefined {
  const text = given.text('after');
  if (text !== undefined && !/^\d+$/.test(text)) {
    throw badValue('--after', text, 'the seq of an event, or 0 for the whole log');
  }
  return text === undefined ? undefined : Number(text);
}

/** Shows the task from its beginning and ends when it ends, with its exit code. */
async function watchTask(
  context: CommandContext,
  panel: PanelServices,
  taskId: string,
  given: GivenArguments,
): Promise<number> {
  const json = given.flag('json');
  const screen = new TaskScreen({ terminal: context.terminal, json, panel, taskId });
  const ended = Promise.withResolvers<void>();
  let outcome = NOTHING_YET;
  const follower = followLog(panel.log, { after: positionGiven(given) ?? 0, subject: taskId }, event => {
    screen.show(event);
    outcome = reduceOutcome(outcome, event);
    if (isFinal(panel.tasks.get(taskId).status)) {
      ended.resolve();
    }
  });
  follower.catchUp();
  if (isFinal(panel.tasks.get(taskId).status)) {
    ended.resolve();
  }
  const wasLeft = await endedOrLeft(context, ended.promise);
  follower.catchUp();
  follower.dispose();
  screen.dispose();
  if (wasLeft) {
    return context.terminal.outputClosed.aborted ? EXIT.succeeded : EXIT.stopped;
  }
  const task = panel.tasks.get(taskId);
  screen.end(task);
  return exitCodeOf(task.status, outcome.somethingWasDenied);
}

async function watchAll(context: CommandContext, panel: PanelServices, given: GivenArguments): Promise<number> {
  const { terminal } = context;
  const json = given.flag('json');
  const screens = new Map<string, EventLines>();
  const after = positionGiven(given) ?? panel.log.lastSequence();
  if (!json) {
    terminal.say(`Watching ${panel.folder}. Press Ctrl+C to end.`);
  }
  const follower = followLog(panel.log, { after }, event => {
    if (json) {
      terminal.line(JSON.stringify(event));
      return;
    }
    const lines = screens.get(event.subject) ?? new EventLines(terminal.paint);
    screens.set(event.subject, lines);
    const mark = terminal.paint('dim', event.subject.slice(0, 8));
    for (const { text } of lines.lines(event)) {
      terminal.line(`${mark} ${text}`);
    }
    const task = panel.log.tasks.get(event.subject);
    if (task !== undefined && END_TYPES.has(event.type)) {
      screens.delete(event.subject);
      terminal.line(`${mark} ${summaryLine(task)}`);
    }
  });
  follower.catchUp();
  await endedOrLeft(context, new Promise<never>(() => {}));
  follower.dispose();
  return terminal.outputClosed.aborted ? EXIT.succeeded : EXIT.stopped;
}

const END_TYPES: ReadonlySet<string> = new Set([
  'claude-panel.task.succeeded',
  'claude-panel.task.failed',
  'claude-panel.task.stopped',
  'claude-panel.task.timedOut',
  'claude-panel.task.overBudget',
]);

/** True when the person left (or nobody reads the output any more) before it ended. */
async function endedOrLeft({ interrupts, terminal }: CommandContext, ended: Promise<void>): Promise<boolean> {
  const left = Promise.withResolvers<void>();
  const signals = interrupts.listen(() => left.resolve());
  const { outputClosed } = terminal;
  const leave = (): void => left.resolve();
  outputClosed.addEventListener('abort', leave, { once: true });
  if (outputClosed.aborted) {
    leave();
  }
  const wasLeft = await Promise.race([ended.then(() => false), left.promise.then(() => true)]);
  outputClosed.removeEventListener('abort', leave);
  signals.dispose();
  return wasLeft;
}
