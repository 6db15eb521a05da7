import { homedir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { visibleText } from '../../base/visibleText.ts';
import { foldersUpwards, markdownFiles } from '../validation/folderWalk.ts';
import { frontMatter } from '../validation/frontMatter.ts';
import { asRecord } from '../validation/shapeFaults.ts';
import { readWorkspaceText } from '../validation/workspaceText.ts';
import { readYaml } from '../validation/yamlText.ts';
import type { ClaudeOwnCommand } from './command.ts';

const MOST_BYTES = 256 * 1024;
const LONGEST_DESCRIPTION = 500;
/** What Claude Code takes for a name behind a slash. */
const OWN_NAME = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/;

/**
 * The slash commands, skills and agents that Claude Code itself finds in a folder, above it, and in the user's own
 * folder of Claude Code, as it names them: `commands/a/b.md` is `a:b`, only `skills/NAME/SKILL.md` is a skill, and an
 * agent has a name and a description in its head. Never throws.
 *
 * @param configFolder where Claude Code keeps what is the user's, absolute
 */
export async function readClaudeOwnCommands(
  folder: string,
  configFolder: string,
  home = homedir(),
): Promise<readonly ClaudeOwnCommand[]> {
  const places = (await foldersUpwards(folder, home)).map(place => join(place, '.claude'));
  const found: ClaudeOwnCommand[] = [];
  for (const place of places) {
    found.push(...(await readPlace(place, 'project')));
  }
  found.push(...(await readPlace(configFolder, 'user')));
  const seen = new Set<string>();
  return found.filter(({ kind, name, source }) => {
    // Of two with the same name in one source, the nearer one counts.
    const key = `${kind} ${source} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The prompt that runs it. */
export function promptForOwnCommand({ kind, name }: Pick<ClaudeOwnCommand, 'kind' | 'name'>, words: string): string {
  const given = words.trim();
  if (kind !== 'agent') {
    return given === '' ? `/${name}` : `/${name} ${given}`;
  }
  return given === ''
    ? `Let the agent "${name}" do its work on this folder, and report what it found.`
    : `Let the agent "${name}" do this, and report what it found:\n\n${given}`;
}

async function readPlace(place: string, source: ClaudeOwnCommand['source']): Promise<ClaudeOwnCommand[]> {
  const found: ClaudeOwnCommand[] = [];
  for (const [kind, below] of [
    ['slashCommand', 'commands'],
    ['skill', 'skills'],
    ['agent', 'agents'],
  ] as const) {
    const root = join(place, below);
    const { files } = await markdownFiles(root);
    for (const file of files) {
      const way = relative(root, file).split(sep);
      if (kind !== 'skill' || (way.length === 2 && way[1] === 'SKILL.md')) {
        const own = await readOwn(file, { kind, source, way });
        found.push(...(own === undefined ? [] : [own]));
      }
    }
  }
  return found;
}

async function readOwn(
  file: string,
  { kind, source, way }: Pick<ClaudeOwnCommand, 'kind' | 'source'> & { readonly way: readonly string[] },
): Promise<ClaudeOwnCommand | undefined> {
  const read = await readWorkspaceText(dirname(file), basename(file), { mostBytes: MOST_BYTES, links: 'follow' });
  if (read.state !== 'text') {
    return undefined;
  }
  const { head, body } = frontMatter(read.text);
  const values = headValues(head, file);
  const written = textIn(values, 'name');
  if (kind === 'agent' && (written === undefined || textIn(values, 'description') === undefined)) {
    return undefined;
  }
  if (values['user-invocable'] === false) {
    return undefined;
  }
  const fromPath = kind === 'skill' ? (way[0] ?? '') : way.join(':').replace(/\.md$/i, '');
  const name = kind === 'slashCommand' ? fromPath : (written ?? fromPath);
  const firstLine = body.split('\n').find(line => line.trim() !== '') ?? '';
  const description = textIn(values, 'description') ?? firstLine.replace(/^#+\s*/, '');
  return OWN_NAME.test(name) ? { kind, name, description: shortened(description), source, file } : undefined;
}

function headValues(head: string | undefined, file: string): Record<string, unknown> {
  if (head === undefined) {
    return {};
  }
  const { value, faults } = readYaml(head, file);
  // Claude Code reads what is no YAML line by line, such as a description with a colon in it.
  const lines = [...head.matchAll(/^([\w-]+):[ \t]+(.*)$/gm)].map(([, key = '', text]) => [key, text] as const);
  return faults.length === 0 ? (asRecord(value) ?? {}) : Object.fromEntries(lines);
}

function textIn(values: Record<string, unknown>, key: string): string | undefined {
  const value = values[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function shortened(text: string): string {
  const visible = visibleText(text.trim().replace(/\s+/g, ' '));
  return visible.length > LONGEST_DESCRIPTION ? `${visible.slice(0, LONGEST_DESCRIPTION)}…` : visible;
}
