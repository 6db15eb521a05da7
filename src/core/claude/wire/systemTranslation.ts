import type { JsonObject, JsonValue } from '../../../base/json.ts';
import type { ClaudeEvent, McpServerState } from '../claudeEvents.ts';
import type { WireMessage } from '../claudeMessages.ts';
import type { AgentTranslation, RawAgentMessage } from './agentTranslation.ts';
import { cappedJson, cappedText } from './cappedJson.ts';
import { asNumber, asObject, asRaw, asRaws, asText, asTexts, type Raw } from './rawFields.ts';

type RawInit = Raw<
  | 'session_id'
  | 'model'
  | 'permissionMode'
  | 'cwd'
  | 'tools'
  | 'mcp_servers'
  | 'mcp_server_errors'
  | 'plugin_errors'
  | 'apiKeySource'
  | 'claude_code_version'
>;
type RawRetry = Raw<'attempt' | 'max_retries' | 'retry_delay_ms' | 'error_status' | 'error'>;
type RawFallback = Raw<'original_model' | 'fallback_model' | 'trigger'>;
type RawDenial = Raw<'tool_name' | 'decision_reason' | 'message' | 'tool_use_id'>;
type RawNotice = Raw<'content' | 'text' | 'level' | 'priority'>;
type RawHook = Raw<'outcome' | 'hook_name' | 'stderr' | 'output'>;
type RawPlugin = Raw<'status' | 'name' | 'error'>;

const MAX_NOTICE = 4000;
const NONE: readonly ClaudeEvent[] = [];

/** Known, and of no use to the panel: hidden progress, or a copy of what comes in another message. */
const SILENT = new Set([
  'hook_started',
  'hook_progress',
  'thinking_tokens',
  'ui_invalidate',
  'commands_changed',
  'session_title_changed',
  'files_persisted',
  'memory_recall',
  'elicitation_complete',
  'control_request_progress',
  'mirror_error',
]);

/** The `system` messages that need no memory of earlier ones. Undefined for one that is not known. */
export function translateSystem(message: WireMessage, agents: AgentTranslation): readonly ClaudeEvent[] | undefined {
  const raw = message as unknown as JsonObject;
  switch (message.subtype) {
    case 'session_state_changed':
      return sessionState((raw as Raw<'state'>).state);
    case 'api_retry':
      return [apiRetry(raw as RawRetry)];
    case 'model_fallback':
    case 'model_refusal_fallback':
      return [modelFallback(raw as RawFallback)];
    case 'permission_denied':
      return [permissionDenied(raw as RawDenial)];
    case 'informational':
    case 'notification':
    case 'model_refusal_no_fallback':
      return notice(raw as RawNotice, message.subtype === 'model_refusal_no_fallback' ? 'warning' : undefined);
    case 'local_command_output':
      return localOutput(raw as Raw<'content' | 'uuid'>);
    case 'hook_response':
      return hookResponse(raw as RawHook);
    case 'plugin_install':
      return pluginInstall(raw as RawPlugin);
    case 'session_writes_lost':
      return [
        {
          type: 'notice',
          level: 'error',
          text: 'Claude Code could not save the session: the disk is full. Continuing it later may miss a part.',
        },
      ];
    case 'worker_shutting_down':
      return [{ type: 'notice', level: 'warning', text: 'Claude Code is shutting down.' }];
    case 'task_started':
      return agents.started(raw as RawAgentMessage);
    case 'task_progress':
      return agents.progress(raw as RawAgentMessage);
    case 'task_updated':
      return agents.updated(raw as RawAgentMessage);
    case 'task_notification':
      return agents.notified(raw as RawAgentMessage);
    case 'background_tasks_changed':
      return [agents.background(raw as RawAgentMessage)];
    default:
      return typeof message.subtype === 'string' && SILENT.has(message.subtype) ? NONE : undefined;
  }
}

export function turnStarted(message: WireMessage, knownVersion: string): Extract<ClaudeEvent, { type: 'turnStarted' }> {
  const raw = message as RawInit;
  return {
    type: 'turnStarted',
    sessionId: asText(raw.session_id) ?? '',
    model: asText(raw.model) ?? '',
    permissionMode: asText(raw.permissionMode) ?? 'default',
    cwd: asText(raw.cwd) ?? '',
    tools: asTexts(raw.tools),
    mcpServers: readMcpServers(raw.mcp_servers),
    apiKeySource: asText(raw.apiKeySource) ?? '',
    version: asText(raw.claude_code_version) ?? knownVersion,
  };
}

/** What could not be loaded for this turn: it goes on without. */
export function loadErrors(message: WireMessage): readonly ClaudeEvent[] {
  const raw = message as RawInit;
  const servers = readErrors(raw.mcp_server_errors, 'MCP server');
  const plugins = readErrors(raw.plugin_errors, 'plugin');
  return [...servers, ...plugins].map(text => ({ type: 'notice', level: 'warning', text }));
}

function readErrors(value: JsonValue | undefined, what: string): readonly string[] {
  return asRaws<'name' | 'plugin' | 'message' | 'error'>(value).map(entry => {
    const name = asText(entry.name) ?? asText(entry.plugin) ?? '';
    const why = asText(entry.message) ?? asText(entry.error) ?? 'It could not be loaded.';
    return cappedText(`The ${what} ${name} was left out: ${why}`, MAX_NOTICE);
  });
}

export function readMcpServers(value: JsonValue | undefined): readonly McpServerState[] {
  return asRaws<'name' | 'status' | 'source' | 'error' | 'tools'>(value).map(server => {
    const source = asText(server.source);
    const error = asText(server.error);
    return {
      name: asText(server.name) ?? '',
      status: asText(server.status) ?? 'unknown',
      ...(source === undefined ? {} : { source }),
      ...(error === undefined ? {} : { error: cappedText(error, MAX_NOTICE) }),
      ...(Array.isArray(server.tools) ? { toolCount: server.tools.length } : {}),
    };
  });
}

export function rateLimit(value: JsonValue | undefined): readonly ClaudeEvent[] {
  const info = asRaw(value) as Raw<'status' | 'resetsAt' | 'rateLimitType'> | undefined;
  if (info === undefined) {
    return NONE;
  }
  const resetsAt = asNumber(info.resetsAt);
  const kind = asText(info.rateLimitType);
  return [
    {
      type: 'rateLimit',
      status: asText(info.status) ?? 'unknown',
      // The API counts in seconds.
      ...(resetsAt === undefined ? {} : { resetsAt: resetsAt < 1e11 ? resetsAt * 1000 : resetsAt }),
      ...(kind === undefined ? {} : { kind }),
      raw: asObject(cappedJson(value as JsonObject)) ?? {},
    },
  ];
}

function sessionState(state: JsonValue | undefined): readonly ClaudeEvent[] | undefined {
  switch (state) {
    case 'running':
    case 'idle':
      return [{ type: 'sessionState', state }];
    case 'requires_action':
      return [{ type: 'sessionState', state: 'requiresAction' }];
    default:
      return undefined;
  }
}

function apiRetry(raw: RawRetry): ClaudeEvent {
  return {
    type: 'apiRetry',
    attempt: asNumber(raw.attempt) ?? 0,
    maxRetries: asNumber(raw.max_retries) ?? 0,
    delayMs: asNumber(raw.retry_delay_ms) ?? 0,
    status: asNumber(raw.error_status) ?? null,
    error: asText(raw.error) ?? 'unknown',
  };
}

function modelFallback(raw: RawFallback): ClaudeEvent {
  return {
    type: 'modelFallback',
    from: asText(raw.original_model) ?? '',
    to: asText(raw.fallback_model) ?? '',
    reason: asText(raw.trigger) ?? 'unknown',
  };
}

function permissionDenied(raw: RawDenial): ClaudeEvent {
  const reason = asText(raw.decision_reason) ?? asText(raw.message);
  const toolUseId = asText(raw.tool_use_id);
  return {
    type: 'permissionDenied',
    toolName: asText(raw.tool_name) ?? '',
    ...(reason === undefined ? {} : { reason: cappedText(reason, MAX_NOTICE) }),
    ...(toolUseId === undefined ? {} : { toolUseId }),
  };
}

function notice(raw: RawNotice, given: 'warning' | undefined): readonly ClaudeEvent[] {
  const text = asText(raw.content) ?? asText(raw.text) ?? '';
  const isWarning = raw.level === 'warning' || raw.priority === 'high' || raw.priority === 'immediate';
  const level = given ?? (isWarning ? 'warning' : 'info');
  return text === '' ? NONE : [{ type: 'notice', level, text: cappedText(text, MAX_NOTICE) }];
}

function localOutput(raw: Raw<'content' | 'uuid'>): readonly ClaudeEvent[] {
  const text = asText(raw.content) ?? '';
  return text === '' ? NONE : [{ type: 'text', messageId: asText(raw.uuid) ?? '', text, synthetic: true }];
}

function hookResponse(raw: RawHook): readonly ClaudeEvent[] {
  if (raw.outcome !== 'error') {
    return NONE;
  }
  const why = asText(raw.stderr) || asText(raw.output) || 'It gave no reason.';
  return [
    {
      type: 'notice',
      level: 'warning',
      text: cappedText(`The hook ${asText(raw.hook_name) ?? ''} failed: ${why}`, MAX_NOTICE),
    },
  ];
}

function pluginInstall(raw: RawPlugin): readonly ClaudeEvent[] {
  return raw.status === 'failed'
    ? [
        {
          type: 'notice',
          level: 'warning',
          text: cappedText(
            `The plugin ${asText(raw.name) ?? ''} was not installed: ${asText(raw.error) ?? 'it gave no reason.'}`,
            MAX_NOTICE,
          ),
        },
      ]
    : NONE;
}
