import * as z from 'zod';

/** Profiles that every folder has; a workspace can start from them but never replace them. */
export const BUILT_IN_NAMES = ['speed', 'comprehensive', 'safe'] as const;
export type BuiltInName = (typeof BUILT_IN_NAMES)[number];
/**
 * Profiles that the built-in commands run with. They are no start for the profiles of a workspace, stand in no picker,
 * and their names are taken.
 */
export const INTERNAL_NAMES = ['readOnly', 'research', 'serena', 'god'] as const;

/** Plain letters only: a name that looks like another one would be a trap. */
export const PROFILE_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._ -]{0,62}[A-Za-z0-9])?$/;
/** Nothing that the command line could take for an option. */
const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._:/@[\]-]{0,199}$/;
const MODEL_NAMES = /^[A-Za-z0-9][A-Za-z0-9._:/@[\],-]{0,399}$/;
/** One tool, with at most one pair of brackets: Claude Code would take more for a second rule. */
export const TOOL_RULE = /^(?:\*|[A-Za-z][A-Za-z0-9_-]*\*?|mcp__[A-Za-z0-9_*-]+)(?:\([^()\p{C}]+\))?$/u;
const SERVER_NAME = /^[^\s\p{C}](?:[^\p{C}]{0,62}[^\s\p{C}])?$/u;

const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);
const namedValuesSchema = z.record(z.string(), scalarSchema);
const toolRulesSchema = z.array(z.string().max(500).regex(TOOL_RULE)).max(200);

const programServerSchema = z.strictObject({
  type: z.literal('stdio').optional(),
  command: z
    .string()
    .min(1)
    .max(4000)
    .describe('The program to start; references to variables are filled in by Claude Code.'),
  args: z.array(scalarSchema).max(200).optional(),
  env: namedValuesSchema.optional().describe('Environment variables. Write a secret as a reference to a variable.'),
  timeout: z.number().int().positive().optional().describe('Milliseconds a tool call may take.'),
});
const remoteServerSchema = z.strictObject({
  type: z.enum(['http', 'sse']),
  url: z.string().min(1).max(4000),
  headers: namedValuesSchema.optional().describe('HTTP headers. Write a secret as a reference to a variable.'),
  headersHelper: z.string().min(1).max(4000).optional().describe('A command that prints headers as JSON.'),
  timeout: z.number().int().positive().optional().describe('Milliseconds a tool call may take.'),
});
const serverSchema = z.union([programServerSchema, remoteServerSchema]);
const serversSchema = z.record(z.string().regex(SERVER_NAME), serverSchema);

export const profileEntrySchema = z.strictObject({
  description: z.string().max(500).optional().describe('One line for the picker.'),
  extends: z.enum(BUILT_IN_NAMES).optional().describe('A built-in profile to start from.'),
  model: z.string().regex(MODEL_NAME).optional().describe('An alias such as sonnet, or the id of a model.'),
  fallbackModel: z
    .string()
    .regex(MODEL_NAMES)
    .optional()
    .describe('Used while the model is overloaded; several with commas between.'),
  effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).optional().describe('How hard the model thinks.'),
  permissionMode: z
    .enum(['default', 'acceptEdits', 'plan', 'dontAsk', 'auto'])
    .optional()
    .describe('What is asked. Modes that your own settings do not reveal are lowered to default.'),
  mcp: z
    .union([z.string().max(64), z.array(z.string().regex(SERVER_NAME)).max(100), serversSchema])
    .optional()
    .describe('NAME for all servers of .mcp.NAME.json, a list of servers of those files, or servers by name.'),
  allowedTools: toolRulesSchema.optional().describe('Rules for what runs without asking, such as Bash(npm test *).'),
  disallowedTools: toolRulesSchema.optional().describe('Rules for what is never done.'),
  appendSystemPrompt: z.string().min(1).max(20_000).optional().describe('Added to the system prompt.'),
  limits: z
    .strictObject({
      minutes: z.number().positive().max(10_080).optional().describe('Minutes of work.'),
      usd: z.number().positive().max(100_000).optional().describe('US dollars.'),
      turns: z.number().int().positive().max(100_000).optional().describe('Model rounds.'),
    })
    .optional()
    .describe('The task ends when it reaches one of these.'),
});
export type ProfileEntry = z.infer<typeof profileEntrySchema>;

export const profilesFileSchema = z
  .strictObject({
    version: z.literal(1),
    default: z.string().regex(PROFILE_NAME).optional().describe('The profile that is chosen at first.'),
    profiles: z.record(z.string().regex(PROFILE_NAME), profileEntrySchema).optional(),
  })
  .describe('Profiles of this workspace for the Control Panel for Claude Code.');

/** What a value must be, in words, for the last name on the way to it. */
export const EXPECTED: Readonly<Record<string, string>> = {
  version: '1',
  default: 'the name of a profile',
  profiles: 'profiles by name, each with its keys below it',
  description: 'text of at most 500 characters',
  extends: `one of ${BUILT_IN_NAMES.join(', ')}`,
  model: 'an alias such as sonnet, or the id of a model',
  fallbackModel: 'one model, or several with commas between',
  effort: 'one of low, medium, high, xhigh, max',
  permissionMode: 'one of default, acceptEdits, plan, dontAsk, auto',
  mcp: 'the NAME of a file .mcp.NAME.json, a list of server names, or servers by name',
  allowedTools: 'a list of rules, each one tool with at most one pair of brackets, such as Bash(npm test *)',
  disallowedTools: 'a list of rules, each one tool with at most one pair of brackets, such as Read(.env)',
  appendSystemPrompt: 'text of at most 20000 characters',
  limits: 'a map with minutes, usd or turns',
  minutes: 'a number of minutes above 0, at most 10080',
  usd: 'a number of US dollars above 0',
  turns: 'a whole number above 0',
  command: 'the program to start, as text',
  args: 'a list of texts',
  env: 'names and values',
  headers: 'names and values',
  url: 'an address, as text',
  type: 'stdio (with command), http or sse (with url)',
  headersHelper: 'a command, as text',
  timeout: 'a whole number of milliseconds',
};
