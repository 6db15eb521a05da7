import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { Failure } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { GrantStore } from '../security/grantStore.ts';
import { nearestWord } from '../validation/nearestWord.ts';
import { readWorkspaceText } from '../validation/workspaceText.ts';
import { BUILT_IN } from './builtInProfiles.ts';
import type { Revealed } from './ceiling.ts';
import { type FolderSettings, readFolderSettings } from './folderSettings.ts';
import { type InternalFacts, internalDrafts } from './internalProfiles.ts';
import { folderServers } from './launchContent.ts';
import type { LaunchProfile, ProfileLimits } from './launchProfile.ts';
import { type McpFile, readMcpFiles } from './mcpFiles.ts';
import { profileGrants } from './profileGrants.ts';
import { INTERNAL_NAMES } from './profileSchema.ts';
import { type ProfileProblem, profilesError, unknownDefault, unknownProfile } from './profilesErrors.ts';
import {
  MOST_PROFILES_BYTES,
  PROFILES_FILE,
  type ProfilesFile,
  parseProfilesFile,
  unreadable,
  type WrittenProfile,
} from './profilesFile.ts';
import { LOCAL_SETTINGS, PROJECT_SETTINGS } from './projectSettings.ts';
import { builtInDrafts, type DraftProfile, mcpDrafts, withServers, workspaceDraft } from './resolveProfile.ts';
import { type WorkspaceContent, workspaceContent } from './workspaceContent.ts';

export interface ResolvedProfile {
  readonly name: string;
  readonly source: LaunchProfile['source'];
  readonly description: string;
  /** That of the profile `safe` when there is a problem: nothing more can come of a mistake. */
  readonly launch: LaunchProfile;
  readonly limits: ProfileLimits;
  /** What it grants, line by line, for people. */
  readonly grants: readonly string[];
  /** What files of the workspace would start or grant; absent when they do neither. */
  readonly content?: WorkspaceContent;
  /** The content is there and nobody has approved exactly it. */
  readonly needsApproval: boolean;
  /** Why it cannot be used now. */
  readonly problem?: Failure;
}

export interface CatalogResult {
  /** Built-in ones first, then those of `profiles.yaml`, then one for each `.mcp.NAME.json`. */
  readonly profiles: readonly ResolvedProfile[];
  /** Those that the built-in commands run with; no picker shows them. Empty unless they were asked for. */
  readonly internal: readonly ResolvedProfile[];
  readonly defaultName: string;
  /** Why that is not the one that the folder may have meant. */
  readonly defaultProblem?: Failure;
  /** Everything that is wrong, with its place when it has one; nothing of it keeps the other profiles from working. */
  readonly problems: readonly (Failure | ProfileProblem)[];
}

const DEFAULT_NAME = 'comprehensive';

/** The profiles of a folder, as its files are now. */
export class ProfileCatalog {
  readonly #grants: Pick<GrantStore, 'isGranted'>;
  readonly #home: string;

  constructor(parts: { readonly grants: Pick<GrantStore, 'isGranted'>; readonly home?: string }) {
    this.#grants = parts.grants;
    this.#home = parts.home ?? homedir();
  }

  /**
   * Reads all files that matter, anew each time. Never throws: what is wrong stands in the result.
   *
   * @param options.cwd where Claude Code will run, when not in the folder itself: it reads its settings there
   * @param options.revealed what the user's own settings allow a workspace to ask for
   * @param options.facts what was looked for on this machine; with it come the profiles of the built-in commands
   * @param options.servers names of servers of the folder that every profile gets besides its own
   * @param options.leaveOut reads as if `settings.local.json` did not allow these rules
   */
  async load(options: {
    readonly folder: string;
    readonly cwd?: string;
    readonly revealed: Revealed;
    readonly facts?: InternalFacts;
    readonly servers?: readonly string[];
    readonly leaveOut?: readonly string[];
  }): Promise<CatalogResult> {
    const { folder, cwd = folder, revealed, facts, servers = [], leaveOut = [] } = options;
    const [place, written, mcpFiles, folderSettings] = await Promise.all([
      realpath(cwd).catch(() => cwd),
      readProfilesFile(folder),
      readMcpFiles(folder),
      readFolderSettings({ cwd, home: this.#home, leaveOut }),
    ]);
    const named = [
      ...builtInDrafts(mcpFiles),
      ...written.profiles.map(profile => workspaceDraft(profile, mcpFiles, revealed)),
    ];
    const drafts = [...named, ...mcpDrafts(mcpFiles, [...named.map(({ name }) => name), ...INTERNAL_NAMES])];
    const finish = (draft: DraftProfile): ResolvedProfile =>
      this.#finish(withServers(draft, mcpFiles, servers), place, folderSettings);
    const profiles = drafts.map(finish);
    const wanted = chooseDefault(written, profiles);
    return {
      profiles,
      internal: facts === undefined ? [] : internalDrafts(mcpFiles, facts).map(finish),
      defaultName: wanted.name,
      ...(wanted.problem === undefined ? {} : { defaultProblem: wanted.problem }),
      problems: [
        ...written.errors.map(error => error.toProblem()),
        ...written.profiles.flatMap(problemsOf),
        ...unusedProblems(written, drafts),
        ...mcpFiles.flatMap(problemsOfMcpFile),
        ...folderSettings.problems,
        ...(wanted.problem === undefined || written.hidesDefault !== undefined ? [] : [wanted.problem]),
      ],
    };
  }

  #finish(draft: DraftProfile, place: string, folderSettings: FolderSettings): ResolvedProfile {
    const { name, source, limits, outcome } = draft;
    const base = { name, source, limits, description: visibleText(draft.description) };
    if (outcome.state === 'bad') {
      const launch = safeLaunch(name, source);
      return { ...base, launch, grants: [], needsApproval: false, problem: outcome.failure };
    }
    const { wanted, serverFiles } = outcome;
    const sources = outcome.launch.settingSources ?? [];
    const settingSources = sources.filter(one => !folderSettings.refused.has(one));
    const launch: LaunchProfile = { ...outcome.launch, settingSources };
    const content = workspaceContent({
      folder: place,
      servers: folderServers(launch),
      serverFiles,
      profileFile: PROFILES_FILE,
      permissionMode: wanted.permissionMode,
      allowedTools: wanted.allowedTools,
      ...(wanted.appendSystemPrompt === undefined ? {} : { prompt: wanted.appendSystemPrompt }),
      folderParts: settingSources.flatMap(one => folderSettings.parts[one]),
    });
    return {
      ...base,
      launch,
      grants: profileGrants({ launch, limits, notes: outcome.notes, content }),
      ...(content === undefined ? {} : { content }),
      needsApproval: content !== undefined && !this.#grants.isGranted(content.fingerprint),
    };
  }
}

/**
 * The profile of this name, or the default one without a name.
 * @throws ProfilesError `unknownProfile`
 */
export function findProfile(
  { profiles, internal, defaultName }: CatalogResult,
  name: string = defaultName,
): ResolvedProfile {
  const found =
    // First, so that no file of a folder can stand in for what a built-in command relies on.
    [...internal, ...profiles].find(profile => profile.name === name) ??
    profiles.find(profile => profile.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    const known = profiles.map(profile => profile.name);
    throw unknownProfile(name, nearestWord(name, known), known);
  }
  return found;
}

/** Patterns, relative to the folder, of the files whose change means loading again. */
export function filesThatMatter(folder: string): readonly { readonly base: string; readonly pattern: string }[] {
  return [
    PROFILES_FILE,
    '.mcp.json',
    '.mcp.*.json',
    PROJECT_SETTINGS,
    LOCAL_SETTINGS,
    '.claude/{agents,commands,skills}/**/*.md',
  ].map(pattern => ({ base: folder, pattern }));
}

async function readProfilesFile(folder: string): Promise<ProfilesFile> {
  const read = await readWorkspaceText(folder, PROFILES_FILE, { mostBytes: MOST_PROFILES_BYTES, links: 'insideOnly' });
  if (read.state === 'text') {
    return parseProfilesFile(read.text);
  }
  return read.state === 'refused' ? unreadable(profilesError(read.fault)) : { profiles: [], errors: [] };
}

function chooseDefault(
  { defaultProfile, hidesDefault }: ProfilesFile,
  profiles: readonly ResolvedProfile[],
): { readonly name: string; readonly problem?: ProfileProblem } {
  if (hidesDefault !== undefined) {
    return { name: DEFAULT_NAME, problem: hidesDefault.toProblem() };
  }
  if (defaultProfile === undefined) {
    return { name: DEFAULT_NAME };
  }
  const usable = profiles.filter(({ problem }) => problem === undefined).map(({ name }) => name);
  if (usable.includes(defaultProfile.name)) {
    return { name: defaultProfile.name };
  }
  const { name, place } = defaultProfile;
  return { name: DEFAULT_NAME, problem: unknownDefault(place, name, nearestWord(name, usable)).toProblem() };
}

function problemsOf({ content }: WrittenProfile): ProfileProblem[] {
  return content.state === 'bad' ? content.errors.map(error => error.toProblem()) : [];
}

/** Profiles that are well written and yet cannot be used, such as for a server that nobody defines. */
function unusedProblems({ profiles }: ProfilesFile, drafts: readonly DraftProfile[]): Failure[] {
  const wellWritten = new Set(profiles.filter(({ content }) => content.state === 'good').map(({ name }) => name));
  return drafts.flatMap(({ name, source, outcome }) =>
    source === 'workspace' && wellWritten.has(name) && outcome.state === 'bad' && outcome.failure.family === 'profiles'
      ? [outcome.failure]
      : [],
  );
}

function problemsOfMcpFile({ failure, problems }: McpFile): Failure[] {
  return failure === undefined ? problems.map(error => error.toProblem()) : [failure];
}

function safeLaunch(name: string, source: LaunchProfile['source']): LaunchProfile {
  const { permissionMode, askTools, settingSources } = BUILT_IN.safe;
  return {
    name,
    source,
    permissionMode,
    allowedTools: [],
    disallowedTools: [],
    askTools,
    mcpServers: {},
    settingSources,
  };
}
