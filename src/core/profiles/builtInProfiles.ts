import type { LaunchProfile, PermissionMode, SandboxSettings, SettingSource } from './launchProfile.ts';
import type { BuiltInName } from './profileSchema.ts';

/** A profile before the MCP servers of a folder are put into it. */
export interface ProfileTemplate {
  readonly description: string;
  readonly model?: string;
  readonly effort?: NonNullable<LaunchProfile['effort']>;
  readonly permissionMode: PermissionMode;
  /** Starts all servers of `.mcp.json`. */
  readonly usesFolderServers: boolean;
  readonly settingSources: readonly SettingSource[];
  readonly askTools: readonly string[];
  readonly allowedTools?: readonly string[];
  readonly disallowedTools?: readonly string[];
  readonly sandbox?: SandboxSettings;
  readonly neverWaits?: true;
}

/** What a workspace profile starts from when it extends nothing: Claude Code as it is, without MCP servers. */
export const PLAIN: ProfileTemplate = {
  description: 'Claude Code with its own defaults.',
  permissionMode: 'default',
  usesFolderServers: false,
  settingSources: ['user', 'project', 'local'],
  askTools: [],
};

/**
 * An ask rule wins over every allow rule, the user's own included, so nothing gets by unasked. The star is enough for
 * today's Claude Code; older ones know tools by name only.
 */
const EVERY_TOOL = [
  '*',
  'Bash',
  'Read',
  'Edit',
  'MultiEdit',
  'Write',
  'NotebookEdit',
  'Glob',
  'Grep',
  'WebFetch',
  'WebSearch',
  'Task',
  'Agent',
  'Skill',
  'SlashCommand',
];

export const BUILT_IN: Readonly<Record<BuiltInName, ProfileTemplate>> = {
  speed: {
    ...PLAIN,
    description: 'Quick and cheap: a small model, no MCP servers. Asks before it changes anything.',
    model: 'haiku',
  },
  comprehensive: {
    ...PLAIN,
    description: 'Thorough: your own model with high effort and all MCP servers of this folder.',
    effort: 'high',
    usesFolderServers: true,
  },
  // Settings, agents, hooks and skills of the folder stay out: they could act or allow without asking.
  safe: {
    ...PLAIN,
    description: 'Asks for everything, reading included. Nothing of this folder is started or obeyed.',
    settingSources: ['user'],
    askTools: EVERY_TOOL,
  },
};
