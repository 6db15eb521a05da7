import type { Failure } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import { isFinal, isLive, type Task, type TaskStatus, type TokenCount } from '../../core/tasks/task.ts';
import type { TaskSummary } from '../../protocol/taskView.ts';
import { oneLine } from './shownText.ts';
import { presentUndo } from './taskUndo.ts';

const LONGEST_ACTIVITY = 200;

/** `hostId` is this process: what another one runs is marked as such. */
export function presentTask(task: Task, hostId: string | undefined): TaskSummary {
  const { status } = task;
  const failure = failureOf(task);
  const owner = ownerElsewhere(status, hostId);
  const undo = presentUndo(task);
  return {
    id: task.id,
    title: oneLine(task.title, LONGEST_ACTIVITY),
    state: status.state,
    activity: oneLine(activityOf(task), LONGEST_ACTIVITY),
    profile: visibleText(task.profile.name),
    ...(task.model === undefined ? {} : { model: visibleText(task.model) }),
    created: task.created,
    ...(task.runningSince === undefined ? {} : { runningSince: task.runningSince }),
    workedMs: task.workedMs,
    ...(isFinal(status) ? { ended: status.ended } : {}),
    costUsd: task.costUsd,
    tokens: tokensOf(task),
    filesChanged: task.files.length,
    agentsRunning: task.agents.filter(agent => agent.status === 'running').length,
    toolCalls: task.toolCount,
    todosDone: task.todos.filter(todo => todo.status === 'completed').length,
    todosTotal: task.todos.length,
    pendingApprovals: task.pendingApprovals.length,
    ...(isLive(status) && status.stopping !== undefined
      ? { stopping: { stage: status.stopping.stage, since: status.stopping.since } }
      : {}),
    pausing: isLive(status) && status.pausing !== undefined,
    unread: !task.read,
    archived: task.archived,
    rehearsal: task.rehearsal,
    ...(owner === undefined ? {} : { ownedElsewhere: owner }),
    ...(failure === undefined ? {} : { failure }),
    ...(undo === undefined ? {} : { undo }),
  };
}

/** What went in and came out. Cached tokens cost a fraction and are not counted with them. */
function tokensOf(task: Task): number {
  const counts: readonly TokenCount[] = [...Object.values(task.models), ...Object.values(task.turnTokens)];
  return counts.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0);
}

function activityOf(task: Task): string {
  const { status, retry } = task;
  if (isLive(status) && (status.stopping !== undefined || status.pausing !== undefined)) {
    return task.activity;
  }
  switch (status.state) {
    case 'waiting':
      return waitingText(status, task);
    case 'paused':
      return pausedText(status);
    case 'running':
      return retry === undefined ? task.activity : `Waiting to try again (${retry.attempt} of ${retry.maxRetries})`;
    default:
      return task.activity;
  }
}

function waitingText(status: Extract<TaskStatus, { state: 'waiting' }>, task: Task): string {
  switch (status.for) {
    case 'approval':
      return 'Waits for you';
    case 'question':
    case 'elicitation':
      return 'Asks you a question';
    case 'plan':
      return 'Shows you a plan';
    case 'limit':
      return task.rateLimit?.text ?? task.activity;
  }
}

function pausedText(status: Extract<TaskStatus, { state: 'paused' }>): string {
  switch (status.cause) {
    case 'person':
      return status.by === undefined ? 'Paused' : `Paused by ${status.by.name}`;
    case 'hostClosed':
      return 'Set aside when VS Code closed; can be continued';
    case 'hostLost':
      return 'Set aside when its program was lost; can be continued';
  }
}

function ownerElsewhere(status: TaskStatus, hostId: string | undefined): string | undefined {
  if (!isLive(status) || hostId === undefined || status.owner.hostId === hostId) {
    return undefined;
  }
  return `${status.owner.surface} (pid ${status.owner.pid})`;
}

/** Why a task did not end well, as a person reads it. */
export function failureOf(task: Task): Failure | undefined {
  const { status } = task;
  switch (status.state) {
    case 'failed':
      return shownFailure(status.failure);
    case 'timedOut':
      return {
        family: 'task',
        reason: 'timedOut',
        message: `The task reached its time limit of ${status.minutes} min.`,
        remedy: 'Continue it with a message, or run it again with a longer limit.',
      };
    case 'overBudget':
      return {
        family: 'task',
        reason: 'overBudget',
        message:
          status.limit === 'usd'
            ? `The task reached its cost limit of $${status.limitValue}.`
            : `The task reached its limit of ${status.limitValue} turns.`,
        remedy: 'Continue it with a message, or run it again with a higher limit.',
      };
    case 'stopped':
      return status.leftOver === 0
        ? undefined
        : {
            family: 'task',
            reason: 'leftOver',
            message: `${status.leftOver} processes of the task could not be ended.`,
            remedy: 'Run "Claude: Check Health and Fix…" to see them.',
          };
    default:
      return undefined;
  }
}

/** As a view is told it. */
export function shownFailure(failure: Failure): Failure {
  const { family, reason, message, detail, remedy } = failure;
  return {
    family,
    reason,
    message: visibleText(message),
    ...(detail === undefined ? {} : { detail: visibleText(detail) }),
    ...(remedy === undefined ? {} : { remedy: visibleText(remedy) }),
  };
}
