import type { PanelServices } from '../../app/panelServices.ts';
import { systemProcesses } from '../../core/process/processTree.ts';
import { isFinal, isLive, type Task } from '../../core/tasks/task.ts';
import { ApprovalPrompt } from '../answering/approvalPrompt.ts';
import { Attendant } from '../answering/attendant.ts';
import { LineReader } from '../answering/lineReader.ts';
import type { CommandContext } from '../commandContext.ts';
import { type ExitCode, exitCodeOf } from '../exitCode.ts';
import { followLog } from '../progress/followLog.ts';
import { NOTHING_YET, reduceOutcome } from '../progress/runOutcome.ts';
import { answerSeconds } from '../settingsFromEnvironment.ts';
import { isWindowOpen } from './otherHosts.ts';
import { TaskScreen } from './taskScreen.ts';

/** How long the Claude Code process of a finished task may take to leave, in milliseconds. */
const LEAVE_MS = 8000;

/**
 * Runs one task in this process and stays until it has ended or was set aside: shows it, sees to its questions and
 * stops it on Ctrl+C. The task is reserved for this process. `after` is the position in the log to show from.
 */
export async function runOwnTask(
  context: CommandContext,
  panel: PanelServices,
  run: { readonly taskId: string; readonly after: number; readonly json: boolean },
): Promise<ExitCode> {
  const { terminal, clock, interrupts, environment } = context;
  const { taskId, after, json } = run;
  const person = panel.actor('commandLine');
  const screen = new TaskScreen({ terminal, json, panel, taskId });
  const reader = new LineReader({ terminal, interrupts, clock });
  const ended = Promise.withResolvers<void>();
  let outcome = NOTHING_YET;

  const follower = followLog(panel.log, { after, subject: taskId }, event => {
    screen.show(event);
    outcome = reduceOutcome(outcome, event);
    if (isOver(panel.tasks.get(taskId))) {
      ended.resolve();
    }
  });
  const signals = interrupts.listen((signal, count) => {
    if (count === 1) {
      terminal.say(`${signal === 'SIGINT' ? 'Stopping the task. Press Ctrl+C again to end it at once.' : 'Stopping.'}`);
      panel.tasks.stop(taskId, person);
    } else {
      void killNow(panel.tasks.get(taskId));
    }
  });
  const attendant = new Attendant({
    log: panel.log,
    desk: panel.approvals,
    clock,
    terminal,
    prompt: new ApprovalPrompt({ terminal, reader, clock }),
    taskId,
    person,
    product: { ...panel.actor('product'), name: 'unattended run' },
    othersCanAnswer: () => isWindowOpen(panel.hosts(), clock.now()),
    grace: answerSeconds(environment) * 1000,
  });
  try {
    follower.catchUp();
    await panel.start();
    await ended.promise;
    attendant.dispose();
    // What the process still says while it leaves belongs to the task.
    await panel.suspend(LEAVE_MS);
    follower.catchUp();
    const task = panel.tasks.get(taskId);
    screen.end(task);
    return exitCodeOf(task.status, outcome.somethingWasDenied);
  } finally {
    attendant.dispose();
    signals.dispose();
    follower.dispose();
    screen.dispose();
  }
}

function isOver({ status }: Task): boolean {
  return isFinal(status) || status.state === 'paused';
}

/** The ladder sees that its process is gone, and sweeps up what that left. */
async function killNow({ status }: Task): Promise<void> {
  if (isLive(status) && status.process !== undefined) {
    await systemProcesses().kill([status.process]);
  }
}
