import { type FollowUp, isFinal, isLive, type LiveStatus, type Task, type TaskStatus } from './task.ts';
import type { CreatedTask, TaskLogFact } from './taskFact.ts';
import { withToolEnded, withToolStarted } from './toolReducer.ts';

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
    id,
    ...given,
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
      return {
        ...without(heard(toRunning(task, at), at), 'retry'),
        ...fact.data,
        sessionStarted: true,
        activity: 'Thinking',
      };
    case 'claude-panel.task.mcpChanged':
      return { ...task, mcpServers: fact.data.mcpServers };
    case 'claude-panel.task.permissionModeChanged':
      return { ...task, permissionMode: fact.data.mode };
    case 'claude-panel.task.text':
      return {
        ...without(heard(task, at), 'retry'),
        activity: fact.data.parentToolUseId === undefined ? 'Writing' : task.activity,
      };
    case 'claude-panel.task.thinking':
      return {
        ...without(heard(task, at), 'retry'),
        activity: fact.data.parentToolUseId === undefined ? 'Thinking' : task.activity,
      };
    case 'claude-panel.task.toolStarted':
      return withToolStarted(without(heard(task, at), 'retry'), fact.data);
    case 'claude-panel.task.toolEnded':
      return withToolEnded(heard(task, at), fact.data);
    case 'claude-panel.task.usage': {
      const { messageId, tokens, contextTokens } = fact.data;
      const turnTokens = { ...task.turnTokens, [messageId]: tokens };
      return { ...task, turnTokens, ...(contextTokens === undefined ? {} : { contextTokens }) };
    }
    case 'claude-panel.task.cost':
      return { ...task, costUsd: Math.max(task.costUsd, fact.data.costUsd) };
    case 'claude-panel.task.context':
      return { ...task, contextTokens: fact.data.tokens, contextWindow: fact.data.window };
    case 'claude-panel.task.todosChanged':
      return { ...task, todos: fact.data.todos };
    case 'claude-panel.task.agentChanged': {
      const { agent } = fact.data;
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
      return { ...heard(task, at), retry: fact.data, activity: 'Waiting to try again' };
    case 'claude-panel.task.rateLimited':
      return reduceRateLimit(task, fact.data, at);
    case 'claude-panel.task.silent':
      return isLive(status) ? { ...task, silentSince: fact.data.since } : task;
    case 'claude-panel.task.heard':
      return heard(task, at);
    case 'claude-panel.task.messageQueued':
      return { ...task, followUps: [...task.followUps, fact.data.message] };
    case 'claude-panel.task.messageEdited':
      return withFollowUp(task, fact.data.messageId, message =>
        message.state === 'queued' ? { ...message, text: fact.data.text } : message,
      );
    case 'claude-panel.task.messageWithdrawn':
      return { ...task, followUps: task.followUps.filter(message => message.id !== fact.data.messageId) };
    case 'claude-panel.task.messageSent':
      return withFollowUp(task, fact.data.messageId, message => ({ ...message, state: 'sent' }));
    case 'claude-panel.task.messageDelivered':
      return { ...task, followUps: task.followUps.filter(message => message.id !== fact.data.messageId) };
    case 'claude-panel.task.turnEnded': {
      const { costUsd, models, turns } = fact.data;
      return {
        ...without(heard(task, at), 'retry'),
        costUsd: Math.max(task.costUsd, costUsd),
        models: Object.keys(models).length > 0 ? models : task.models,
        turnTokens: Object.keys(models).length > 0 ? {} : task.turnTokens,
        turns: task.turns + turns,
        activity: 'Finishing the turn',
      };
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
      const { message, limits, reservedFor } = fact.data;
      const { reservedFor: _before, ...unreserved } = task;
      return {
        ...unreserved,
        ...(reservedFor === undefined ? {} : { reservedFor }),
        status: { state: 'queued', since: at },
        followUps: message === undefined ? task.followUps : [...task.followUps, message],
        limits: limits ?? task.limits,
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
      return finish(task, { state: 'stopped', ended: at, ...fact.data }, `Stopped by ${fact.data.by.name}`);
    case 'claude-panel.task.timedOut':
      return finish(
        task,
        { state: 'timedOut', ended: at, minutes: fact.data.minutes },
        `Stopped at its time limit of ${fact.data.minutes} min`,
      );
    case 'claude-panel.task.overBudget':
      return finish(task, { state: 'overBudget', ended: at, ...fact.data }, 'Stopped at its limit');
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
      const kind = subject.kind === 'tool' || subject.kind === 'workspaceContent' ? 'approval' : subject.kind;
      return toWaiting(
        { ...task, pendingApprovals: [...task.pendingApprovals.filter(other => other.id !== id), { id, kind }] },
        at,
      );
    }
    case 'claude-panel.approval.answered':
      return withoutApproval(
        fact.data.granted ? task : { ...task, deniedCount: task.deniedCount + 1 },
        fact.data.approvalId,
        at,
      );
    case 'claude-panel.approval.expired':
      return withoutApproval({ ...task, deniedCount: task.deniedCount + 1 }, fact.data.approvalId, at);
    case 'claude-panel.approval.withdrawn':
      return withoutApproval(task, fact.data.approvalId, at);
  }
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
    agents: task.agents.map(agent => (agent.status === 'running' ? { ...agent, status: 'stopped' } : agent)),
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

function withoutApproval(task: Task, id: string, at: number): Task {
  const pendingApprovals = task.pendingApprovals.filter(other => other.id !== id);
  const next = { ...task, pendingApprovals };
  if (task.status.state !== 'waiting' || task.status.for === 'limit') {
    return next;
  }
  return pendingApprovals.length > 0 ? toWaiting(next, at) : toRunning(next, at);
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
  return next.status.state === 'waiting' && next.status.for === 'limit' ? toRunning(next, at) : next;
}

function withFollowUp(task: Task, id: string, change: (message: FollowUp) => FollowUp): Task {
  return { ...task, followUps: task.followUps.map(message => (message.id === id ? change(message) : message)) };
}

function without<Key extends 'retry' | 'silentSince' | 'suspended'>(task: Task, key: Key): Task {
  if (task[key] === undefined) {
    return task;
  }
  const { [key]: _removed, ...rest } = task;
  return rest as Task;
}
