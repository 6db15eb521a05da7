import { visibleText } from '../../base/visibleText.ts';
import { isFinal, type Task, type TaskLimits } from '../../core/tasks/task.ts';
import type { TaskDetail } from '../../protocol/taskView.ts';
import { shownPath } from './shownPath.ts';
import { shownText } from './shownText.ts';

const LONGEST_PROMPT = 20_000;
const LONGEST_RESULT = 100_000;
const LONGEST_ERROR = 4000;

/** Everything of the open task that is not in its summary or its transcript. */
export function presentDetail(task: Task, tools?: TaskDetail['tools']): TaskDetail {
  const { status, retry, rateLimit, forkOf } = task;
  return {
    id: task.id,
    prompt: shownText(task.prompt, LONGEST_PROMPT).text,
    cwd: visibleText(task.cwd),
    ...(task.sessionId === undefined ? {} : { sessionId: task.sessionId }),
    ...(task.permissionMode === undefined ? {} : { permissionMode: visibleText(task.permissionMode) }),
    ...optional('authSource', authSource(task)),
    ...(task.cliVersion === undefined ? {} : { cliVersion: visibleText(task.cliVersion) }),
    todos: task.todos.map(({ content, status: state }) => ({ content: visibleText(content), status: state })),
    mcpServers: task.mcpServers.map(({ name, status: state, error, lastWords, toolCount }) => ({
      name: visibleText(name),
      status: serverStatus(state),
      ...(error === undefined ? {} : { error: shownText(error, LONGEST_ERROR).text }),
      ...(lastWords === undefined ? {} : { lastWords: shownText(lastWords, LONGEST_ERROR).text }),
      ...(toolCount === undefined ? {} : { toolCount }),
    })),
    messages: task.followUps.map(({ id, text, state }) => ({ id, text, state })),
    files: task.files.map(file => ({ ...file, path: shownPath(file.path, task.cwd) })),
    models: Object.entries(task.models).map(([model, usage]) => ({
      model: visibleText(model),
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
      cacheReadTokens: usage.cacheReadTokens,
      cacheCreationTokens: usage.cacheCreationTokens,
      costUsd: usage.costUsd,
    })),
    agents: task.agents.map(agent => ({ ...agent, description: visibleText(agent.description) })),
    ...(tools === undefined ? {} : { tools }),
    ...optional('context', contextUse(task)),
    ...(retry === undefined ? {} : { retry: { ...retry, reason: visibleText(retry.reason) } }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(task.silentSince === undefined ? {} : { silentSince: task.silentSince }),
    limits: shownLimits(task.limits),
    ...(forkOf === undefined ? {} : { forkedFrom: { id: forkOf.taskId, title: visibleText(forkOf.title) } }),
    canReview: (task.snapshots ?? []).length > 0,
    canContinue: status.state === 'paused' || (isFinal(status) && task.sessionStarted),
    ...(status.state === 'succeeded' ? { result: shownText(status.result, LONGEST_RESULT).text } : {}),
  };
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value });
}

/** Who pays, in words. `none` is how Claude Code names a login that is not a key. */
function authSource(task: Task): string | undefined {
  const { rehearsal, apiKeySource } = task;
  if (rehearsal) {
    return 'rehearsal model, nothing is charged';
  }
  switch (apiKeySource) {
    case undefined:
      return undefined;
    case 'none':
      return 'Claude login';
    case 'ANTHROPIC_API_KEY':
      return 'API key (ANTHROPIC_API_KEY)';
    default:
      return visibleText(apiKeySource);
  }
}

function contextUse(task: Task): TaskDetail['context'] {
  const { contextTokens, contextWindow } = task;
  return contextTokens === undefined || contextWindow === undefined || contextWindow === 0
    ? undefined
    : { tokens: contextTokens, window: contextWindow };
}

function serverStatus(status: string): TaskDetail['mcpServers'][number]['status'] {
  switch (status) {
    case 'pending':
    case 'connected':
    case 'failed':
    case 'disabled':
      return status;
    case 'needs-auth':
      return 'needsAuth';
    default:
      return 'unknown';
  }
}

function shownLimits(limits: TaskLimits): TaskDetail['limits'] {
  const { minutes, usd, turns } = limits;
  return {
    ...(minutes === undefined ? {} : { minutes }),
    ...(usd === undefined ? {} : { usd }),
    ...(turns === undefined ? {} : { turns }),
  };
}
