import { readdir } from 'node:fs/promises';
import { canonicalJson } from '../../base/canonicalJson.ts';
import type { JsonObject } from '../../base/json.ts';
import { type Failure, toFailure } from '../../base/panelError.ts';
import { parseMcpConfig } from '../claude/mcpConfig.ts';
import { badValue, type FilePlace } from '../validation/fileFault.ts';
import { nearestWord } from '../validation/nearestWord.ts';
import { readWorkspaceText } from '../validation/workspaceText.ts';
import { PROFILE_NAME, type ProfileEntry } from './profileSchema.ts';
import { ambiguousServer, badServer, type ProfilesError, profilesError, unknownServers } from './profilesErrors.ts';

export const FOLDER_MCP_FILE = '.mcp.json';
const MOST_BYTES = 1024 * 1024;

export type Servers = Readonly<Record<string, JsonObject>>;

/** A file of MCP servers in the folder, or what is wrong with it. */
export interface McpFile {
  readonly file: string;
  /** The NAME of `.mcp.NAME.json`; absent for `.mcp.json`. */
  readonly name?: string;
  readonly servers: Servers;
  /** The whole file cannot be used. */
  readonly failure?: Failure;
  /** Single servers of it cannot. */
  readonly problems: readonly ProfilesError[];
}

/** `.mcp.json` and all `.mcp.NAME.json` of the folder, in the order of their names. */
export async function readMcpFiles(folder: string): Promise<McpFile[]> {
  const entries = await readdir(folder).catch((): string[] => []);
  const names = entries.filter(entry => /^\.mcp\.(?:.+\.)?json$/.test(entry)).sort();
  return Promise.all(names.map(file => readMcpFile(folder, file)));
}

async function readMcpFile(folder: string, file: string): Promise<McpFile> {
  const name = /^\.mcp\.(.+)\.json$/.exec(file)?.[1];
  const empty = { file, ...(name === undefined ? {} : { name }), servers: {}, problems: [] };
  if (name !== undefined && !PROFILE_NAME.test(name)) {
    const expected = 'made of at most 64 letters, digits, dots, spaces and hyphens (A to Z only)';
    return {
      ...empty,
      failure: profilesError(badValue({ file }, { where: 'NAME of .mcp.NAME.json', expected })).toProblem(),
    };
  }
  const read = await readWorkspaceText(folder, file, { mostBytes: MOST_BYTES, links: 'insideOnly' });
  if (read.state === 'absent') {
    return empty;
  }
  if (read.state === 'refused') {
    return { ...empty, failure: profilesError(read.fault).toProblem() };
  }
  try {
    const { servers, refused } = parseMcpConfig(read.text, file);
    return { ...empty, servers, problems: refused.map(({ server, why }) => badServer(file, server, why)) };
  } catch (error) {
    return { ...empty, failure: toFailure(error) };
  }
}

export type ServerChoice =
  | {
      readonly state: 'chosen';
      readonly servers: Servers;
      /** The files that define them. */
      readonly files: readonly string[];
      /** Servers of these files that cannot be started, each with the reason. */
      readonly notes: readonly string[];
    }
  | { readonly state: 'failed'; readonly failure: Failure };

/** All servers of one file; without a name those of `.mcp.json`, which need not exist. */
export function serversOfFile(files: readonly McpFile[], name?: string): ServerChoice {
  const file = files.find(one => one.name === name);
  if (file?.failure !== undefined) {
    return { state: 'failed', failure: file.failure };
  }
  const { servers = {}, problems = [] } = file ?? {};
  const defining = file !== undefined && Object.keys(servers).length > 0 ? [file.file] : [];
  return { state: 'chosen', servers, files: defining, notes: problems.map(({ message }) => `Not started: ${message}`) };
}

/** The servers that a profile of the workspace names or defines. */
export function serversOfProfile(
  files: readonly McpFile[],
  profile: string,
  mcp: NonNullable<ProfileEntry['mcp']>,
  place: FilePlace,
): ServerChoice {
  if (typeof mcp === 'string') {
    const names = files.flatMap(file => file.name ?? []);
    return names.includes(mcp)
      ? serversOfFile(files, mcp)
      : failed(
          unknownServers(place, {
            profile,
            wanted: `.mcp.${mcp}.json`,
            nearest: nearestWord(mcp, names),
            known: names.length === 0 ? 'There is no file .mcp.NAME.json.' : `Names: ${names.join(', ')}.`,
          }),
        );
  }
  if (!Array.isArray(mcp)) {
    const inline = Object.entries(mcp).map(([name, server]): [string, JsonObject] => [name, asDefinition(server)]);
    return {
      state: 'chosen',
      servers: Object.fromEntries(inline),
      files: inline.length === 0 ? [] : [place.file],
      notes: [],
    };
  }
  const servers: [string, JsonObject][] = [];
  const defining = new Set<string>();
  for (const server of mcp) {
    const found = findServer(files, profile, server, place);
    if (found.state === 'failed') {
      return found;
    }
    servers.push(...Object.entries(found.servers));
    for (const file of found.files) {
      defining.add(file);
    }
  }
  return { state: 'chosen', servers: Object.fromEntries(servers), files: [...defining].sort(), notes: [] };
}

/** `.mcp.json` comes first; after it the server must mean the same in all files that have it. */
function findServer(files: readonly McpFile[], profile: string, server: string, place: FilePlace): ServerChoice {
  const having = files.filter(file => Object.hasOwn(file.servers, server));
  const best = having.find(file => file.name === undefined) ?? having[0];
  const definition = best?.servers[server];
  if (best === undefined || definition === undefined) {
    const failure = files.find(file => file.failure !== undefined)?.failure;
    const known = files.flatMap(file => Object.keys(file.servers));
    return failure !== undefined
      ? { state: 'failed', failure }
      : failed(
          unknownServers(place, {
            profile,
            wanted: server,
            nearest: nearestWord(server, known),
            known: known.length === 0 ? 'No file defines a server.' : `Servers: ${[...new Set(known)].join(', ')}.`,
          }),
        );
  }
  const meanings = new Set(having.map(file => canonicalJson(file.servers[server])));
  if (best.name !== undefined && meanings.size > 1) {
    return failed(ambiguousServer(place, { profile, server, files: having.map(file => file.file) }));
  }
  return { state: 'chosen', servers: { [server]: definition }, files: [best.file], notes: [] };
}

type InlineServer = Extract<NonNullable<ProfileEntry['mcp']>, Record<string, unknown>>[string];

/** As `.mcp.json` would have it: numbers and truth values of YAML become text. */
function asDefinition(server: InlineServer): JsonObject {
  const texts = (values: Readonly<Record<string, unknown>>): JsonObject =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  const { timeout } = server;
  const common = timeout === undefined ? {} : { timeout };
  if ('command' in server) {
    const { command, args, env } = server;
    return {
      type: 'stdio',
      command,
      ...(args === undefined ? {} : { args: args.map(String) }),
      ...(env === undefined ? {} : { env: texts(env) }),
      ...common,
    };
  }
  const { type, url, headers, headersHelper } = server;
  return {
    type,
    url,
    ...(headers === undefined ? {} : { headers: texts(headers) }),
    ...(headersHelper === undefined ? {} : { headersHelper }),
    ...common,
  };
}

function failed(error: ProfilesError): ServerChoice {
  return { state: 'failed', failure: error.toProblem() };
}
