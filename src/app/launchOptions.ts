import type { JsonObject } from '../base/json.ts';
import type { LaunchOptions, SessionChoice } from '../core/claude/claudeLaunch.ts';
import type { ClaudeVersion } from '../core/claude/claudeVersion.ts';
import { traceparentOf } from '../core/events/traceContext.ts';
import type { LaunchProfile, SandboxSettings } from '../core/profiles/launchProfile.ts';
import type { Task } from '../core/tasks/task.ts';

/** How Claude Code is started for a task: its profile, its limits and its session. Pure. */
export function launchOptions(
  task: Task,
  how: {
    readonly version: ClaudeVersion;
    readonly resume: boolean;
    readonly resumeInterruptedTurn: boolean;
    readonly environment: Readonly<Record<string, string>>;
  },
): LaunchOptions {
  const { profile, limits } = task;
  const {
    model,
    fallbackModel,
    effort,
    permissionMode,
    allowedTools,
    disallowedTools,
    mcpServers,
    appendSystemPrompt,
    settingSources,
  } = profile;
  const traceparent = traceparentOf(task.promptId);
  const settings = settingsOf(profile);
  return {
    taskId: task.id,
    version: how.version,
    session: sessionOf(task, how),
    permissionMode,
    allowedTools,
    disallowedTools,
    mcpServers,
    environment: how.environment,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(model === undefined ? {} : { model }),
    ...(fallbackModel === undefined ? {} : { fallbackModel }),
    ...(effort === undefined ? {} : { effort }),
    ...(appendSystemPrompt === undefined ? {} : { appendSystemPrompt }),
    ...(settingSources === undefined ? {} : { settingSources }),
    ...(settings === undefined ? {} : { settings }),
    ...(task.jsonSchema === undefined ? {} : { jsonSchema: task.jsonSchema }),
    ...(limits.turns === undefined ? {} : { maxTurns: limits.turns }),
    ...(limits.usd === undefined ? {} : { maxBudgetUsd: limits.usd }),
  };
}

function sessionOf(
  task: Task,
  how: { readonly resume: boolean; readonly resumeInterruptedTurn: boolean },
): SessionChoice {
  if (how.resume && task.sessionId !== undefined) {
    return { kind: 'resume', id: task.sessionId, interruptedTurn: how.resumeInterruptedTurn };
  }
  if (task.forkOf !== undefined) {
    const { sessionId, line } = task.forkOf;
    return { kind: 'fork', from: sessionId, ...(line === undefined ? {} : { line }) };
  }
  if (task.sessionId === undefined) {
    throw new Error(`Task ${task.id} was leased without a session id.`);
  }
  return { kind: 'new', id: task.sessionId };
}

function settingsOf({ askTools = [], sandbox }: LaunchProfile): JsonObject | undefined {
  const settings: JsonObject = {
    ...(askTools.length === 0 ? {} : { permissions: { ask: [...askTools] } }),
    ...(sandbox === undefined ? {} : { sandbox: sandboxSettings(sandbox) }),
  };
  return Object.keys(settings).length === 0 ? undefined : settings;
}

function sandboxSettings({ credentials, network, filesystem, ...rest }: SandboxSettings): JsonObject {
  return {
    ...rest,
    credentials: { envVars: credentials.envVars.map(variable => ({ ...variable })) },
    network: { allowedDomains: [...network.allowedDomains] },
    filesystem: { denyRead: [...filesystem.denyRead], denyWrite: [...filesystem.denyWrite] },
  };
}
