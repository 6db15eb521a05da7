import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCommandStage } from './commandStage.ts';

const stage = useCommandStage();

describe('built-in commands from the command line', { timeout: 60_000 }, () => {
  it('back up, show what a backup would bring back, and bring it back', async () => {
    stage().write('.claude/agents/a.md', 'first');
    const made = await stage().run(['exec', 'backup-now']);
    expect(made.code, made.stderr).toBe(0);
    const archive = /found equal: (.+)$/m.exec(made.stdout)?.[1] ?? '';
    expect(existsSync(archive)).toBe(true);

    const file = path.join(stage().folder, '.claude/agents/a.md');
    writeFileSync(file, 'second');
    const shown = await stage().run(['restore', 'latest']);
    expect(shown.stdout).toContain('replaces   .claude/agents/a.md');
    expect(readFileSync(file, 'utf8')).toBe('second');

    const restored = await stage().run(['restore', path.basename(archive), '--yes', '--json']);
    const { kept, steps } = JSON.parse(restored.stdout) as { kept: string; steps: { place: string; change: string }[] };
    expect(steps).toContainEqual({ place: '.claude/agents/a.md', change: 'replaces' });
    expect(readFileSync(file, 'utf8')).toBe('first');
    expect(readFileSync(path.join(stage().folder, kept, '.claude/agents/a.md'), 'utf8')).toBe('second');
    // The workspace file is this user's still: the chain that made the backup was running when it was copied.
    const list = await stage().run(['list', '--all']);
    expect(list.stderr).not.toContain('another user');
    expect(list.stdout).toContain('Backup Now');
  });

  it('refuse an archive that is none, and say where backups are', async () => {
    const file = stage().write('no.tar.gz', 'nothing');
    const bad = await stage().run(['restore', file]);
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain('is not restored: it is not a backup');
    const none = await stage().run(['restore', 'latest']);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain(path.join('.claude-panel', 'backups'));
  });

  it('check everything and keep it as a document', async () => {
    const { code, stdout } = await stage().run(['exec', 'health-status']);
    expect(code).toBe(0);
    const document = /^Document: (.+)$/m.exec(stdout)?.[1] ?? '';
    expect(readFileSync(path.join(stage().folder, document), 'utf8')).toContain('**Claude Code** (good)');
  });

  it('start no god mode without a person, whatever --approve says', async () => {
    const { code, stdout } = await stage().run(
      ['exec', 'god-mode', '--approve', 'allow', '--input', 'task=write a file'],
      {
        CLAUDE_PANEL_REVEAL: 'godMode',
      },
    );
    expect(code).not.toBe(0);
    expect(stdout).toContain('The gate was not approved.');
    expect(stage().has('made.txt')).toBe(false);
  });
});
