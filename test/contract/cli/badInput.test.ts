import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeReadOnly, mountDisk } from '../../unit/store/smallDisk.ts';
import { useCommandStage } from './commandStage.ts';

const HELLO = ['run', 'say hello'];

describe('what goes wrong on the command line', { timeout: 120_000 }, () => {
  const stage = useCommandStage();
  const list = (): string => path.join(stage().folder, '.claude-panel', 'panel.db');

  /** The only list beside the present one that was set aside. */
  function setAside(): Buffer {
    const folder = path.dirname(list());
    const [file, ...others] = readdirSync(folder).filter(name => /\.damaged-\w+$/.test(name));
    expect(others).toEqual([]);
    return readFileSync(path.join(folder, file ?? 'nothing'));
  }

  /** Ends with this code, after these words, and without telling of places in the program. */
  async function ends(
    code: number,
    words: readonly string[],
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const result = await stage().run(args, environment);
    expect(result.code).toBe(code);
    for (const each of words) {
      expect(result.stdout + result.stderr).toContain(each);
    }
    expect(result.stdout + result.stderr).not.toMatch(/^ +at /m);
  }

  describe('with the task list', () => {
    it('sets aside what is something else, says so, and goes on', async () => {
      const bytes = randomBytes(50_000);
      mkdirSync(path.dirname(list()));
      writeFileSync(list(), bytes);
      await ends(0, ['is not a task list of the control panel', 'Hello there.'], HELLO);
      expect(setAside().equals(bytes)).toBe(true);
      expect((await stage().run(HELLO)).stderr).toBe('');
    });

    it('sets aside what was cut off, and says how to rescue it', async () => {
      expect((await stage().run(HELLO)).code).toBe(0);
      const half = readFileSync(list()).subarray(0, Math.floor(readFileSync(list()).length / 2));
      truncateSync(list(), half.length);
      await ends(0, ['The task list was damaged', '.recover', 'Hello there.'], HELLO);
      expect(setAside().equals(half)).toBe(true);
    });

    it('ends with 1 while its folder or its file is read-only, and works when they are not', async context => {
      const disk = mountDisk('size=16m');
      if (typeof disk === 'string') return context.skip(disk);
      const there = [...HELLO, '--cwd', disk.folder];
      disk.remount('ro');
      await ends(1, ['cannot be written', 'Give yourself the right to write'], there);
      disk.remount('rw');
      await ends(0, ['Hello there.'], there);
      const end = makeReadOnly(path.join(disk.folder, '.claude-panel', 'panel.db'));
      if (typeof end === 'string') return context.skip(end);
      await ends(1, ['panel.db cannot be written', 'Give yourself the right to write'], there);
      end();
      await ends(0, ['Hello there.'], there);
    });

    it('ends with 1 while the disk is full, and works when there is room', async context => {
      const disk = mountDisk('size=4m');
      if (typeof disk === 'string') return context.skip(disk);
      const there = [...HELLO, '--cwd', disk.folder];
      const filler = path.join(disk.folder, 'filler');
      expect(() => copyFileSync(process.execPath, filler)).toThrow('ENOSPC');
      writeFileSync(filler, Buffer.alloc(4 * 1024 * 1024 - 64 * 1024));
      await ends(1, ['The disk is full', 'Free some space'], there);
      rmSync(filler);
      await ends(0, ['Hello there.'], there);
    });
  });

  describe('with .mcp.json', () => {
    it.each([
      ['is binary', '\u0000\u0001\u0002', 'Replace it by a text file, or remove it.'],
      ['has broken JSON', '{ "mcpServers": {', 'Correct the file'],
    ])(
      'ends with 1 for a profile that needs a file that %s, and runs one that does not',
      async (_how, text, remedy) => {
        stage().write('.mcp.json', text);
        await ends(1, ['.mcp.json', remedy], [...HELLO, '--profile', 'comprehensive']);
        await ends(0, ['Hello there.'], [...HELLO, '--profile', 'speed']);
      },
    );
  });

  describe('with Claude Code', () => {
    const standIn = (...lines: readonly string[]): Record<string, string> => ({
      CLAUDE_PANEL_CLAUDE: stage().write('claude', ['#!/bin/sh', ...lines, ''].join('\n'), 0o755),
    });

    it('ends with 1 while it is too old', async () => {
      const old = standIn('echo "1.0.128 (Claude Code)"');
      await ends(1, ['Claude Code 1.0.128 is too old.', 'Run "claude update"'], HELLO, old);
    });

    it('ends with 1 when nobody is logged in', async () => {
      const out = { ANTHROPIC_API_KEY: '' };
      await ends(1, ['Claude Code is not logged in.', 'use /login, or set ANTHROPIC_API_KEY'], HELLO, out);
    });

    it('ends with 1 when the key is refused', async () => {
      const prompt = 'Knock.\n```rehearse\n- error: 401\n```';
      await ends(1, ['refused the credentials', 'Check ANTHROPIC_API_KEY'], ['run', prompt]);
      await stage().noneLeft();
    });
  });
});
