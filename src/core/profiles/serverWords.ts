import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isObject, maskedValue, shownUrl } from './maskedText.ts';

const FOLDER_PATH = /^(?:\.{1,2}[\\/]|\$\{CLAUDE_PROJECT_DIR\})/;
const SCRIPT = /\.(?:[cm]?[jt]s|py|sh|rb|ps1|bat|cmd)$/i;
const ABSOLUTE = /^(?:[\\/~]|[a-z]:[\\/]|https?:)/i;

/** What a server definition starts or reaches, in one line: exactly as written, nothing filled in, secrets hidden. */
export function describeServer(name: string, definition: JsonObject): string {
  const { command, url, args } = definition;
  const what =
    isProgram(definition) && typeof command === 'string'
      ? `Starts the MCP server ${name}: ${commandLine(command, args)}`
      : `Connects to the MCP server ${name}: ${typeof url === 'string' ? shownUrl(url) : 'an unknown address'}`;
  const details = [
    namedValues('variables', definition['env']),
    namedValues('headers', definition['headers']),
    typeof definition['headersHelper'] === 'string' ? `runs for its headers: ${definition['headersHelper']}` : '',
    preapproved(definition),
  ].filter(detail => detail !== '');
  return details.length === 0 ? what : `${what} (${details.join('; ')})`;
}

/** Workspace code behind a server can change without its definition changing: that is said, not hidden. */
export function runsFolderCode(definition: JsonObject): boolean {
  const { command, args } = definition;
  if (!isProgram(definition)) {
    return false;
  }
  const words = [command, ...(Array.isArray(args) ? args : [])].filter(word => typeof word === 'string');
  return words.some(word => FOLDER_PATH.test(word) || (SCRIPT.test(word) && !ABSOLUTE.test(word)));
}

/** As Claude Code takes it: without a type, a command makes it a program. */
function isProgram({ type, command }: JsonObject): boolean {
  return type === 'stdio' || (type === undefined && command !== undefined);
}

/** A command with its arguments; those with spaces or quotes are put into quotes, so that each stays one. */
export function commandLine(command: string, args: JsonValue | undefined): string {
  const words = [command, ...(Array.isArray(args) ? args : [])];
  return words.map(word => quoted(typeof word === 'string' ? word : JSON.stringify(word))).join(' ');
}

function quoted(word: string): string {
  return word === '' || /[\s"'`|&;<>()]/.test(word) ? JSON.stringify(word) : word;
}

function namedValues(title: string, values: JsonValue | undefined): string {
  const entries = isObject(values) ? Object.entries(values) : [];
  return entries.length === 0
    ? ''
    : `${title}: ${entries.map(([name, value]) => `${name}=${maskedValue(name, value)}`).join(', ')}`;
}

/** Definitions can say themselves which of their tools run unasked. */
function preapproved(definition: JsonObject): string {
  const { toolPermissions, tools } = definition;
  const byName = isObject(toolPermissions)
    ? Object.entries(toolPermissions).flatMap(([tool, permission]) => (permission === 'allow' ? [tool] : []))
    : [];
  const byList = Array.isArray(tools)
    ? tools.flatMap(tool =>
        isObject(tool) && tool['permission_policy'] === 'always_allow' ? [String(tool['name'])] : [],
      )
    : [];
  const all = [...byName, ...byList];
  return all.length === 0 ? '' : `lets these of its tools run without asking: ${all.join(', ')}`;
}
