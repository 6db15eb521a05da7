import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../../src/cli/program.ts';
import { temporaryFolder } from '../../core/profiles/temporaryFolder.ts';
import { PanelFixture } from '../panelFixture.ts';

const GOOD =
  'name: lint\ntitle: Lint\ndescription: Looks for mistakes.\ninputs: [{ name: depth, type: choice, choices: [quick, deep], default: quick }]\nprompt: x\n';

let folder: string;
let home: string;

beforeEach(() => {
  folder = temporaryFolder();
  home = temporaryFolder();
});

function write(place: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
  writeFileSync(path.join(place, file), text);
}

async function run(...words: string[]) {
  const panel = new PanelFixture({ folder });
  const environment = { CLAUDE_PANEL_HOME: home, CLAUDE_CONFIG_DIR: path.join(home, 'claude') };
  const openPanel = () => Promise.reject(new Error('A workspace file was opened.'));
  const code = await execute(words, { ...panel.context, environment, openPanel });
  return { code, out: panel.test.out(), err: panel.test.err() };
}

describe('claude-panel commands', () => {
  it('lists commands with what they ask, what is shadowed, what is broken, and what Claude Code offers', async () => {
    write(home, 'commands/lint.yaml', GOOD);
    write(folder, '.claude-panel/commands/lint.yaml', GOOD);
    write(folder, '.claude-panel/commands/bad.yaml', 'name: bad\n');
    write(folder, '.claude/commands/own.md', 'Does \u202e it.');
    const { code, out, err } = await run('commands');
    expect(code).toBe(0);
    expect(out).toContain(
      'project:lint  Lint · prompt\n  Looks for mistakes.\n  - depth: one of quick, deep; quick when absent\n',
    );
    expect(out).toContain('user:lint  Lint · prompt · lint alone reaches project:lint\n');
    expect(out).toContain('project:bad  cannot be used: ');
    expect(out).toContain('/own  slash command of Claude Code · project\n  Does ⟨U+202E⟩ it.\n');
    expect(err).toContain('.claude-panel/commands/bad.yaml:1:1: "title"');
  });

  it('prints the same as JSON', async () => {
    write(folder, '.claude-panel/commands/lint.yaml', GOOD);
    write(folder, '.claude-panel/commands/bad.yaml', 'name: bad\n');
    const { out } = await run('commands', '--json');
    const rows = (JSON.parse(out) as Record<string, unknown>[]).filter(row => row['namespace'] === 'project');
    expect(rows).toMatchObject([
      { kind: 'command', full_name: 'project:lint', body: 'prompt', shadowed_by: null, problems: [] },
      { kind: 'command', full_name: 'project:bad', problems: [{ reason: 'badValue', line: 1 }, {}] },
    ]);
  });
});

describe('claude-panel check', () => {
  it('is content with good files, and with none', async () => {
    expect((await run('check')).code).toBe(0);
    write(folder, '.claude-panel/commands/lint.yaml', GOOD);
    expect(await run('check')).toMatchObject({ code: 0, out: '' });
  });

  it('prints each problem with its place, relative to where it was typed, and fails', async () => {
    write(folder, '.claude-panel/commands/lint.yaml', GOOD.replace('prompt: x', 'promt: x'));
    write(home, 'commands/mine.yaml', 'name: other\ntitle: x\ndescription: x\nprompt: "${{ inputs.no }}"\n');
    const { code, out } = await run('check');
    expect(code).toBe(1);
    expect(out.split('\n').filter(line => line !== '')).toEqual([
      expect.stringMatching(/^\.claude-panel\/commands\/lint\.yaml:5:1: .*"promt".*Did you mean "prompt"\?/),
      expect.stringContaining(
        `${path.join(home, 'commands/mine.yaml')}:1:7: the name "other" is not that of the file.`,
      ),
      expect.stringContaining(`${path.join(home, 'commands/mine.yaml')}:4:10: \${{ inputs.no }} cannot be filled in`),
    ]);
  });

  it('checks the files that are named, wherever they are, against what they run', async () => {
    write(folder, '.claude-panel/commands/lint.yaml', GOOD);
    write(folder, '.claude-panel/commands/bad.yaml', 'name: bad\n');
    const chain = (command: string) =>
      `name: all\ntitle: x\ndescription: x\nsteps:\n  - { id: a, command: ${command} }\n`;
    write(folder, 'drafts/all.yaml', chain('lint'));
    expect(await run('check', 'drafts/all.yaml', '.claude-panel/commands/lint.yaml')).toMatchObject({ code: 0 });
    write(folder, 'drafts/all.yaml', chain('lnit'));
    const { code, out } = await run('check', 'drafts/all.yaml', '.claude-panel/commands/bad.yaml', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { file: path.join(folder, 'drafts/all.yaml'), line: 5, column: 23, reason: 'unknownCommand' },
      { reason: 'badValue' },
      { reason: 'badValue' },
    ]);
  });

  it('puts what is wrong with a whole file at its beginning', async () => {
    write(folder, 'Wrong Name.yaml', GOOD);
    const found = { code: 1, out: expect.stringMatching(/^Wrong Name\.yaml:1:1: /) };
    expect(await run('check', 'Wrong Name.yaml')).toMatchObject(found);
  });

  it('says when a file is not there', async () => {
    expect(await run('check', 'nothing.yaml')).toMatchObject({ code: 2, err: expect.stringContaining('nothing.yaml') });
  });
});
