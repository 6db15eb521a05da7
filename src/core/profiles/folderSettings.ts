import { realpath } from 'node:fs/promises';
import { readFolderExtensions } from './folderExtensions.ts';
import type { SettingSource } from './launchProfile.ts';
import type { ProfileProblem } from './profilesErrors.ts';
import {
  type FolderPart,
  LOCAL_SETTINGS,
  PROJECT_SETTINGS,
  readProjectSettings,
  type SettingsRead,
  withoutAllowRules,
} from './projectSettings.ts';

/** What Claude Code itself would read in a folder, and which of it starts or grants something. */
export interface FolderSettings {
  readonly parts: Readonly<Record<SettingSource, readonly FolderPart[]>>;
  /** What cannot be read here cannot be shown, so it is not used either. */
  readonly refused: ReadonlySet<SettingSource>;
  readonly problems: readonly ProfileProblem[];
}

interface FolderSettingsOptions {
  /** Where Claude Code will run. */
  readonly cwd: string;
  readonly home: string;
  /** Reads as if `settings.local.json` did not allow these rules. */
  readonly leaveOut?: readonly string[];
}

/** Reads all of it anew. Never throws: what is wrong stands in the result. */
export async function readFolderSettings({ cwd, home, leaveOut = [] }: FolderSettingsOptions): Promise<FolderSettings> {
  const [here, userHome] = await Promise.all([cwd, home].map(path => realpath(path).catch(() => path)));
  if (here === userHome) {
    // In the home folder the settings of the "project" are the user's own.
    return { parts: { user: [], project: [], local: [] }, refused: new Set(), problems: [] };
  }
  const [project, local, extensions] = await Promise.all([
    readProjectSettings(cwd, PROJECT_SETTINGS),
    readProjectSettings(cwd, LOCAL_SETTINGS),
    readFolderExtensions(cwd, home),
  ]);
  const refused: SettingSource[] = [
    ...(project.state === 'refused' ? (['project'] as const) : []),
    ...(local.state === 'refused' ? (['local'] as const) : []),
  ];
  return {
    parts: {
      user: [],
      project: [...partOf(project), ...extensions],
      local: partOf(local).flatMap(part => withoutAllowRules(part, leaveOut)),
    },
    refused: new Set(refused),
    problems: [project, local].flatMap(read => (read.state === 'refused' ? [read.error.toProblem()] : [])),
  };
}

function partOf(read: SettingsRead): FolderPart[] {
  return read.state === 'part' ? [read.part] : [];
}
