import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCommandStage } from './commandStage.ts';

const stage = useCommandStage();
const MINUTE_MS = 60_000;
const NOBODY = { CLAUDE_PANEL_ANSWER_SECONDS: '0' };

/** A hook that leaves a file behind when Claude Code starts. */
function writeHook(trace: string): void {
  const command = `touch '${path.join(stage().folder, trace)}'`;
  const hooks = { SessionStart: [{ hooks: [{ type: 'command', command }] }] };
  stage().write('.claude/settings.json', JSON.stringify({ hooks }));
}

/** A finished task, after the hook of the folder was approved; its id. */
async function approvedTask(): Promise<string> {
  writeHook('approved');
  expect((await stage().run(['run', 'say hello'])).code).toBe(3);
  const [question] = await stage().json(['approvals']);
  expect((await stage().run(['approve', String(question?.['id'])])).code).toBe(0);
  expect((await stage().run(['run', 'say hello'])).code).toBe(0);
  expect(stage().has('approved')).toBe(true);
  const [task] = await stage().json(['list']);
  return String(task?.['id']);
}

describe('the content of the folder, on the command line', { timeout: 2 * MINUTE_MS }, () => {
  it('is denied for a task that goes on with nobody there, when it has changed', async () => {
    const id = await approvedTask();
    writeHook('changed');
    const { code, stdout } = await stage().run(['resume', id, 'say hello'], NOBODY);
    expect([code, stdout]).toEqual([3, expect.stringContaining('was not approved')]);
    expect(stage().has('changed')).toBe(false);
    expect(await stage().json(['list'])).toMatchObject([{ id, state: 'failed' }]);
    await stage().noneLeft();
  });

  it('is asked about while such a task waits, and can be approved from elsewhere', async () => {
    const id = await approvedTask();
    writeHook('changed');
    const resumed = stage().start(['resume', id, 'say hello'], { CLAUDE_PANEL_ANSWER_SECONDS: '60' });
    resumed.input.end();
    const question = await stage().question();
    expect(await stage().json(['list'])).toMatchObject([{ id, state: 'waiting' }]);
    expect(stage().has('changed')).toBe(false);
    expect((await stage().run(['approve', question])).code).toBe(0);
    expect((await resumed.result).code).toBe(0);
    expect(stage().has('changed')).toBe(true);
  });

  it('is not approved by --approve allow', async () => {
    writeHook('changed');
    const { code } = await stage().run(['run', 'say hello', '--approve', 'allow']);
    expect(code).toBe(3);
    expect(stage().has('changed')).toBe(false);
  });
});

describe('a task list of another account, on the command line', { timeout: 2 * MINUTE_MS }, () => {
  it('is set aside, and said', async () => {
    expect((await stage().run(['run', 'say hello'])).code).toBe(0);
    const other = { CLAUDE_PANEL_HOME: path.join(stage().folder, '..', 'other') };
    const listed = await stage().run(['list', '--json'], other);
    expect(JSON.parse(listed.stdout)).toEqual([]);
    expect(listed.stderr).toContain('not yours');
    const kept = readdirSync(path.join(stage().folder, '.claude-panel')).filter(name => name.includes('.foreign-'));
    expect(kept).not.toEqual([]);
    expect((await stage().run(['list', '--json'], other)).stderr).toBe('');
  });

  it('is not opened without a key: it says what to do, and leaves nothing behind', async () => {
    const file = stage().write('file', '');
    const { code, stderr } = await stage().run(['run', 'say hello'], { CLAUDE_PANEL_HOME: file });
    expect([code, stderr]).toEqual([1, expect.stringContaining('CLAUDE_PANEL_HOME')]);
    expect(stage().has('.claude-panel')).toBe(false);
  });
});
