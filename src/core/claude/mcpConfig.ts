import type { JsonObject, JsonValue } from '../../base/json.ts';
import { unreadableMcpConfig } from './claudeErrors.ts';
import { isObject, type Raw } from './wire/rawFields.ts';

/** The servers of one configuration file; those that cannot be used are named with the reason. */
interface McpConfig {
  /** Name → definition, as it stands in the file. */
  readonly servers: Readonly<Record<string, JsonObject>>;
  readonly refused: readonly { readonly server: string; readonly why: string }[];
}

type RawServer = Raw<'type' | 'command' | 'args' | 'env' | 'url' | 'headers'>;

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
