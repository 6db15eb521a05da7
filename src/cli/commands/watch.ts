import { ChainFamily } from '../../app/following/chainFamily.ts';
import { chainExitCode, EXIT, exitCodeOf } from '../../app/following/exitCode.ts';
import { followLog, type TaskEvent } from '../../app/following/followLog.ts';
import { NOTHING_YET, reduceOutcome } from '../../app/following/runOutcome.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import { endsChain, isChainFact } from '../../core/chains/chainFact.ts';
import { isChainOver } from '../../core/chains/chainRun.ts';
import { isFinal } from '../../core/tasks/task.ts';
import { endsTask } from '../../core/tasks/taskFact.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { findWork } from '../idPrefix.ts';
import { withPanel } from '../panelSession.ts';
import { type ChainEvent, ChainLines } from '../progress/chainLines.ts';
import { chainSummary } from '../progress/chainSummary.ts';
import { EventLines, type ProgressLine } from '../progress/eventLines.ts';
import { summaryLine } from '../progress/summaryLine.ts';
import { ChainScreen } from '../running/chainScreen.ts';
import { TaskScreen } from '../running/taskScreen.ts';
import { badValue } from '../usageError.ts';

/** Follows one task or chain to its end, or everything that happens until Ctrl+C. */
export const watch: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: false }, async panel => {
    await panel.start();
    const wanted = given.operand(0);
    if (wanted === undefined) {
      return watchAll(context, panel, given);
    }
    const found = findWork(panel.log, wanted);
    return found.kind === 'task'
      ? watchTask(context, panel, found.id, given)
      : watchChain(context, panel, found.id, given);
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

/** The same for a chain, with the chains, tasks and questions of its steps. */
async function watchChain(
  context: CommandContext,
  panel: PanelServices,
  chainId: string,
  given: GivenArguments,
): Promise<number> {
  const screen = new ChainScreen({ terminal: context.terminal, json: given.flag('json') });
  const family = new ChainFamily(panel.log, chainId);
  const ended = Promise.withResolvers<void>();
  let outcome = NOTHING_YET;
  const isOver = (): boolean => isChainOver(panel.chains.get(chainId).status);
  const follower = followLog(panel.log, { after: positionGiven(given) ?? 0 }, event => {
    if (family.take(event)) {
      screen.show(event);
      outcome = reduceOutcome(outcome, event);
    }
    if (isOver()) {
      ended.resolve();
    }
  });
  follower.catchUp();
  if (isOver()) {
    ended.resolve();
  }
  const wasLeft = await endedOrLeft(context, ended.promise);
  follower.catchUp();
  follower.dispose();
  if (wasLeft) {
    return context.terminal.outputClosed.aborted ? EXIT.succeeded : EXIT.stopped;
  }
  const chain = panel.chains.get(chainId);
  screen.end(chain);
  return chainExitCode(chain.status, outcome.somethingWasDenied);
}

async function watchAll(context: CommandContext, panel: PanelServices, given: GivenArguments): Promise<number> {
  const { terminal } = context;
  const json = given.flag('json');
  const screens = new Map<string, EventLines>();
  const chains = new Map<string, ChainLines>();
  const linesOf = (event: TaskEvent): readonly ProgressLine[] => {
    const { subject } = event;
    if (isChainFact(event)) {
      const lines = chains.get(subject) ?? new ChainLines(terminal.paint);
      chains.set(subject, lines);
      return lines.lines(event as unknown as ChainEvent);
    }
    const lines = screens.get(subject) ?? new EventLines(terminal.paint);
    screens.set(subject, lines);
    return lines.lines(event);
  };
  const after = positionGiven(given) ?? panel.log.lastSequence();
  if (!json) {
    terminal.say(`Watching ${panel.folder}. Press Ctrl+C to end.`);
  }
  const follower = followLog(panel.log, { after }, event => {
    if (json) {
      terminal.line(JSON.stringify(event));
      return;
    }
    const mark = terminal.paint('dim', event.subject.slice(0, 8));
    for (const { text } of linesOf(event)) {
      terminal.line(`${mark} ${text}`);
    }
    const chain = endsChain(event.type) ? panel.log.chains.get(event.subject) : undefined;
    if (chain !== undefined) {
      chains.delete(event.subject);
      terminal.line(`${mark} ${chainSummary(chain)}`);
    }
    const task = endsTask(event.type) ? panel.log.tasks.get(event.subject) : undefined;
    if (task !== undefined) {
      screens.delete(event.subject);
      terminal.line(`${mark} ${summaryLine(task)}`);
    }
  });
  follower.catchUp();
  await endedOrLeft(context, new Promise<never>(() => {}));
  follower.dispose();
  return terminal.outputClosed.aborted ? EXIT.succeeded : EXIT.stopped;
}

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
