import type { TaskStateView, TaskSummary, TaskUndo } from '../../protocol/taskView.ts';
import { spokenDuration } from '../format/clockText.ts';
import { moneyText } from '../format/moneyText.ts';
import type { IconName } from '../parts/icon.ts';
import { workedMs } from '../state/taskGroups.ts';

export interface StateLook {
  readonly icon: IconName;
  readonly tone: 'info' | 'ok' | 'warn' | 'bad' | 'dim';
  readonly word: string;
  readonly spins?: boolean;
}

const LOOKS: Readonly<Record<TaskStateView, StateLook>> = {
  queued: { icon: 'clock', tone: 'dim', word: 'Queued' },
  starting: { icon: 'loading', tone: 'info', word: 'Starting', spins: true },
  running: { icon: 'loading', tone: 'info', word: 'Working', spins: true },
  waiting: { icon: 'warning', tone: 'warn', word: 'Waits for you' },
  paused: { icon: 'pause', tone: 'dim', word: 'Paused' },
  succeeded: { icon: 'pass', tone: 'ok', word: 'Done' },
  failed: { icon: 'error', tone: 'bad', word: 'Failed' },
  stopped: { icon: 'circle-slash', tone: 'dim', word: 'Stopped' },
  timedOut: { icon: 'clock', tone: 'bad', word: 'Out of time' },
  overBudget: { icon: 'error', tone: 'bad', word: 'Over its budget' },
};

/** What of a task's changes is undone, in words. */
const UNDONE_WORDS: Readonly<Record<NonNullable<TaskUndo['undone']>, string>> = {
  all: 'Undone',
  lastRun: 'Last run undone',
  some: 'Partly undone',
};

export function taskLook(task: TaskSummary): StateLook {
  if (task.state === 'waiting' && task.pendingApprovals === 0) {
    // It waits for a limit to pass, not for a person.
    return { icon: 'clock', tone: 'warn', word: 'Waits' };
  }
  return LOOKS[task.state];
}

/** The second line of a row: what happens now, or why it ended. */
export function activityText(task: TaskSummary): string {
  if (task.stopping !== undefined) {
    return {
      interrupt: 'Stopping',
      terminate: 'Stopping: ending its processes',
      kill: 'Stopping: ending them by force',
    }[task.stopping.stage];
  }
  if (task.pausing) {
    return 'Pausing: the turn settles';
  }
  const undone = task.undo?.undone === undefined ? '' : UNDONE_WORDS[task.undo.undone];
  if (task.failure !== undefined) {
    return [undone, task.failure.message].filter(part => part !== '').join(' · ');
  }
  if (task.state === 'succeeded') {
    return undone;
  }
  const agents = task.agentsRunning > 0 ? `${task.agentsRunning} ${task.agentsRunning === 1 ? 'agent' : 'agents'}` : '';
  const steps = task.todosTotal > 0 ? `${task.todosDone} of ${task.todosTotal} steps` : '';
  const activity = task.activity === '' && task.state === 'stopped' ? 'Stopped' : task.activity;
  return [agents, undone, activity, steps].filter(part => part !== '').join(' · ');
}

/** The whole row in words, for screen readers. */
export function spokenTask(task: TaskSummary, now: number): string {
  const { word } = taskLook(task);
  const activity = activityText(task);
  return [
    task.title,
    activity.startsWith(word) ? '' : word,
    activity,
    moneyText(task.costUsd),
    spokenDuration(workedMs(task, now)),
    task.unread ? 'not read yet' : '',
    task.rehearsal ? 'rehearsal' : '',
  ]
    .filter(part => part !== '')
    .join(', ');
}
