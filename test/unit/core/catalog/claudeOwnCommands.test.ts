import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { promptForOwnCommand, readClaudeOwnCommands } from '../../../../src/core/catalog/claudeOwnCommands.ts';
import { temporaryFolder } from '../profiles/temporaryFolder.ts';
import { OWN_FILES, OWN_USER_FILES } from './ownCommandFiles.ts';

async function read(files: Readonly<Record<string, string>>, user: Readonly<Record<string, string>> = {}) {
  const found = await readClaudeOwnCommands(temporaryFolder(files), temporaryFolder(user), '/nowhere');
  return found.map(({ kind, name, description, source }) => [kind, name, description, source]);
}

describe("Claude Code's own commands", () => {
  it('are listed as Claude Code names them', async () => {
    expect(await read(OWN_FILES, OWN_USER_FILES)).toEqual([
      ['slashCommand', 'loose', 'Does: things', 'project'],
      ['slashCommand', 'plain', 'Plain one', 'project'],
      ['slashCommand', 'sub:deep:er', 'deep', 'project'],
      ['slashCommand', 'sub:nested', 'No head: first line.', 'project'],
      ['skill', 'other-name', 'A skill', 'project'],
      ['agent', 'colon', 'Use it when: always', 'project'],
      ['agent', 'reviewer', 'An agent', 'project'],
      ['agent', 'deep-agent', 'Deep agent', 'project'],
      ['slashCommand', 'mine', 'user one', 'user'],
    ]);
  });

  it('of folders above count up to the repository; the nearer one wins', async () => {
    const folder = temporaryFolder({
      '.claude/commands/a.md': 'above',
      '.claude/commands/b.md': 'above',
      'packages/x/.claude/commands/a.md': 'near',
    });
    mkdirSync(join(folder, 'packages/x/y'));
    const found = await readClaudeOwnCommands(join(folder, 'packages/x/y'), '/nowhere', '/nowhere');
    expect(found.map(({ name, description }) => [name, description])).toEqual([
      ['a', 'near'],
      ['b', 'above'],
    ]);
  });

  it('show hidden characters, and have no names that are none', async () => {
    expect(
      await read({
        '.claude/commands/a.md': '---\ndescription: "x\\u202Ey"\n---\n',
        '.claude/commands/--b c.md': 'x',
        '.claude/skills/s/SKILL.md': '---\nname: "a b; rm"\ndescription: x\n---\n',
        '.claude/agents/broken.md': '---\nname: [\n---\n',
      }),
    ).toEqual([['slashCommand', 'a', 'x⟨U+202E⟩y', 'project']]);
  });

  it('are run by a prompt', () => {
    expect(promptForOwnCommand({ kind: 'slashCommand', name: 'a:b' }, ' one two ')).toBe('/a:b one two');
    expect(promptForOwnCommand({ kind: 'skill', name: 's' }, '')).toBe('/s');
    expect(promptForOwnCommand({ kind: 'agent', name: 'reviewer' }, 'src/')).toContain('"reviewer"');
    expect(promptForOwnCommand({ kind: 'agent', name: 'reviewer' }, 'src/')).toMatch(/\n\nsrc\/$/);
  });
});
