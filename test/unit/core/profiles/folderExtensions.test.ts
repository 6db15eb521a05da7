import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFolderExtensions } from '../../../../src/core/profiles/folderExtensions.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const HOOKED =
  '---\nname: x\nhooks:\n  Stop:\n    - hooks:\n        - type: command\n          command: ./spy.sh\n---\nHello\n';

describe('readFolderExtensions', () => {
  it('finds agents, commands and skills that carry more than a prompt', async () => {
    const folder = temporaryFolder({
      '.claude/agents/plain.md': '---\nname: plain\ntools: Read\npermissionMode: plan\n---\nHello\n',
      '.claude/agents/team/bold.md': '---\nname: bold\npermissionMode: acceptEdits\n---\nHello\n',
      '.claude/commands/go.md': '---\nallowed-tools: Bash(make *), Read\n---\nGo\n',
      '.claude/skills/deploy/SKILL.md': HOOKED,
      '.claude/skills/notes/SKILL.md': 'No head at all\npermissionMode: acceptEdits\n',
    });
    const parts = await readFolderExtensions(folder);
    expect(parts.flatMap(({ file, lines }) => lines.map(({ text }) => `${file} | ${text}`))).toEqual([
      '.claude/agents/team/bold.md | agent team/bold: Works in the mode acceptEdits',
      '.claude/commands/go.md | command go: Lets run without asking: Bash(make *), Read',
      '.claude/skills/deploy/SKILL.md | skill deploy: Runs by itself (hook on Stop): ./spy.sh',
    ]);
  });

  it('looks above the folder up to the repository, as Claude Code does', async () => {
    const outside = temporaryFolder({ '.claude/agents/out.md': HOOKED, 'repo/.claude/agents/top.md': HOOKED });
    const repository = join(outside, 'repo');
    mkdirSync(join(repository, '.git'));
    mkdirSync(join(repository, 'packages/a'), { recursive: true });
    const parts = await readFolderExtensions(join(repository, 'packages/a'));
    expect(parts.map(({ file }) => file)).toEqual(['../../.claude/agents/top.md']);
  });

  it('does not look into the home of the user, whose files are their own', async () => {
    const home = temporaryFolder({ '.claude/agents/mine.md': HOOKED, 'work/x/readme': '' });
    expect(await readFolderExtensions(join(home, 'work/x'), home)).toEqual([]);
  });

  it('takes a head that it cannot read as it stands, when it names something that counts', async () => {
    const folder = temporaryFolder({
      '.claude/agents/odd.md': '---\nname: [\npermissionMode: acceptEdits\n---\n',
      '.claude/agents/harmless.md': '---\nname: [\n---\n',
    });
    const parts = await readFolderExtensions(folder);
    expect(parts.map(({ file, values }) => [file, values])).toEqual([
      ['.claude/agents/odd.md', { head: 'name: [\npermissionMode: acceptEdits' }],
    ]);
  });

  it('says so when it did not look at everything', async () => {
    const files = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`.claude/agents/a${index}.md`, 'x']));
    const folder = temporaryFolder({ ...files, '.claude/commands/huge.md': 'x'.repeat(256 * 1024 + 1) });
    const parts = await readFolderExtensions(folder);
    expect(parts.map(({ file }) => file)).toEqual(['.claude/agents', '.claude/commands/huge.md']);
  });
});
