import type { Failure } from '../../base/panelError.ts';
import { BUILT_IN, PLAIN, type ProfileTemplate } from './builtInProfiles.ts';
import { askingForAll, type Revealed, underCeiling } from './ceiling.ts';
import type { LaunchProfile, ProfileLimits } from './launchProfile.ts';
import { FOLDER_MCP_FILE, type McpFile, type ServerChoice, serversOfFile, serversOfProfile } from './mcpFiles.ts';
import { BUILT_IN_NAMES, type ProfileEntry } from './profileSchema.ts';
import type { WrittenProfile } from './profilesFile.ts';

/** A profile with its servers, before it is known whether it has to be approved. */
export interface DraftProfile {
  readonly name: string;
  readonly source: LaunchProfile['source'];
  readonly description: string;
  readonly limits: ProfileLimits;
  readonly outcome:
    | {
        readonly state: 'ready';
        readonly launch: LaunchProfile;
        /** What was asked for and not given. */
        readonly notes: readonly string[];
        readonly serverFiles: readonly string[];
        /** Rights that a file of the workspace wants, as opposed to those that come with the product. */
        readonly wanted: Pick<LaunchProfile, 'permissionMode' | 'allowedTools' | 'appendSystemPrompt'>;
      }
    | { readonly state: 'bad'; readonly failure: Failure };
}

const NOTHING_WANTED = { permissionMode: 'default', allowedTools: [] } as const;

export function builtInDrafts(mcpFiles: readonly McpFile[]): DraftProfile[] {
  return BUILT_IN_NAMES.map(name => {
    const template = BUILT_IN[name];
    const { description } = template;
    const choice = template.usesFolderServers ? serversOfFile(mcpFiles) : serversOfFile([]);
    return fromTemplate({ name, source: 'built in', description, template, choice });
  });
}

/** The same profile with these servers of the folder's files besides its own. */
export function withServers(
  draft: DraftProfile,
  mcpFiles: readonly McpFile[],
  servers: readonly string[],
): DraftProfile {
  const { name, outcome } = draft;
  if (outcome.state === 'bad' || servers.length === 0) {
    return draft;
  }
  const choice = serversOfProfile(mcpFiles, name, [...servers], { file: FOLDER_MCP_FILE });
  if (choice.state === 'failed') {
    return { ...draft, outcome: { state: 'bad', failure: choice.failure } };
  }
  const launch = { ...outcome.launch, mcpServers: { ...outcome.launch.mcpServers, ...choice.servers } };
  const serverFiles = [...new Set([...outcome.serverFiles, ...choice.files])].sort();
  return { ...draft, outcome: { ...outcome, launch, serverFiles, notes: [...outcome.notes, ...choice.notes] } };
}

/** One profile for each `.mcp.NAME.json`: the thorough one with exactly these servers. */
export function mcpDrafts(mcpFiles: readonly McpFile[], takenNames: readonly string[]): DraftProfile[] {
  const taken = new Set(takenNames.map(name => name.toLowerCase()));
  return mcpFiles.flatMap(({ file, name: mcpName }) => {
    if (mcpName === undefined) {
      return [];
    }
    const name = taken.has(mcpName.toLowerCase()) ? `mcp-${mcpName}` : mcpName;
    const description = `Like comprehensive, with exactly the MCP servers of ${file}.`;
    const choice = serversOfFile(mcpFiles, mcpName);
    return [fromTemplate({ name, source: 'workspace', description, template: BUILT_IN.comprehensive, choice })];
  });
}

export function fromTemplate(parts: {
  readonly name: string;
  readonly source: LaunchProfile['source'];
  readonly description: string;
  readonly template: ProfileTemplate;
  readonly choice: ServerChoice;
}): DraftProfile {
  const { name, source, description, template, choice } = parts;
  const { model, effort, permissionMode, askTools, allowedTools = [], disallowedTools = [], settingSources } = template;
  const { sandbox, neverWaits } = template;
  if (choice.state === 'failed') {
    return { name, source, description, limits: {}, outcome: { state: 'bad', failure: choice.failure } };
  }
  const launch: LaunchProfile = {
    name,
    source,
    ...(model === undefined ? {} : { model }),
    ...(effort === undefined ? {} : { effort }),
    permissionMode,
    allowedTools,
    disallowedTools,
    ...(askTools.length === 0 ? {} : { askTools }),
    ...(sandbox === undefined ? {} : { sandbox }),
    ...(neverWaits === undefined ? {} : { neverWaits }),
    mcpServers: choice.servers,
    settingSources,
  };
  return {
    name,
    source,
    description,
    limits: {},
    outcome: { state: 'ready', launch, notes: choice.notes, serverFiles: choice.files, wanted: NOTHING_WANTED },
  };
}

/** A profile of `profiles.yaml`, lowered to what the user's own settings reveal. */
export function workspaceDraft(
  written: WrittenProfile,
  mcpFiles: readonly McpFile[],
  revealed: Revealed,
): DraftProfile {
  const { name, place, content } = written;
  const source = 'workspace';
  if (content.state === 'bad') {
    const description = `Cannot be used: see ${place.file}.`;
    return { name, source, description, limits: {}, outcome: { state: 'bad', failure: content.errors[0].toProblem() } };
  }
  const { entry } = content;
  const template = entry.extends === undefined ? PLAIN : BUILT_IN[entry.extends];
  const base = {
    name,
    source,
    description: entry.description ?? describeOrigin(entry),
    limits: limitsOf(entry),
  } as const;
  const choice = chooseServers(written, entry, template, mcpFiles);
  if (choice.state === 'failed') {
    return { ...base, outcome: { state: 'bad', failure: choice.failure } };
  }
  const wish = {
    permissionMode: entry.permissionMode ?? template.permissionMode,
    allowedTools: [...new Set(entry.allowedTools ?? [])],
  };
  const asksForAll = template.askTools.length > 0;
  const { permissionMode, allowedTools, notes } = asksForAll ? askingForAll(wish) : underCeiling(wish, revealed);
  const model = entry.model ?? template.model;
  const effort = entry.effort ?? template.effort;
  const { fallbackModel, appendSystemPrompt } = entry;
  const launch: LaunchProfile = {
    name,
    source,
    ...(model === undefined ? {} : { model }),
    ...(fallbackModel === undefined ? {} : { fallbackModel }),
    ...(effort === undefined ? {} : { effort }),
    permissionMode,
    allowedTools,
    disallowedTools: [...new Set(entry.disallowedTools ?? [])],
    ...(asksForAll ? { askTools: template.askTools } : {}),
    mcpServers: choice.servers,
    ...(appendSystemPrompt === undefined ? {} : { appendSystemPrompt }),
    settingSources: template.settingSources,
  };
  return {
    ...base,
    outcome: {
      state: 'ready',
      launch,
      notes: [...notes, ...choice.notes],
      serverFiles: choice.files,
      wanted: { permissionMode, allowedTools, ...(appendSystemPrompt === undefined ? {} : { appendSystemPrompt }) },
    },
  };
}

function chooseServers(
  written: WrittenProfile,
  { mcp }: ProfileEntry,
  { usesFolderServers }: ProfileTemplate,
  mcpFiles: readonly McpFile[],
): ServerChoice {
  if (mcp !== undefined) {
    return serversOfProfile(mcpFiles, written.name, mcp, written.placeOf(['mcp']));
  }
  return serversOfFile(usesFolderServers ? mcpFiles : []);
}

function describeOrigin({ extends: origin }: ProfileEntry): string {
  return origin === undefined ? PLAIN.description : `Starts from ${origin}.`;
}

function limitsOf({ limits = {} }: ProfileEntry): ProfileLimits {
  const { minutes, usd, turns } = limits;
  return {
    ...(minutes === undefined ? {} : { minutes }),
    ...(usd === undefined ? {} : { usd }),
    ...(turns === undefined ? {} : { turns }),
  };
}
