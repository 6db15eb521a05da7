import type { JsonObject, JsonValue } from '../../base/json.ts';
import { readWorkspaceText } from '../validation/workspaceText.ts';
import { isObject, masked, maskedValue } from './maskedText.ts';
import { badSettings, type ProfilesError, profilesError } from './profilesErrors.ts';
import { commandLine } from './serverWords.ts';

export const PROJECT_SETTINGS = '.claude/settings.json';
export const LOCAL_SETTINGS = '.claude/settings.local.json';
/** Claude Code itself reads no larger one. */
const MOST_SETTINGS_BYTES = 2 * 1024 * 1024;

/** One thing that is started or granted, in words. */
export interface FolderLine {
  readonly kind: 'runs' | 'allows' | 'sets';
  readonly text: string;
}

/** What a file of the folder would start or grant once Claude Code reads it. */
export interface FolderPart {
  /** Relative to the folder, with `/`; followed by where it leads when it is a link out of the folder. */
  readonly file: string;
  /** Exactly what counts, unmasked: for the fingerprint only, never for a screen. */
  readonly values: JsonObject;
  readonly lines: readonly FolderLine[];
  readonly allowRules: readonly string[];
}

export type SettingsRead =
  | { readonly state: 'nothing' }
  | { readonly state: 'part'; readonly part: FolderPart }
  | { readonly state: 'refused'; readonly error: ProfilesError };

/** Settings that neither start nor grant anything. All others count, those of later versions included. */
const HARMLESS = new Set(
  '$schema model language effortLevel alwaysThinkingEnabled includeCoAuthoredBy attribution includeGitInstructions outputStyle spinnerTipsEnabled spinnerVerbs spinnerTipsOverride companyAnnouncements respectGitignore prefersReducedMotion terminalProgressBarEnabled showTurnDuration theme verbose viewMode disabledMcpjsonServers'.split(
    ' ',
  ),
);
const HARMLESS_PERMISSIONS = new Set(['deny', 'ask', 'disableBypassPermissionsMode', 'disableAutoMode']);
const HARMLESS_MODES: readonly unknown[] = ['default', 'manual', 'plan', 'dontAsk'];
const LONGEST_LINE = 400;

/** Looks at one settings file of the folder as Claude Code reads it, links included. */
export async function readProjectSettings(folder: string, file: string): Promise<SettingsRead> {
  const read = await readWorkspaceText(folder, file, { mostBytes: MOST_SETTINGS_BYTES, links: 'follow' });
  if (read.state === 'absent') {
    return { state: 'nothing' };
  }
  if (read.state === 'refused') {
    return { state: 'refused', error: profilesError(read.fault) };
  }
  let settings: unknown;
  try {
    settings = read.text.trim() === '' ? {} : JSON.parse(read.text);
  } catch {
    return { state: 'refused', error: badSettings(file) };
  }
  if (!isObject(settings)) {
    return { state: 'refused', error: badSettings(file) };
  }
  const values = grantingSettings(settings);
  if (Object.keys(values).length === 0) {
    return { state: 'nothing' };
  }
  const allow = isObject(values['permissions']) ? values['permissions']['allow'] : undefined;
  return {
    state: 'part',
    part: {
      file: read.link === undefined ? file : `${file} → ${read.link}`,
      values,
      lines: describeSettings(values),
      allowRules: Array.isArray(allow) ? allow.filter(rule => typeof rule === 'string') : [],
    },
  };
}

/** The part as it would be if its file did not allow these rules; nothing when nothing else is in it. */
export function withoutAllowRules(part: FolderPart, rules: readonly string[]): FolderPart[] {
  const permissions = part.values['permissions'];
  if (!part.allowRules.some(rule => rules.includes(rule)) || !isObject(permissions)) {
    return [part];
  }
  const isKept = (rule: JsonValue): boolean => !(typeof rule === 'string' && rules.includes(rule));
  const { allow } = permissions;
  const kept = Array.isArray(allow) ? allow.filter(isKept) : [];
  const values = grantingSettings({ ...part.values, permissions: { ...permissions, allow: kept } });
  return Object.keys(values).length === 0
    ? []
    : [{ ...part, values, lines: describeSettings(values), allowRules: part.allowRules.filter(isKept) }];
}

/** The settings that start or grant something. */
export function grantingSettings(settings: JsonObject): JsonObject {
  const entries = Object.entries(settings).flatMap(([key, value]): [string, JsonValue][] => {
    if (HARMLESS.has(key) || isEmpty(value) || (key === 'enableAllProjectMcpServers' && value === false)) {
      return [];
    }
    if (key !== 'permissions' || !isObject(value)) {
      return [[key, value]];
    }
    const kept = Object.entries(value).filter(
      ([name, inside]) =>
        !HARMLESS_PERMISSIONS.has(name) &&
        !isEmpty(inside) &&
        !(name === 'defaultMode' && HARMLESS_MODES.includes(inside)),
    );
    return kept.length === 0 ? [] : [[key, Object.fromEntries(kept)]];
  });
  return Object.fromEntries(entries);
}

/** One line for each thing that settings (or the head of an agent or skill) start or grant. */
export function describeSettings(settings: JsonObject): FolderLine[] {
  return Object.entries(settings)
    .flatMap(([key, value]) => describeSetting(key, value))
    .map(({ kind, text }) => ({
      kind,
      text: text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}… (in full below)` : text,
    }));
}

function describeSetting(key: string, value: JsonValue): FolderLine[] {
  if (key === 'hooks' && isObject(value)) {
    return Object.entries(value).flatMap(([event, matchers]) => describeHooks(event, matchers));
  }
  if (key === 'env' && isObject(value)) {
    return Object.entries(value).map(([name, text]) => sets(`Sets the variable ${name}=${maskedValue(name, text)}`));
  }
  if (key === 'permissions' && isObject(value)) {
    return Object.entries(value).flatMap(([name, inside]) => describePermission(name, inside));
  }
  if (key === 'permissionMode') {
    return [{ kind: 'allows', text: `Works in the mode ${compact(value)}` }];
  }
  if (key === 'allowed-tools' || key === 'allowedTools') {
    return [allows(Array.isArray(value) ? value.map(compact).join(', ') : compact(value))];
  }
  if (key === 'enableAllProjectMcpServers' || key === 'enabledMcpjsonServers') {
    return [sets(`Switches MCP servers of the folder on: ${compact(value)} (only those of the profile are started)`)];
  }
  const command = isObject(value) && value['type'] === 'command' ? value['command'] : value;
  if (typeof command === 'string' && (isObject(value) || /(?:Helper|Refresh|Export|Command)$/.test(key))) {
    return [{ kind: 'runs', text: `Runs for ${key}: ${command}` }];
  }
  return [sets(`Setting ${key}: ${compact(value)}`)];
}

function describePermission(name: string, value: JsonValue): FolderLine[] {
  if (name === 'allow' && Array.isArray(value)) {
    return value.map(rule => allows(compact(rule)));
  }
  if (name === 'additionalDirectories' && Array.isArray(value)) {
    return [{ kind: 'allows', text: `Opens further folders: ${value.map(compact).join(', ')}` }];
  }
  return [sets(`Setting permissions.${name}: ${compact(value)}`)];
}

function describeHooks(event: string, matchers: JsonValue): FolderLine[] {
  const list = Array.isArray(matchers) ? matchers : [matchers];
  return list.flatMap(entry => {
    const hooks = isObject(entry) && Array.isArray(entry['hooks']) ? entry['hooks'] : [entry];
    const matcher = isObject(entry) && typeof entry['matcher'] === 'string' ? entry['matcher'] : '';
    const when = matcher === '' ? event : `${event}, ${matcher}`;
    return hooks.map((hook): FolderLine => {
      const command = isObject(hook) ? hook['command'] : undefined;
      if (typeof command !== 'string' || !isObject(hook)) {
        return { kind: 'runs', text: `Acts by itself (hook on ${when}): ${compact(hook)}` };
      }
      const whole = hook['args'] === undefined ? command : commandLine(command, hook['args']);
      return { kind: 'runs', text: `Runs by itself (hook on ${when}): ${whole}` };
    });
  });
}

function sets(text: string): FolderLine {
  return { kind: 'sets', text };
}

function allows(rule: string): FolderLine {
  return { kind: 'allows', text: `Lets run without asking: ${rule}` };
}

function isEmpty(value: JsonValue): boolean {
  if (Array.isArray(value)) {
    return value.length === 0;
  }
  return value === null || value === '' || (isObject(value) && Object.values(value).every(isEmpty));
}

function compact(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(masked(value));
}
