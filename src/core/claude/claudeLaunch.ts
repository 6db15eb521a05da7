import type { JsonObject } from '../../base/json.ts';
import type { EnvironmentMarker } from '../process/processIdentity.ts';
import { cleanEnvironment, type Environment, TASK_MARKER } from './claudeEnvironment.ts';
import { type ClaudeCapabilities, type ClaudeVersion, capabilitiesOf } from './claudeVersion.ts';

/** Where the conversation comes from. Ids are UUIDs. */
export type SessionChoice =
  | { readonly kind: 'new'; readonly id: string }
  | {
      readonly kind: 'resume';
      readonly id: string;
      /** Take up the turn that was cut off. What its last step did may be done again. */
      readonly interruptedTurn?: boolean;
    }
  /** Goes on under a new id; the old conversation stays as it is. `line`: the last one of it that is kept. */
  | { readonly kind: 'fork'; readonly from: string; readonly line?: string };

export interface LaunchOptions {
  readonly taskId: string;
  readonly version: ClaudeVersion;
  readonly session: SessionChoice;
  readonly model?: string;
  readonly fallbackModel?: string;
  readonly effort?: string;
  readonly permissionMode?: string;
  /** Rules such as `Bash(npm run *)`. */
  readonly allowedTools?: readonly string[];
  readonly disallowedTools?: readonly string[];
  /** Name → definition. Only these servers are started, whatever other files say. */
  readonly mcpServers?: Readonly<Record<string, JsonObject>>;
  readonly settings?: JsonObject;
  /** Which settings files count. All of them when absent, none when empty. */
  readonly settingSources?: readonly ('user' | 'project' | 'local')[];
  readonly maxTurns?: number;
  readonly maxBudgetUsd?: number;
  readonly additionalDirectories?: readonly string[];
  readonly appendSystemPrompt?: string;
  readonly jsonSchema?: JsonObject;
  /** W3C trace context that the spans of Claude Code's own telemetry become part of, when the user has it on. */
  readonly traceparent?: string;
  /** Added last, over everything else: such as the address of another model server. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** All that a process is started with. */
export interface ClaudeLaunch {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The first request. */
  readonly initialize: JsonObject;
  readonly marker: EnvironmentMarker;
  /** Name → definition of the servers that are started. */
  readonly mcpServers: Readonly<Record<string, JsonObject>>;
  readonly capabilities: ClaudeCapabilities;
  /** Options that this version does not know and that were left out. */
  readonly leftOut: readonly ('effort' | 'maxBudgetUsd' | 'jsonSchema')[];
}

/** The mark that every process of a task carries, from Claude Code down to the last grandchild of a shell command. */
export function taskMarker(taskId: string): EnvironmentMarker {
  return { name: TASK_MARKER, value: taskId };
}

const PROTOCOL = [
  '-p',
  '--input-format',
  'stream-json',
  '--output-format',
  'stream-json',
  '--verbose',
  '--include-partial-messages',
  '--permission-prompt-tool',
  'stdio',
];

/** Says how to start Claude Code for a task. Pure. */
export function planLaunch(options: LaunchOptions, outer: Environment): ClaudeLaunch {
  const capabilities = capabilitiesOf(options.version);
  const marker = taskMarker(options.taskId);
  const servers = options.mcpServers ?? {};
  const hasServers = Object.keys(servers).length > 0;
  const isQuiet = hasServers && capabilities.quietMcp;
  return {
    args: [
      ...PROTOCOL,
      ...(capabilities.messageState ? [] : ['--replay-user-messages']),
      ...sessionArgs(options.session),
      ...modelArgs(options, capabilities),
      ...toolArgs(options),
      '--strict-mcp-config',
      ...(isQuiet ? ['--await-initialize'] : []),
      ...(hasServers && !isQuiet ? ['--mcp-config', JSON.stringify({ mcpServers: servers })] : []),
      ...settingArgs(options),
      ...limitArgs(options, capabilities),
    ],
    environment: {
      ...OWN_DEFAULTS,
      ...cleanEnvironment(outer),
      ...OWN_ENVIRONMENT,
      ...(options.traceparent === undefined ? {} : { TRACEPARENT: options.traceparent }),
      ...(options.session.kind === 'resume' && options.session.interruptedTurn === true
        ? { CLAUDE_CODE_RESUME_INTERRUPTED_TURN: '1' }
        : {}),
      ...options.environment,
      [marker.name]: marker.value,
    },
    initialize: {
      subtype: 'initialize',
      // An interrupt then spares background agents: each of them can be stopped by itself.
      perTaskStopAffordance: true,
      ...(isQuiet ? { mcpServers: servers } : {}),
    },
    marker,
    mcpServers: servers,
    capabilities,
    leftOut: [
      ...(options.effort !== undefined && !knowsEffort(options, capabilities) ? (['effort'] as const) : []),
      ...(options.maxBudgetUsd !== undefined && !capabilities.maxBudget ? (['maxBudgetUsd'] as const) : []),
      ...(options.jsonSchema !== undefined && !capabilities.jsonSchema ? (['jsonSchema'] as const) : []),
    ],
  };
}

/** Wanted unless the user has set them otherwise. */
const OWN_DEFAULTS = {
  // A server that hangs must not hold up the first request; its tools come with the next turn.
  CLAUDE_CODE_MCP_STARTUP_WAIT_MS: '500',
};

/** What this product cannot work without. A version that does not know a name ignores it. */
const OWN_ENVIRONMENT = {
  CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS: '1',
  CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING: '1',
  CLAUDE_CODE_STARTUP_FAILURE_RESULTS: '1',
};

function sessionArgs(session: SessionChoice): readonly string[] {
  switch (session.kind) {
    case 'new':
      return ['--session-id', session.id];
    case 'resume':
      return ['--resume', session.id];
    case 'fork':
      return ['--resume', session.from, '--fork-session', ...option('--resume-session-at', session.line)];
  }
}

function knowsEffort({ effort }: LaunchOptions, capabilities: ClaudeCapabilities): boolean {
  return effort === 'xhigh' ? capabilities.extraHighEffort : capabilities.effort;
}

function modelArgs(options: LaunchOptions, capabilities: ClaudeCapabilities): readonly string[] {
  return [
    ...option('--model', options.model),
    ...option('--fallback-model', options.fallbackModel === options.model ? undefined : options.fallbackModel),
    ...(knowsEffort(options, capabilities) ? option('--effort', options.effort) : []),
    ...option('--permission-mode', options.permissionMode),
  ];
}

function toolArgs(options: LaunchOptions): readonly string[] {
  return [
    ...option('--allowedTools', joined(options.allowedTools)),
    ...option('--disallowedTools', joined(options.disallowedTools)),
    ...(options.additionalDirectories ?? []).flatMap(folder => ['--add-dir', folder]),
  ];
}

function settingArgs(options: LaunchOptions): readonly string[] {
  return [
    ...option('--settings', options.settings === undefined ? undefined : JSON.stringify(options.settings)),
    ...option('--setting-sources', options.settingSources?.join(',')),
    ...option('--append-system-prompt', options.appendSystemPrompt),
  ];
}

function limitArgs(options: LaunchOptions, { maxBudget, jsonSchema }: ClaudeCapabilities): readonly string[] {
  const schema = options.jsonSchema === undefined ? undefined : JSON.stringify(options.jsonSchema);
  return [
    ...option('--max-turns', options.maxTurns?.toString()),
    ...(maxBudget ? option('--max-budget-usd', options.maxBudgetUsd?.toString()) : []),
    ...(jsonSchema ? option('--json-schema', schema) : []),
  ];
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

/** One argument for all rules: Claude Code itself knows where one ends, brackets included. */
function joined(rules: readonly string[] | undefined): string | undefined {
  return rules === undefined || rules.length === 0 ? undefined : rules.join(',');
}
