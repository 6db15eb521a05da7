import { type ExitCode, exitCodeOf } from '../../app/following/exitCode.ts';
import { followLog } from '../../app/following/followLog.ts';
import { NOTHING_YET, reduceOutcome } from '../../app/following/runOutcome.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import { DisposableStore } from '../../base/disposable.ts';
import { systemProcesses } from '../../core/process/processTree.ts';
import { isFinal, isLive, type Task } from '../../core/tasks/task.ts';
import type { CommandContext } from '../commandContext.ts';
import { attendTo } from './ownAttendant.ts';
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
  const { terminal, interrupts } = context;
  const { taskId, after, json } = run;
  const disposables = new DisposableStore();
  const screen = disposables.add(new TaskScreen({ terminal, json, panel, taskId }));
  const ended = Promise.withResolvers<Task>();
  let outcome = NOTHING_YET;

  const follower = disposables.add(
    followLog(panel.log, { after, subject: taskId }, event => {
      screen.show(event);
      outcome = reduceOutcome(outcome, event);
      const task = panel.tasks.get(taskId);
      if (isOver(task)) {
        ended.resolve(task);
      }
    }),
  );
  disposables.add(
    interrupts.listen((signal, count) => {
      if (count === 1) {
        terminal.say(signal === 'SIGINT' ? 'Stopping the task. Press Ctrl+C again to end it at once.' : 'Stopping.');
        panel.tasks.stop(taskId, panel.actor('commandLine'));
      } else {
        void killNow(panel.tasks.get(taskId));
      }
    }),
  );
  const attendant = disposables.add(
    attendTo(context, panel, {
      unattended: panel.tasks.get(taskId).unattended,
      concerns: approval => approval.taskId === taskId,
    }),
  );
  try {
    follower.catchUp();
    await panel.start();
    const end = await ended.promise;
    attendant.dispose();
    // What the process still says while it leaves belongs to the task.
    await panel.suspend(LEAVE_MS);
    follower.catchUp();
    screen.end({ ...panel.tasks.get(taskId), status: end.status });
    return exitCodeOf(end.status, outcome.somethingWasDenied);
  } finally {
    disposables.dispose();
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
