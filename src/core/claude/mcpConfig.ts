import type { JsonObject, JsonValue } from '../../base/json.ts';
import { unreadableMcpConfig } from './claudeErrors.ts';
import { asTexts, isObject, type Raw } from './wire/rawFields.ts';

/** The servers of one configuration file; those that cannot be used are named with the reason. */
export interface McpConfig {
  /** Name → definition, as it stands in the file. */
  readonly servers: Readonly<Record<string, JsonObject>>;
  readonly refused: readonly { readonly server: string; readonly why: string }[];
}

/** A server as a person should see it before it is started: an MCP server is code, or a place that data goes to. */
export interface McpServerSummary {
  readonly name: string;
  readonly transport: 'stdio' | 'http' | 'sse' | 'ws' | 'unknown';
  /** The command line, or the address. Variables are not filled in. */
  readonly shown: string;
  /** Names of the variables that it wants from the environment, and whether it does without. */
  readonly variables: readonly { readonly name: string; readonly hasDefault: boolean }[];
  /** Names of the variables and headers that the file sets. Their values may be secret and are not here. */
  readonly sets: readonly string[];
}

type RawServer = Raw<'type' | 'command' | 'args' | 'env' | 'url' | 'headers' | 'headersHelper'>;

/** Reads the text of `.mcp.json` or a file like it; `file` is its name for the messages. @throws ClaudeError `unreadableMcpConfig`. */
export function parseMcpConfig(text: string, file: string): McpConfig {
  if (text.includes('\0')) {
    throw unreadableMcpConfig(file, 'It is not a text file.');
  }
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (plain.trim() === '') {
    throw unreadableMcpConfig(file, 'It is empty.');
  }
  let value: JsonValue;
  try {
    value = JSON.parse(plain) as JsonValue;
  } catch (error) {
    throw unreadableMcpConfig(file, `It is not JSON: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  const servers = isObject(value) ? (value as Raw<'mcpServers'>).mcpServers : undefined;
  if (!isObject(servers)) {
    throw unreadableMcpConfig(file, 'It has no object "mcpServers".');
  }
  const checked = Object.entries(servers).map(([name, definition]) => ({
    name,
    definition,
    why: refusal(name, definition),
  }));
  return {
    servers: Object.fromEntries(
      checked.flatMap(({ name, definition, why }) => (why === undefined ? [[name, definition as JsonObject]] : [])),
    ),
    refused: checked.flatMap(({ name, why }) => (why === undefined ? [] : [{ server: name, why }])),
  };
}

function refusal(name: string, definition: JsonValue): string | undefined {
  if (name.trim() === '') {
    return 'It has no name.';
  }
  if (!isObject(definition)) {
    return 'Its definition is not an object.';
  }
  const { type, command, args, env, url, headers } = definition as RawServer;
  if (type !== undefined && typeof type !== 'string') {
    return 'Its "type" is not a text.';
  }
  if (args !== undefined && (!Array.isArray(args) || args.some(arg => typeof arg !== 'string'))) {
    return 'Its "args" are not a list of texts.';
  }
  if (env !== undefined && !isTextRecord(env)) {
    return 'Its "env" is not an object of texts.';
  }
  if (headers !== undefined && !isTextRecord(headers)) {
    return 'Its "headers" are not an object of texts.';
  }
  const isRemote = type === undefined ? command === undefined : type !== 'stdio';
  const [field, target] = isRemote ? ['url', url] : ['command', command];
  return typeof target === 'string' && target.trim() !== '' ? undefined : `It has no "${field}".`;
}

function isTextRecord(value: JsonValue): boolean {
  return isObject(value) && Object.values(value).every(item => typeof item === 'string');
}

export function summarizeMcpServer(name: string, definition: JsonObject): McpServerSummary {
  const { type, command, args, env, url, headers } = definition as RawServer;
  const isStdio = type === 'stdio' || (type === undefined && command !== undefined);
  const shown = isStdio ? [textIn(command), ...asTexts(args)].map(quoted).join(' ') : textIn(url);
  const sets = [...(isObject(env) ? Object.keys(env) : []), ...(isObject(headers) ? Object.keys(headers) : [])];
  return { name, transport: transportOf(type, isStdio), shown, variables: variablesIn(definition), sets };
}

function transportOf(type: JsonValue | undefined, isStdio: boolean): McpServerSummary['transport'] {
  if (isStdio) {
    return 'stdio';
  }
  switch (type) {
    case undefined:
    case 'http':
    case 'streamable-http':
      return 'http';
    case 'sse':
    case 'ws':
      return type;
    default:
      return 'unknown';
  }
}

/** Every `${NAME}` and `${NAME:-default}` in any text of the definition, each name once. */
function variablesIn(definition: JsonObject): McpServerSummary['variables'] {
  const found = new Map<string, boolean>();
  for (const match of JSON.stringify(definition).matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)(:-)?/g)) {
    const [, name = '', fallback] = match;
    found.set(name, (found.get(name) ?? true) && fallback !== undefined);
  }
  return [...found].map(([name, hasDefault]) => ({ name, hasDefault }));
}

function textIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** For people only: shows where an argument begins and ends. Nothing is ever run from this text. */
function quoted(part: string): string {
  return /^[\w@%+=:,./${}-]+$/.test(part) ? part : JSON.stringify(part);
}
