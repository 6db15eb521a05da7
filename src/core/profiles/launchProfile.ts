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
  /** Those of them that come with a built-in command, not from files of the folder. */
  readonly ownServers?: readonly string[];
  readonly appendSystemPrompt?: string;
  /** Claude Code's own sandbox for commands; it does not start when there is none. */
  readonly sandbox?: SandboxSettings;
  /** What would be asked is denied at once. */
  readonly neverWaits?: true;
  /** The gate at which a person agreed to what it grants. */
  readonly confirmedBy?: string;
  readonly settingSources?: readonly SettingSource[];
}

/** `sandbox` of Claude Code's settings, as far as it is used here. */
export interface SandboxSettings {
  readonly enabled: true;
  readonly failIfUnavailable: true;
  readonly autoAllowBashIfSandboxed: true;
  readonly allowUnsandboxedCommands: false;
  /** Variables that commands do not get. */
  readonly credentials: { readonly envVars: readonly { readonly name: string; readonly mode: 'deny' }[] };
  readonly network: { readonly allowedDomains: readonly string[] };
  readonly filesystem: { readonly denyRead: readonly string[]; readonly denyWrite: readonly string[] };
}

/** When a task of the profile ends by itself. */
export interface ProfileLimits {
  readonly minutes?: number;
  readonly usd?: number;
  readonly turns?: number;
}
