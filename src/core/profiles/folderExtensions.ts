import { homedir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { foldersUpwards, markdownFiles } from '../validation/folderWalk.ts';
import { frontMatter } from '../validation/frontMatter.ts';
import { readWorkspaceText } from '../validation/workspaceText.ts';
import { readYaml } from '../validation/yamlText.ts';
import { isObject } from './maskedText.ts';
import { describeSettings, type FolderPart } from './projectSettings.ts';

/** Keys in the head of a file that make it more than a prompt. */
const POWERS = {
  agents: ['permissionMode', 'hooks', 'mcpServers'],
  commands: ['allowed-tools', 'allowedTools', 'hooks'],
  skills: ['allowed-tools', 'allowedTools', 'hooks'],
} as const;
type ExtensionKind = keyof typeof POWERS;

const MOST_BYTES = 256 * 1024;
const HARMLESS_MODES: readonly unknown[] = ['default', 'plan'];

/**
 * Agents, commands and skills that start or grant something: hooks, MCP servers, a permission mode, tools that need no
 * asking. Claude Code finds them in the folder and above it, up to the repository or the user's home.
 */
export async function readFolderExtensions(folder: string, home = homedir()): Promise<FolderPart[]> {
  const parts: FolderPart[] = [];
  for (const place of await foldersUpwards(folder, home)) {
    for (const kind of Object.keys(POWERS) as ExtensionKind[]) {
      const root = join(place, '.claude', kind);
      const { files, complete } = await markdownFiles(root);
      for (const path of files) {
        const part = await readExtension(folder, relative(folder, path).split(sep).join('/'), kind);
        parts.push(...(part === undefined ? [] : [part]));
      }
      if (!complete) {
        parts.push(notLookedAt(relative(folder, root).split(sep).join('/'), 'it holds too many files'));
      }
    }
  }
  return parts;
}

async function readExtension(folder: string, file: string, kind: ExtensionKind): Promise<FolderPart | undefined> {
  const read = await readWorkspaceText(folder, file, { mostBytes: MOST_BYTES, links: 'follow' });
  if (read.state !== 'text') {
    return read.state === 'refused' && read.fault.reason === 'tooLarge'
      ? notLookedAt(file, 'it is too large')
      : undefined;
  }
  const { head } = frontMatter(read.text);
  const values = head === undefined ? {} : powersOf(head, kind);
  if (Object.keys(values).length === 0) {
    return undefined;
  }
  const lines = describeSettings(values).map(line => ({ ...line, text: `${nameOf(file)}: ${line.text}` }));
  return { file, values, lines, allowRules: [] };
}

function powersOf(head: string, kind: ExtensionKind): JsonObject {
  const { value, faults } = readYaml(head, kind);
  if (faults.length > 0 || !isObject(value)) {
    // Claude Code may read what this reader cannot: then the head counts as it stands.
    const names = POWERS[kind].some(key => head.includes(key));
    return names ? { head } : {};
  }
  const entries = POWERS[kind].flatMap((key): [string, JsonValue][] => {
    const inside = value[key];
    const counts = inside !== undefined && inside !== null && inside !== '';
    return counts && !(key === 'permissionMode' && HARMLESS_MODES.includes(inside)) ? [[key, inside]] : [];
  });
  return Object.fromEntries(entries);
}

function notLookedAt(file: string, why: string): FolderPart {
  const text = `${file} was not looked at: ${why}`;
  return { file, values: { notLookedAt: why }, lines: [{ kind: 'sets', text }], allowRules: [] };
}

/** Such as `agent reviewer`. */
function nameOf(file: string): string {
  const [, kind = '', rest = ''] = /\.claude\/(agents|commands|skills)\/(.+)$/.exec(file) ?? [];
  return `${kind.replace(/s$/, '')} ${rest.replace(/(?:\/SKILL)?\.md$/i, '')}`;
}
