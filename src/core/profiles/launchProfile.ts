import type { JsonObject } from '../../base/json.ts';

export type PermissionMode = 'default' | 'acceptEdits' | 'plan' | 'dontAsk' | 'auto';

/** Which settings files of Claude Code are read. */
export type SettingSource = 'user' | 'project' | 'local';

/** A profile as it was when the task was made: later edits of the file do not change a running task. */
export interface LaunchProfile {
  readonly name: string;
  readonly source: 'built in' | 'workspace';
  readonly model?: string;
  readonly fallbackModel?: string;
  readonly effort?: 'low' | 'medium' | 'high' | 'xhigh' | 'max';
  readonly permissionMode: PermissionMode;
  readonly allowedTools: readonly string[];
  readonly disallowedTools: readonly string[];
  /** Rules that always ask, whatever allows them: `permissions.ask` of the settings given at launch. */
  readonly askTools?: readonly string[];
  /** Server name → its definition, as in `.mcp.json`. Only these are started. */
  readonly mcpServers: Readonly<Record<string, JsonObject>>;
  readonly appendSystemPrompt?: string;
  readonly settingSources?: readonly SettingSource[];
}

/** When a task of the profile ends by itself. */
export interface ProfileLimits {
  readonly minutes?: number;
  readonly usd?: number;
  readonly turns?: number;
}
