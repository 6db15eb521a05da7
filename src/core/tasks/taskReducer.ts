import type { ApprovalSubject } from '../approvals/approval.ts';
import type { UndoneFiles } from '../checkpoints/checkpointFact.ts';
import { withTaken } from '../checkpoints/snapshotSpans.ts';
import { costSinceFork, modelsSinceFork } from './forkBaseline.ts';
import {
  type AgentRun,
  type FollowUp,
  isFinal,
  isLive,
  type LiveStatus,
  type Task,
  type TaskStatus,
  type WaitingFor,
} from './task.ts';
import type { CreatedTask, TaskLogFact } from './taskFact.ts';
import { withToolEnded, withToolStarted } from './toolReducer.ts';
import { withMessageTokens } from './turnTokens.ts';

/**
 * The only place where a task's state changes. Pure: the same facts give the same task.
 * `at` is the time of the event in milliseconds since the epoch. Facts that make no sense in the present state change nothing.
 */
export function reduceTask(task: Task | undefined, id: string, fact: TaskLogFact, at: number): Task | undefined {
  if (fact.type === 'claude-panel.task.created') {
    return task ?? createTask(id, fact.data, at);
  }
  return task === undefined ? undefined : reduceKnown(task, fact, at);
}

function createTask(id: string, data: CreatedTask, at: number): Task {
  const { by, ...given } = data;
  return {
    ...given,
    id,
    created: at,
    createdBy: by,
    status: { state: 'queued', since: at },
    sessionStarted: false,
    mcpServers: [],
    workedMs: 0,
    costUsd: 0,
    models: {},
    turnTokens: {},
    turns: 0,
    todos: [],
    followUps: [],
    files: [],
    agents: [],
    pendingApprovals: [],
    deniedCount: 0,
    toolCount: 0,
    activity: 'Queued',
    read: true,
    archived: false,
    attempt: 0,
  };
}

const WAITING_FOR: Readonly<Record<ApprovalSubject['kind'], WaitingFor>> = {
  tool: 'approval',
  workspaceContent: 'approval',
  gate: 'approval',
  question: 'question',
  plan: 'plan',
  elicitation: 'elicitation',
};

function reduceKnown(task: Task, fact: TaskLogFact, at: number): Task {
  const { status } = task;
  switch (fact.type) {
    case 'claude-panel.task.created':
      return task;
    case 'claude-panel.task.starting':
      return status.state === 'queued'
        ? {
            ...task,
            status: { state: 'starting', since: at, owner: fact.data.owner },
            sessionId: fact.data.sessionId,
            runningSince: at,
            attempt: task.attempt + 1,
            activity: 'Starting Claude Code',
          }
        : task;
    case 'claude-panel.task.processStarted':
      return isLive(status) ? { ...task, status: { ...status, process: fact.data.process } } : task;
    case 'claude-panel.task.ready': {
      const { cliVersion, apiKeySource } = fact.data;
      return { ...heard(task, at), cliVersion, ...(apiKeySource === undefined ? {} : { apiKeySource }) };
    }
    case 'claude-panel.task.turnStarted':
      return doing(
        { ...without(without(heard(toRunning(task, at), at), 'retry'), 'suspended'), ...ofTurn(fact.data) },
        'Thinking',
      );
    case 'claude-panel.task.mcpChanged':
      return { ...task, mcpServers: fact.data.mcpServers };
    case 'claude-panel.task.permissionModeChanged':
      return { ...task, permissionMode: fact.data.mode };
    case 'claude-panel.task.text':
      return doing(without(heard(task, at), 'retry'), fact.data.parentToolUseId === undefined ? 'Writing' : undefined);
    case 'claude-panel.task.thinking':
      return doing(without(heard(task, at), 'retry'), fact.data.parentToolUseId === undefined ? 'Thinking' : undefined);
    case 'claude-panel.task.toolStarted':
      return withToolStarted(without(heard(task, at), 'retry'), fact.data);
    case 'claude-panel.task.toolEnded':
      return withToolEnded(heard(task, at), fact.data);
    case 'claude-panel.task.usage': {
      const { messageId, tokens, contextTokens } = fact.data;
      const turnTokens = withMessageTokens(task.turnTokens, messageId, tokens);
      return { ...task, turnTokens, ...(contextTokens === undefined ? {} : { contextTokens }) };
    }
    case 'claude-panel.task.cost':
      return { ...task, costUsd: higherCost(task.costUsd, costSinceFork(task, fact.data.costUsd)) };
    case 'claude-panel.task.context':
      return { ...task, contextTokens: fact.data.tokens, contextWindow: fact.data.window };
    case 'claude-panel.task.todosChanged':
      return { ...task, todos: fact.data.todos };
    case 'claude-panel.task.agentChanged': {
      // A report that comes late must not bring back to life what ended with its process.
      const agent = isLive(status) ? fact.data.agent : ended(fact.data.agent);
      const known = task.agents.find(other => other.id === agent.id);
      const agents =
        known === undefined
          ? [...task.agents, agent]
          : task.agents.map(other => (other.id === agent.id ? { ...other, ...agent } : other));
      return { ...heard(task, at), agents };
    }
    case 'claude-panel.task.notice':
      return task;
    case 'claude-panel.task.retrying':
      return isLive(status) ? { ...heard(task, at), retry: fact.data, activity: 'Waiting to try again' } : task;
    case 'claude-panel.task.rateLimited':
      return reduceRateLimit(task, fact.data, at);
    case 'claude-panel.task.rateLimitLifted':
      return without(heard(task, at), 'rateLimit');
    case 'claude-panel.task.silent':
      return isLive(status) ? { ...task, silentSince: fact.data.since } : task;
    case 'claude-panel.task.heard':
      return heard(task, at);
    case 'claude-panel.task.messageQueued':
      return withNewFollowUp(task, fact.data.message);
    case 'claude-panel.task.messageEdited':
      return withFollowUp(task, fact.data.messageId, message =>
        message.state === 'queued' ? { ...message, text: fact.data.text } : message,
      );
    case 'claude-panel.task.messageWithdrawn':
      return { ...task, followUps: task.followUps.filter(message => message.id !== fact.data.messageId) };
    case 'claude-panel.task.messageSent':
      return isLive(status)
        ? withFollowUp(task, fact.data.messageId, message => ({ ...message, state: 'sent' }))
        : task;
    case 'claude-panel.task.messageDelivered':
      return { ...task, followUps: task.followUps.filter(message => message.id !== fact.data.messageId) };
    case 'claude-panel.task.turnEnded': {
      const { costUsd, models, turns, lastLine } = fact.data;
      const next = {
        ...without(heard(task, at), 'retry'),
        costUsd: higherCost(task.costUsd, costSinceFork(task, costUsd)),
        models: Object.keys(models).length > 0 ? modelsSinceFork(task, models) : task.models,
        turnTokens: Object.keys(models).length > 0 ? {} : task.turnTokens,
        turns: task.turns + turns,
        ...(lastLine === undefined ? {} : { lastLine }),
      };
      return doing(next, 'Finishing the turn');
    }
    case 'claude-panel.task.stopping': {
      if (!isLive(status)) {
        return task;
      }
      const stopping = {
        stage: fact.data.stage,
        since: status.stopping?.since ?? at,
        by: status.stopping?.by ?? fact.data.by,
      };
      return { ...task, status: { ...status, stopping }, activity: 'Stopping' };
    }
    case 'claude-panel.task.pausing':
      return isLive(status)
        ? { ...task, status: { ...status, pausing: { since: at, by: fact.data.by } }, activity: 'Pausing' }
        : task;
    case 'claude-panel.task.paused': {
      const { cause, by } = fact.data;
      return isFinal(status)
        ? task
        : {
            ...settle(task, { state: 'paused', since: at, cause, ...(by === undefined ? {} : { by }) }, at, 'Paused'),
            suspended: { at, cause },
          };
    }
    case 'claude-panel.task.continued': {
      if (status.state !== 'paused' && status.state !== 'queued' && !isFinal(status)) {
        return task;
      }
      const { message, reservedFor } = fact.data;
      const { reservedFor: _before, ...unreserved } = task;
      return {
        ...unreserved,
        ...(reservedFor === undefined ? {} : { reservedFor }),
        status: { state: 'queued', since: at },
        followUps: message === undefined ? task.followUps : withNewFollowUp(task, message).followUps,
        archived: false,
        activity: 'Queued',
      };
    }
    case 'claude-panel.task.succeeded': {
      const { result, structuredOutput } = fact.data;
      return finish(
        task,
        { state: 'succeeded', ended: at, result, ...(structuredOutput === undefined ? {} : { structuredOutput }) },
        'Done',
      );
    }
    case 'claude-panel.task.failed':
      return finish(task, { state: 'failed', ended: at, failure: fact.data.failure }, fact.data.failure.message);
    case 'claude-panel.task.stopped':
      return finish(task, { ...fact.data, state: 'stopped', ended: at }, `Stopped by ${fact.data.by.name}`);
    case 'claude-panel.task.timedOut':
      return finish(
        task,
        { state: 'timedOut', ended: at, minutes: fact.data.minutes },
        `Stopped at its time limit of ${fact.data.minutes} min`,
      );
    case 'claude-panel.task.overBudget':
      return finish(task, { ...fact.data, state: 'overBudget', ended: at }, 'Stopped at its limit');
    case 'claude-panel.task.renamed':
      return fact.data.by === undefined && task.titleIsGiven
        ? task
        : { ...task, title: fact.data.title, titleIsGiven: fact.data.by !== undefined };
    case 'claude-panel.task.read':
      return { ...task, read: true };
    case 'claude-panel.task.archived':
      return isLive(status) ? task : { ...task, archived: true };
    case 'claude-panel.task.unarchived':
      return { ...task, archived: false };
    case 'claude-panel.approval.requested': {
      const { id, subject } = fact.data.approval;
      const kind = WAITING_FOR[subject.kind];
      return toWaiting(
        { ...task, pendingApprovals: [...task.pendingApprovals.filter(other => other.id !== id), { id, kind }] },
        at,
      );
    }
    case 'claude-panel.approval.answered':
      return withoutApproval(task, fact.data.approvalId, !fact.data.granted, at);
    case 'claude-panel.approval.expired':
      return withoutApproval(task, fact.data.approvalId, true, at);
    case 'claude-panel.approval.withdrawn':
      return withoutApproval(task, fact.data.approvalId, false, at);
    case 'claude-panel.checkpoint.taken':
      return {
        // What a new run does is not undone.
        ...(fact.data.moment === 'before' ? without(task, 'undone') : task),
        snapshots: withTaken(task.snapshots ?? [], fact.data, { at, line: task.lastLine }),
      };
    case 'claude-panel.checkpoint.undone':
      return withUndo(task, fact.data, at);
    case 'claude-panel.checkpoint.redone':
      return withoutUndo(task, fact.data.undoId);
    case 'claude-panel.review.decided':
      // A review has a state of its own, folded where it is shown.
      return task;
    default:
      return unknownFact(task, fact);
  }
}

/** A newer version may have written facts that this one does not know: they stay in the log and change nothing. */
function unknownFact(task: Task, _fact: never): Task {
  return task;
}

function withUndo(task: Task, { undoId, isWhole, isLastRun, done }: UndoneFiles, at: number): Task {
  if (isWhole) {
    return { ...task, undone: { undoId, at } };
  }
  return done === 0 ? task : { ...task, undone: { undoId, at, part: isLastRun === true ? 'lastRun' : 'some' } };
}

/** When an earlier undo was taken back, the later one still stands, but not all is undone any more. */
function withoutUndo(task: Task, undoId: string): Task {
  const { undone } = task;
  return undone === undefined || undone.undoId === undoId
    ? without(task, 'undone')
    : { ...task, undone: { ...undone, part: 'some' } };
}

function finish(task: Task, status: Extract<TaskStatus, { readonly ended: number }>, activity: string): Task {
  return isFinal(task.status) ? task : { ...settle(task, status, status.ended, activity), read: false };
}

/** Ends what only a living process can have. */
function settle(task: Task, status: TaskStatus, at: number, activity: string): Task {
  const { runningSince, retry: _retry, silentSince: _silent, suspended: _suspended, ...rest } = task;
  return {
    ...rest,
    status,
    activity,
    workedMs: task.workedMs + (runningSince === undefined ? 0 : Math.max(0, at - runningSince)),
    agents: task.agents.map(ended),
    followUps: task.followUps.map(message => (message.state === 'sent' ? { ...message, state: 'queued' } : message)),
  };
}

function toRunning(task: Task, at: number): Task {
  const { status } = task;
  if (status.state !== 'starting' && status.state !== 'waiting') {
    return task;
  }
  return { ...task, status: { ...liveOf(status), state: 'running', since: at } };
}

function toWaiting(task: Task, at: number): Task {
  const { status } = task;
  const first = task.pendingApprovals[0];
  if (!isLive(status) || first === undefined) {
    return task;
  }
  const since = status.state === 'waiting' ? status.since : at;
  return { ...task, status: { ...liveOf(status), state: 'waiting', since, for: first.kind }, read: false };
}

/** Only the first answer counts. */
function withoutApproval(task: Task, id: string, denied: boolean, at: number): Task {
  if (!task.pendingApprovals.some(other => other.id === id)) {
    return task;
  }
  const pendingApprovals = task.pendingApprovals.filter(other => other.id !== id);
  const next = { ...task, pendingApprovals, deniedCount: task.deniedCount + (denied ? 1 : 0) };
  if (task.status.state !== 'waiting' || task.status.for === 'limit') {
    return next;
  }
  return pendingApprovals.length > 0 ? toWaiting(next, at) : goneOn(next, at);
}

/** What waited before it had a process has still to be started. */
function goneOn(task: Task, at: number): Task {
  const { status } = task;
  return isLive(status) && status.process === undefined
    ? { ...task, status: { ...liveOf(status), state: 'starting', since: at } }
    : toRunning(task, at);
}

function reduceRateLimit(
  task: Task,
  data: { readonly text: string; readonly resetsAt?: number; readonly blocked: boolean },
  at: number,
): Task {
  const { text, resetsAt, blocked } = data;
  const rateLimit = { text, ...(resetsAt === undefined ? {} : { resetsAt }) };
  const next = { ...heard(task, at), rateLimit };
  if (!blocked || !isLive(next.status)) {
    return next;
  }
  const status: TaskStatus = {
    ...liveOf(next.status),
    state: 'waiting',
    since: at,
    for: 'limit',
    ...(resetsAt === undefined ? {} : { resumesAt: resetsAt }),
  };
  return { ...next, status, activity: text };
}

function liveOf(status: LiveStatus): Pick<LiveStatus, 'owner' | 'process' | 'stopping' | 'pausing'> {
  const { owner, process, stopping, pausing } = status;
  return {
    owner,
    ...(process === undefined ? {} : { process }),
    ...(stopping === undefined ? {} : { stopping }),
    ...(pausing === undefined ? {} : { pausing }),
  };
}

/** Something was heard: the silence is over, and so is waiting for a limit. */
function heard(task: Task, at: number): Task {
  const next = task.silentSince === undefined ? task : without(task, 'silentSince');
  if (next.status.state !== 'waiting' || next.status.for !== 'limit') {
    return next;
  }
  return toWaiting(toRunning(next, at), at);
}

/** Field by field: a newer version may send more, which must not land in a field of the task. */
function ofTurn(data: Extract<TaskLogFact, { readonly type: 'claude-panel.task.turnStarted' }>['data']): Partial<Task> {
  const { sessionId, model, permissionMode, apiKeySource, cliVersion, mcpServers } = data;
  return { sessionId, model, permissionMode, apiKeySource, cliVersion, mcpServers, sessionStarted: true };
}

/** Only a living process does something: what comes late does not hide how the task ended. */
function doing(task: Task, activity: string | undefined): Task {
  return activity === undefined || !isLive(task.status) ? task : { ...task, activity };
}

function ended(agent: AgentRun): AgentRun {
  return agent.status === 'running' ? { ...agent, status: 'stopped' } : agent;
}

function higherCost(known: number, reported: number): number {
  return reported > known ? reported : known;
}

function withNewFollowUp(task: Task, message: FollowUp): Task {
  const isKnown = task.followUps.some(other => other.id === message.id);
  return isKnown ? task : { ...task, followUps: [...task.followUps, message] };
}

function withFollowUp(task: Task, id: string, change: (message: FollowUp) => FollowUp): Task {
  return { ...task, followUps: task.followUps.map(message => (message.id === id ? change(message) : message)) };
}

function without<Key extends 'retry' | 'silentSince' | 'suspended' | 'rateLimit' | 'undone'>(
  task: Task,
  key: Key,
): Task {
  if (task[key] === undefined) {
    return task;
  }
  const { [key]: _removed, ...rest } = task;
  return rest as Task;
}
