import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserKeyError } from '../../../src/app/userKeyError.ts';
import { readUserKey } from '../../../src/app/userKeyFile.ts';

const PROGRAM = fileURLToPath(new URL('./programs/keyReader.ts', import.meta.url));

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'panel-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function failureOf(work: () => unknown): UserKeyError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UserKeyError);
    return error as UserKeyError;
  }
  throw new Error('It did not fail.');
}

function start(home: string): ChildProcessWithoutNullStreams {
  const program = spawn(process.execPath, ['--no-warnings', PROGRAM, home]);
  onTestFinished(() => void program.kill('SIGKILL'));
  return program;
}

describe('the key of the user', () => {
  it('is made once, for its owner alone, and is the same from then on', () => {
    const home = join(scratch(), 'deep', 'home');
    const first = readUserKey(home).sign('text');
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(readUserKey(home).sign('text')).toBe(first);
    expect(readUserKey(home).sign('other text')).not.toBe(first);
    expect(readdirSync(home)).toEqual(['key']);
    expect(statSync(join(home, 'key'))).toMatchObject({ size: 32, nlink: 1 });
    if (process.platform !== 'win32') {
      expect(statSync(join(home, 'key')).mode & 0o777).toBe(0o600);
      expect(statSync(home).mode & 0o777).toBe(0o700);
    }
  });

  it('is another one in another home', () => {
    expect(readUserKey(scratch()).sign('text')).not.toBe(readUserKey(scratch()).sign('text'));
  });

  it('is the same for processes that make it at the same moment', { timeout: 60_000 }, async () => {
    const home = join(scratch(), 'home');
    const programs = Array.from({ length: 6 }, () => start(home));
    const ready = programs.map(program => once(program.stdout, 'data'));
    await Promise.all(ready);
    const printed = programs.map(program => text(program.stdout));
    for (const program of programs) {
      program.stdin.write('go\n');
    }
    const signatures = new Set(await Promise.all(printed));
    expect([...signatures]).toEqual([readUserKey(home).sign('text')]);
    expect(readdirSync(home)).toEqual(['key']);
  });

  it('is taken from others who could read it', context => {
    if (process.platform === 'win32') {
      return context.skip('there are no rights of this kind');
    }
    const home = scratch();
    writeFileSync(join(home, 'key'), randomBytes(32));
    chmodSync(join(home, 'key'), 0o644);
    readUserKey(home);
    expect(statSync(join(home, 'key')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['cut', Buffer.alloc(31)],
    ['empty', Buffer.alloc(0)],
    ['too long', Buffer.alloc(33)],
  ])('is refused when its file is %s, and stays as it is', { timeout: 20_000 }, (_what, content) => {
    const home = scratch();
    writeFileSync(join(home, 'key'), content);
    const failure = failureOf(() => readUserKey(home));
    expect(failure).toMatchObject({ family: 'userKey', reason: 'damaged', remedy: expect.stringContaining('remove') });
    expect(readFileSync(join(home, 'key')).equals(content)).toBe(true);
  });

  it('is refused when it is a folder, and a pipe is not waited for', context => {
    const home = scratch();
    mkdirSync(join(home, 'key'));
    expect(failureOf(() => readUserKey(home)).reason).toBe('damaged');
    if (process.platform === 'win32') {
      return context.skip('there are no named pipes of this kind');
    }
    const other = scratch();
    execFileSync('mkfifo', [join(other, 'key')]);
    expect(failureOf(() => readUserKey(other)).reason).toBe('damaged');
  });

  it('says what to do when its folder cannot be made', () => {
    const home = join(scratch(), 'file');
    writeFileSync(home, '');
    expect(failureOf(() => readUserKey(home))).toMatchObject({
      reason: 'unwritable',
      detail: expect.stringContaining(home),
      remedy: expect.stringContaining('CLAUDE_PANEL_HOME'),
    });
  });
});
