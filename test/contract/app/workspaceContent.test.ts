import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { taskMarker } from '../../../src/core/claude/claudeLaunch.ts';
import { systemProcesses } from '../../../src/core/process/processTree.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import { scripted } from '../rehearsal/rehearsalStage.ts';
import { asked, ended, run, until, usePanelStage } from './panelStage.ts';

const stage = usePanelStage();
const DONE = scripted('- text: Done.');

const inFolder = (...names: string[]): string => path.join(stage().folder, ...names);
const has = (name: string): boolean => existsSync(inFolder(name));

/** A hook that leaves a file behind when Claude Code starts. */
function writeHook(file: string, trace: string): void {
  mkdirSync(path.dirname(inFolder(file)), { recursive: true });
  const hooks = { SessionStart: [{ hooks: [{ type: 'command', command: `touch '${inFolder(trace)}'` }] }] };
  writeFileSync(inFolder(file), JSON.stringify({ hooks }));
}

/** A finished task, after the hook of the folder was approved. */
async function approvedTask(services: PanelServices): Promise<Task> {
  writeHook('.claude/settings.json', 'approved');
  const input = { prompt: DONE, profile: 'speed', by: services.actor('panel') };
  const first = await services.startTask(input);
  if (first.kind !== 'needsApproval') {
    throw new Error('The hook needs no approval.');
  }
  expect(has('approved')).toBe(false);
  services.approvals.answer(first.approvalId, { choice: 'approveContent' }, services.actor('panel'));
  const outcome = await services.startTask(input);
  if (outcome.kind !== 'started') {
    throw new Error(outcome.kind);
  }
  const done = await ended(services, outcome.task.id);
  expect(done.status.state).toBe('succeeded');
  expect(has('approved')).toBe(true);
  return done;
}

async function processesOf(taskId: string): Promise<number> {
  return (await systemProcesses().findByMarker(taskMarker(taskId))).length;
}

describe('a repository that brings its own task list', { timeout: 60_000 }, () => {
  /** What somebody else made with the same program: a queued task that allows itself everything, and a grant. */
  async function ship(): Promise<Task> {
    const environment = { ...process.env, CLAUDE_PANEL_HOME: inFolder('.home', 'stranger') };
    const stranger = await stage().open({ takesQueued: () => false, environment, userName: 'stranger' });
    const script = '- tool: { name: Bash, input: { command: touch stolen } }\n- text: Done.';
    const outcome = await stranger.startTask({
      prompt: scripted(script),
      profile: 'speed',
      unattended: 'allow',
      by: stranger.actor('panel'),
    });
    if (outcome.kind !== 'started') {
      throw new Error(outcome.kind);
    }
    stranger.grants.grant({ fingerprint: 'any', kind: 'workspaceContent', headline: '', by: 'stranger', at: 1 });
    stranger.dispose();
    return outcome.task;
  }

  it('starts nothing', async () => {
    const forged = await ship();
    const services = await stage().open();
    expect(services.notices).toMatchObject([{ family: 'store', reason: 'foreign', remedy: expect.any(String) }]);
    expect(services.log.tasks.list()).toEqual([]);
    expect(services.grants.list()).toEqual([]);
    const own = await run(services, DONE);
    expect((await ended(services, own.id)).status.state).toBe('succeeded');
    expect(await processesOf(forged.id)).toBe(0);
    expect(has('stolen')).toBe(false);
    expect(readdirSync(inFolder('.claude-panel')).some(name => name.startsWith('panel.db.foreign-'))).toBe(true);
  });

  it('would start it for the one who wrote it', async () => {
    const forged = await ship();
    const environment = {
      ...process.env,
      ...stage().server.environment,
      CLAUDE_CONFIG_DIR: inFolder('.claude-config'),
      CLAUDE_PANEL_HOME: inFolder('.home', 'stranger'),
    };
    const stranger = await stage().open({ environment });
    await ended(stranger, forged.id);
    expect(has('stolen')).toBe(true);
  });
});

describe('what Claude Code reads in the folder', { timeout: 60_000 }, () => {
  const ways: [string, (services: PanelServices, task: Task) => string][] = [
    ['run again', (services, { id }) => services.tasks.runAgain(id, services.actor('panel')).id],
    [
      'continued',
      (services, { id }) => {
        services.tasks.sendMessage(id, scripted('- text: "Second."'), services.actor('panel'));
        return id;
      },
    ],
    ['forked', (services, { id }) => services.tasks.fork(id, DONE, services.actor('panel')).id],
  ];

  it.each(ways)('does not run before it is approved again, when a task is %s', async (_way, start) => {
    const services = await stage().open();
    const done = await approvedTask(services);
    writeHook('.claude/settings.json', 'changed');
    const id = start(services, done);
    const question = await asked(services, id);
    expect(question.subject).toMatchObject({ kind: 'workspaceContent', files: ['.claude/settings.json'] });
    expect(services.tasks.get(id).status).toMatchObject({ state: 'waiting', for: 'approval' });
    expect(await processesOf(id)).toBe(0);
    services.approvals.answer(question.id, { choice: 'deny', message: 'I do not know it' }, services.actor('panel'));
    const failed = await ended(services, id);
    expect(failed.status).toMatchObject({
      state: 'failed',
      failure: { family: 'task', reason: 'contentNotApproved', detail: expect.stringContaining('I do not know it') },
    });
    expect(has('changed')).toBe(false);

    const again = start(services, done);
    const second = await asked(services, again);
    services.approvals.answer(second.id, { choice: 'approveContent' }, services.actor('panel'));
    const succeeded = await until(services, again, ({ status }) => status.state === 'succeeded');
    expect(succeeded.status.state).toBe('succeeded');
    expect(has('changed')).toBe(true);
  });

  it('is asked about in a task that had to wait in the queue', async () => {
    let takesQueued = true;
    const services = await stage().open({ takesQueued: () => takesQueued });
    await approvedTask(services);
    takesQueued = false;
    const queued = await run(services, DONE);
    writeHook('.claude/settings.local.json', 'changed');
    takesQueued = true;
    services.look();
    await asked(services, queued.id);
    services.tasks.stop(queued.id, services.actor('panel'));
    expect((await ended(services, queued.id)).status).toMatchObject({ state: 'stopped', leftOver: 0 });
    expect(services.log.approvals.pending()).toEqual([]);
    expect(has('changed')).toBe(false);
  });

  it('is asked about once, over a window that was closed meanwhile', async () => {
    const before = await stage().open();
    const done = await approvedTask(before);
    writeHook('.claude/settings.json', 'changed');
    const { id } = before.tasks.runAgain(done.id, before.actor('panel'));
    const question = await asked(before, id);
    await before.suspend(5000);
    expect(before.tasks.get(id).status).toMatchObject({ state: 'paused', cause: 'hostClosed' });
    before.dispose();

    const after = await stage().open();
    await until(after, id, ({ status }) => status.state === 'waiting');
    expect(after.log.approvals.pending().map(approval => approval.id)).toEqual([question.id]);
    expect(has('changed')).toBe(false);
    after.approvals.answer(question.id, { choice: 'approveContent' }, after.actor('panel'));
    expect((await ended(after, id)).status.state).toBe('succeeded');
    expect(has('changed')).toBe(true);
  });

  it('is not asked about again after a rule was allowed in the project', async () => {
    const services = await stage().open();
    // Claude Code writes the brackets of this rule in its own way.
    const script = `- tool: { name: Bash, input: { command: 'node -e "console.log(1)"' } }\n- text: Done.`;
    const task = await run(services, scripted(script));
    const question = await asked(services, task.id);
    expect(question.choices.map(({ id }) => id)).toContain('allowProject');
    services.approvals.answer(question.id, { choice: 'allowProject' }, services.actor('panel'));
    await ended(services, task.id);
    const saved = JSON.parse(readFileSync(inFolder('.claude', 'settings.local.json'), 'utf8'));
    expect(saved.permissions.allow).toHaveLength(1);
    await run(services, DONE);
    await services.suspend(5000);
    services.dispose();
    // Another process, which knows nothing of the answer.
    const later = await stage().open();
    const next = await run(later, DONE);
    expect((await ended(later, next.id)).status.state).toBe('succeeded');
    expect(later.grants.list()[0]).toMatchObject({ by: 'ada, in the panel' });
    // What nobody allowed is asked about as before.
    saved.permissions.allow.push('Bash');
    writeFileSync(inFolder('.claude', 'settings.local.json'), JSON.stringify(saved));
    await expect(run(later, DONE)).rejects.toThrow('needsApproval');
  });
});

describe('a rehearsal', { timeout: 60_000 }, () => {
  it('obeys no settings that came with the repository', async () => {
    writeHook('.claude-panel/rehearsal/settings.json', 'hooked');
    const services = await stage().open({ set: { rehearsal: true } });
    const task = await run(services, DONE);
    expect((await ended(services, task.id)).status.state).toBe('succeeded');
    expect(has('hooked')).toBe(false);
    rmSync(inFolder('.claude-panel', 'rehearsal'), { recursive: true });
  });
});
