import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { readFolderSettings } from './folderSettings.ts';
import type { LaunchProfile, SettingSource } from './launchProfile.ts';
import { PROFILES_FILE } from './profilesFile.ts';
import { type WorkspaceContent, workspaceContent } from './workspaceContent.ts';

interface LaunchContent {
  /** The profile to launch with: without the settings files that cannot be shown now. */
  readonly profile: LaunchProfile;
  /** What it would start or grant; absent when it does neither. */
  readonly content?: WorkspaceContent;
}

const ALL_SOURCES: readonly SettingSource[] = ['user', 'project', 'local'];

/**
 * What a launch would start and be granted now: by the profile as it was when the task was made, and by the files that
 * Claude Code itself reads in the folder, as they are at this moment. Never throws.
 *
 * The same content has the same fingerprint as in the catalog, so that what was approved there is not asked again.
 *
 * @param options.leaveOut reads as if `settings.local.json` did not allow these rules
 */
export async function launchContent(
  profile: LaunchProfile,
  cwd: string,
  { home = homedir(), leaveOut = [] }: { readonly home?: string; readonly leaveOut?: readonly string[] } = {},
): Promise<LaunchContent> {
  const [folder, settings] = await Promise.all([
    realpath(cwd).catch(() => cwd),
    readFolderSettings({ cwd, home, leaveOut }),
  ]);
  const settingSources = (profile.settingSources ?? ALL_SOURCES).filter(source => !settings.refused.has(source));
  // What the product itself brings is no right that a file of the folder wants.
  const own = profile.source === 'built in' ? { permissionMode: 'default' as const, allowedTools: [] } : {};
  const { permissionMode, allowedTools, appendSystemPrompt } = { ...profile, ...own };
  const content = workspaceContent({
    folder,
    servers: folderServers(profile),
    serverFiles: [],
    profileFile: PROFILES_FILE,
    permissionMode,
    allowedTools,
    ...(appendSystemPrompt === undefined ? {} : { prompt: appendSystemPrompt }),
    folderParts: settingSources.flatMap(source => settings.parts[source]),
  });
  return { profile: { ...profile, settingSources }, ...(content === undefined ? {} : { content }) };
}

/** The servers that files of the folder define, as opposed to one that a built-in command brings. */
export function folderServers({ mcpServers, ownServers = [] }: LaunchProfile): LaunchProfile['mcpServers'] {
  return Object.fromEntries(Object.entries(mcpServers).filter(([name]) => !ownServers.includes(name)));
}
