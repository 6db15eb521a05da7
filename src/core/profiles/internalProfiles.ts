import type { JsonObject } from '../../base/json.ts';
import type { Failure } from '../../base/panelError.ts';
import { PLAIN, type ProfileTemplate } from './builtInProfiles.ts';
import { type AutonomyFacts, GOD_LIMITS, godTemplate } from './godMode.ts';
import { type McpFile, serversOfFile } from './mcpFiles.ts';
import { profileNotLookedAt } from './profilesErrors.ts';
import { type DraftProfile, fromTemplate } from './resolveProfile.ts';

/** What has to be looked for before some of them can be used. */
export interface InternalFacts {
  /** The definition of Serena's MCP server, or why there is none. */
  readonly serena?:
    | { readonly state: 'found'; readonly server: JsonObject }
    | { readonly state: 'missing'; readonly failure: Failure };
  readonly autonomy?: AutonomyFacts | { readonly state: 'refused'; readonly failure: Failure };
}

/** Nothing in a repository may be read by an agent that cannot tell a secret from code. */
const SECRET_FILES = ['Read(**/.env)', 'Read(**/.env.*)', 'Read(**/*.pem)', 'Read(**/id_rsa*)', 'Read(**/id_ed25519*)'];
/** Nobody is asked, so nothing may ask. */
const ASKING = ['AskUserQuestion', 'EnterPlanMode', 'ExitPlanMode'];
const ACTING = [
  'Bash',
  'Edit',
  'MultiEdit',
  'NotebookEdit',
  'Write',
  'Skill',
  'SlashCommand',
  'ListAgents',
  'SendMessage',
];

const READ_ONLY: ProfileTemplate = {
  ...PLAIN,
  description: 'Reads this folder and answers. Runs nothing, changes nothing, uses no network, and never asks.',
  permissionMode: 'dontAsk',
  settingSources: ['user'],
  effort: 'high',
  allowedTools: ['Read', 'Glob', 'Grep', 'TodoWrite', 'StructuredOutput'],
  neverWaits: true,
  disallowedTools: [...ACTING, ...ASKING, 'WebFetch', 'WebSearch', 'Agent', 'Task', ...SECRET_FILES],
};

/*
 * It reads the web, whose pages may hold orders of strangers: so it has neither the files of this folder, nor anything
 * that acts.
 */
const RESEARCH: ProfileTemplate = {
  ...PLAIN,
  description:
    'Searches and reads the web and documentation. Sees no file of this folder, changes nothing, never asks.',
  permissionMode: 'dontAsk',
  settingSources: ['user'],
  allowedTools: ['WebSearch', 'WebFetch', 'TodoWrite', 'ToolSearch', 'StructuredOutput'],
  neverWaits: true,
  disallowedTools: [...ACTING, ...ASKING, 'Read', 'Glob', 'Grep', 'Agent', 'Task'],
};

const SERENA_SERVER = 'serena';
const SERENA: ProfileTemplate = {
  ...PLAIN,
  description: 'Your own model with the MCP server Serena, which knows the symbols of the code. Asks before changes.',
  effort: 'high',
  allowedTools: [
    'activate_project',
    'check_onboarding_performed',
    'find_file',
    'find_referencing_symbols',
    'find_symbol',
    'get_symbols_overview',
    'initial_instructions',
    'list_dir',
    'list_memories',
    'read_file',
    'read_memory',
    'search_for_pattern',
  ].map(tool => `mcp__${SERENA_SERVER}__${tool}`),
};

/** The profiles of the built-in commands, as far as what they need was looked for. */
export function internalDrafts(mcpFiles: readonly McpFile[], facts: InternalFacts): DraftProfile[] {
  const plain = (name: string, template: ProfileTemplate): DraftProfile =>
    fromTemplate({ name, source: 'built in', description: template.description, template, choice: serversOfFile([]) });
  return [plain('readOnly', READ_ONLY), plain('research', RESEARCH), serenaDraft(facts), godDraft(mcpFiles, facts)];
}

function serenaDraft({ serena }: InternalFacts): DraftProfile {
  const { description } = SERENA;
  if (serena?.state !== 'found') {
    return unusable('serena', description, serena?.failure);
  }
  const draft = fromTemplate({
    name: 'serena',
    source: 'built in',
    description,
    template: SERENA,
    choice: { state: 'chosen', servers: { [SERENA_SERVER]: serena.server }, files: [], notes: [] },
  });
  return draft.outcome.state === 'ready'
    ? { ...draft, outcome: { ...draft.outcome, launch: { ...draft.outcome.launch, ownServers: [SERENA_SERVER] } } }
    : draft;
}

function godDraft(mcpFiles: readonly McpFile[], { autonomy }: InternalFacts): DraftProfile {
  const description = 'Works on its own: does what it was told without asking, inside of a sandbox where there is one.';
  if (autonomy === undefined || autonomy.state === 'refused') {
    return unusable('god', description, autonomy?.failure);
  }
  const { template, notes } = godTemplate(autonomy);
  const choice = serversOfFile(mcpFiles);
  const draft = fromTemplate({ name: 'god', source: 'built in', description, template, choice });
  return draft.outcome.state === 'ready'
    ? { ...draft, limits: GOD_LIMITS, outcome: { ...draft.outcome, notes: [...notes, ...draft.outcome.notes] } }
    : draft;
}

function unusable(name: string, description: string, failure?: Failure): DraftProfile {
  const why = failure ?? profileNotLookedAt(name).toProblem();
  return { name, source: 'built in', description, limits: {}, outcome: { state: 'bad', failure: why } };
}
