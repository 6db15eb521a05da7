import { readFile, stat } from 'node:fs/promises';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { unreadableMcpConfig } from './claudeErrors.ts';

/** MCP servers as a file such as `.mcp.json` defines them. */
export interface McpConfig {
  readonly file: string;
  /** Server name → its definition, exactly as written: variables are not filled in. */
  readonly servers: Readonly<Record<string, JsonObject>>;
  /** Servers that cannot be started; the others can. */
  readonly refused: readonly { readonly server: string; readonly why: string }[];
}

const MOST_BYTES = 1024 * 1024;

/** Reads a file of MCP servers. @throws ClaudeError `unreadableMcpConfig` when it is missing, binary or corrupt. */
export async function readMcpConfig(file: string): Promise<McpConfig> {
  let bytes: Uint8Array;
  try {
    const facts = await stat(file);
    if (!facts.isFile()) {
      throw unreadableMcpConfig(file, 'It is not a plain file.');
    }
    if (facts.size > MOST_BYTES) {
      throw unreadableMcpConfig(file, `It is larger than ${MOST_BYTES / 1024} KB.`);
    }
    bytes = await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === undefined
      ? error
      : unreadableMcpConfig(file, code === 'ENOENT' ? 'It is not there.' : `The system says ${code}.`, error);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadableMcpConfig(file, 'It is not text.', error);
  }
  return parseMcpConfig(text, file);
}

/** @throws ClaudeError `unreadableMcpConfig` when the text is no such configuration. */
export function parseMcpConfig(text: string, file: string): McpConfig {
  if (text.includes('\0')) {
    throw unreadableMcpConfig(file, 'It is not text.');
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadableMcpConfig(file, `It is not valid JSON${placeOf(error, text)}.`, error);
  }
  const servers = isObject(value) ? value['mcpServers'] : undefined;
  if (!isObject(servers)) {
    throw unreadableMcpConfig(file, 'It has no object "mcpServers" with the servers by name.');
  }
  const all = Object.entries(servers).map(([name, definition]) => ({ name, definition, why: whyRefused(definition) }));
  return {
    file,
    servers: Object.fromEntries(
      all.flatMap(({ name, definition, why }) => (why === undefined ? [[name, definition as JsonObject]] : [])),
    ),
    refused: all.flatMap(({ name, why }) => (why === undefined ? [] : [{ server: name, why }])),
  };
}

function whyRefused(definition: JsonValue): string | undefined {
  if (!isObject(definition)) {
    return 'it is not an object.';
  }
  const { command, url, args } = definition;
  if (command === undefined && url === undefined) {
    return 'it has neither "command" nor "url".';
  }
  if (command !== undefined && (typeof command !== 'string' || command === '')) {
    return '"command" has to be the program to start, as text.';
  }
  if (url !== undefined && (typeof url !== 'string' || url === '')) {
    return '"url" has to be an address, as text.';
  }
  const goodArgs = args === undefined || (Array.isArray(args) && args.every(item => typeof item === 'string'));
  return goodArgs ? undefined : '"args" has to be a list of texts.';
}

/** Where JSON went wrong, as far as the engine tells it: a position, counted from 0. */
function placeOf(error: unknown, text: string): string {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  if (position === undefined) {
    return '';
  }
  const before = text.slice(0, Number(position)).split('\n');
  return ` (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
