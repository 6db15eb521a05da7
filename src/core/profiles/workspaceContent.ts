import type { JsonValue } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';
import { fingerprintOf } from '../security/fingerprint.ts';
import type { PermissionMode } from './launchProfile.ts';
import { isObject, masked } from './maskedText.ts';
import type { Servers } from './mcpFiles.ts';
import { modeWords } from './modeWords.ts';
import { type FolderLine, type FolderPart, LOCAL_SETTINGS } from './projectSettings.ts';
import { describeServer, runsFolderCode } from './serverWords.ts';
import { ruleBreadth } from './toolRules.ts';

/** What files of the workspace would start or grant. A person approves exactly this, once. */
export interface WorkspaceContent {
  readonly headline: string;
  readonly files: readonly string[];
  /** One line for each thing that is started or granted. */
  readonly grants: readonly string[];
  /** The full text, secrets hidden and hidden characters made visible. */
  readonly content: string;
  /** SHA-256 of all that counts, hidden secrets included: another content has another one. */
  readonly fingerprint: string;
  /** The same without the allow rules of `settings.local.json`, which Claude Code writes when a person says "always". */
  readonly ownRules: { readonly rules: readonly string[]; readonly rest: string; readonly restIsEmpty: boolean };
}

export interface LaunchParts {
  /** The real path of the folder: what is approved in one folder says nothing about another. */
  readonly folder: string;
  readonly servers: Servers;
  /** The files that define them; none for a task that has its own copy. */
  readonly serverFiles: readonly string[];
  /** What the workspace's own profile adds; empty for a built-in one. */
  readonly profileFile: string;
  readonly permissionMode: PermissionMode;
  readonly allowedTools: readonly string[];
  readonly prompt?: string;
  /** What Claude Code itself reads in the folder. */
  readonly folderParts: readonly FolderPart[];
}

/** What has to be approved before a task starts; nothing when the workspace starts and grants nothing. */
export function workspaceContent(parts: LaunchParts): WorkspaceContent | undefined {
  const mode = grantingMode(parts);
  if (isEmpty(parts, mode)) {
    return undefined;
  }
  const { folderParts, profileFile, serverFiles } = parts;
  const profileFiles = addsOfItsOwn(parts, mode) ? [profileFile] : [];
  const rest = { ...parts, folderParts: folderParts.flatMap(withoutOwnRules) };
  return {
    headline: headline(parts, mode),
    files: [...new Set([...serverFiles, ...profileFiles, ...folderParts.map(({ file }) => file)])]
      .sort()
      .map(visibleText),
    grants: grantLines(parts, mode).map(visibleText),
    content: visibleText(fullText(parts, mode)),
    fingerprint: fingerprintOf(canonicalParts(parts, mode)),
    ownRules: {
      rules: folderParts.find(isLocalSettings)?.allowRules ?? [],
      rest: fingerprintOf(canonicalParts(rest, mode)),
      restIsEmpty: isEmpty(rest, mode),
    },
  };
}

/**
 * True when the only news is that `settings.local.json` allows these rules, too: a person who has just said "always"
 * for them in a task need not be asked again about the file that keeps them.
 *
 * @param before what was approved, or nothing when there was nothing to approve
 */
export function addsOnlyRules(
  before: WorkspaceContent | undefined,
  after: WorkspaceContent,
  rules: readonly string[],
): boolean {
  const known = new Set([...(before?.ownRules.rules ?? []), ...rules]);
  const restIsSame = before === undefined ? after.ownRules.restIsEmpty : before.ownRules.rest === after.ownRules.rest;
  return restIsSame && after.ownRules.rules.every(rule => known.has(rule));
}

function addsOfItsOwn({ allowedTools, prompt }: LaunchParts, mode: PermissionMode | undefined): boolean {
  return mode !== undefined || allowedTools.length > 0 || prompt !== undefined;
}

function isEmpty(parts: LaunchParts, mode: PermissionMode | undefined): boolean {
  return Object.keys(parts.servers).length === 0 && parts.folderParts.length === 0 && !addsOfItsOwn(parts, mode);
}

function isLocalSettings({ file }: FolderPart): boolean {
  return file === LOCAL_SETTINGS || file.startsWith(`${LOCAL_SETTINGS} `);
}

function withoutOwnRules(part: FolderPart): FolderPart[] {
  const permissions = part.values['permissions'];
  if (!isLocalSettings(part) || !isObject(permissions)) {
    return [part];
  }
  const { allow: _rules, ...otherPermissions } = permissions;
  const { permissions: _permissions, ...others } = part.values;
  const values = Object.keys(otherPermissions).length === 0 ? others : { ...others, permissions: otherPermissions };
  return Object.keys(values).length === 0 ? [] : [{ ...part, values }];
}

/** Deny-instead-of-asking grants nothing by itself; what it lets pass are the rules. */
function grantingMode({ permissionMode, allowedTools }: LaunchParts): PermissionMode | undefined {
  const isGrant =
    permissionMode === 'acceptEdits' ||
    permissionMode === 'auto' ||
    (permissionMode === 'dontAsk' && allowedTools.length > 0);
  return isGrant ? permissionMode : undefined;
}

function canonicalParts(parts: LaunchParts, mode: PermissionMode | undefined): unknown {
  const { folder, servers, allowedTools, prompt, folderParts } = parts;
  return {
    format: 1,
    folder,
    servers,
    mode,
    allowedTools: [...new Set(allowedTools)].sort(),
    prompt,
    folderParts: folderParts
      .map(({ file, values }) => ({ file, values }))
      .sort((one, other) => (one.file < other.file ? -1 : 1)),
  };
}

function headline(
  { servers, allowedTools, prompt, folderParts }: LaunchParts,
  mode: PermissionMode | undefined,
): string {
  const serverCount = Object.keys(servers).length;
  const lines = folderParts.flatMap(part => part.lines);
  const countOf = (kind: FolderLine['kind']): number => lines.filter(line => line.kind === kind).length;
  const rules = allowedTools.length + countOf('allows');
  const deeds = [
    serverCount > 0 ? `start ${counted(serverCount, 'MCP server')}` : '',
    countOf('runs') > 0 ? `run ${counted(countOf('runs'), 'command')} unasked` : '',
    rules > 0 ? `allow ${counted(rules, 'thing')} unasked` : '',
    mode === undefined ? '' : `set the mode "${modeWords(mode).title}"`,
    prompt === undefined ? '' : 'add to the instructions of Claude',
    countOf('sets') > 0 ? `change ${counted(countOf('sets'), 'setting')} of Claude Code` : '',
  ].filter(deed => deed !== '');
  return `Files of this folder would ${listed(deeds)}.`;
}

function grantLines(parts: LaunchParts, mode: PermissionMode | undefined): string[] {
  const { servers, allowedTools, prompt, folderParts } = parts;
  return [
    ...Object.entries(servers).flatMap(([name, definition]) => [
      describeServer(name, definition),
      ...(runsFolderCode(definition)
        ? [`The MCP server ${name} runs code of this folder: later changes of that code are not asked about again.`]
        : []),
    ]),
    ...(mode === undefined ? [] : [`Mode: ${modeWords(mode).title}. ${modeWords(mode).sentence}`]),
    ...allowedTools.map(describeRule),
    ...(prompt === undefined ? [] : ['Adds its own text to the instructions of Claude.']),
    ...folderParts.flatMap(({ file, lines }) => lines.map(line => `${line.text} [${file}]`)),
  ];
}

/** A rule in words, with what is behind a broad one. */
export function describeRule(rule: string): string {
  const behind = { commands: ' (any command)', edits: ' (any file)', narrow: '' }[ruleBreadth(rule)];
  return `Lets run without asking: ${rule}${behind}`;
}

function fullText(parts: LaunchParts, mode: PermissionMode | undefined): string {
  const { servers, allowedTools, prompt, folderParts, serverFiles, profileFile } = parts;
  const sections: [string, string][] = [];
  if (Object.keys(servers).length > 0) {
    const place = serverFiles.length === 0 ? 'as the task was given them' : serverFiles.join(', ');
    sections.push([`MCP servers (${place})`, pretty(masked({ ...servers }))]);
  }
  if (mode !== undefined) {
    sections.push([`Permission mode (${profileFile})`, mode]);
  }
  if (allowedTools.length > 0) {
    sections.push([`Allowed without asking (${profileFile})`, allowedTools.join('\n')]);
  }
  if (prompt !== undefined) {
    sections.push([`Added to the system prompt (${profileFile})`, prompt]);
  }
  sections.push(...folderParts.map(({ file, values }): [string, string] => [file, pretty(masked(values))]));
  return sections.map(([title, text]) => `# ${title}\n${text}`).join('\n\n');
}

function pretty(value: JsonValue): string {
  return JSON.stringify(value, null, 2);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function listed(parts: readonly string[]): string {
  const [last = '', ...before] = [...parts].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}
