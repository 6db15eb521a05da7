import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFinal } from '../../../src/core/tasks/task.ts';
import { scripted } from '../rehearsal/rehearsalStage.ts';
import { asked, ended, processesOf, run, until, usePanelStage } from './panelStage.ts';

const stage = usePanelStage();

const WRITE = '- tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: hello } }';

describe('the services with the real Claude Code', { timeout: 60_000 }, () => {
  it('run a task that asks before it writes, and write when it is allowed', async () => {
    const services = await stage().open();
    const task = await run(services, scripted(`${WRITE}\n- text: Done.`));
    const approval = await asked(services, task.id);
    expect(approval.subject).toMatchObject({ kind: 'tool', toolName: 'Write' });
    expect(existsSync(path.join(stage().folder, 'a.txt'))).toBe(false);
    services.approvals.answer(approval.id, { choice: 'allowOnce' }, services.actor('panel'));
    const done = await ended(services, task.id);
    expect(done.status).toMatchObject({ state: 'succeeded', result: 'Done.' });
    expect(done.files).toEqual([{ path: 'a.txt', kind: 'created', added: 1, removed: 0 }]);
    expect(readFileSync(path.join(stage().folder, 'a.txt'), 'utf8')).toBe('hello');
    // The result is told at once; the process leaves right after.
    await expect.poll(() => processesOf(task.id), { timeout: 10_000 }).toBe(0);
  });

  it('pause in the middle, free the process, and go on in the same session', async () => {
    const services = await stage().open();
    const task = await run(services, scripted(`${WRITE}\n- text: Done.`));
    await asked(services, task.id);
    services.tasks.pause(task.id, services.actor('panel'));
    const paused = await until(services, task.id, now => now.status.state === 'paused');
    expect(await processesOf(task.id)).toBe(0);
    expect(services.log.approvals.pending()).toEqual([]);
    services.tasks.continue(task.id, services.actor('panel'), scripted('- text: "Back again."'));
    const done = await ended(services, task.id);
    expect(done.status).toMatchObject({ state: 'succeeded', result: 'Back again.' });
    expect(done.sessionId).toBe(paused.sessionId);
  });

  it('keep a question over a reload and use the answer that is given meanwhile', async () => {
    const before = await stage().open();
    const task = await run(before, scripted(`${WRITE}\n- text: Done.`));
    const approval = await asked(before, task.id);
    await before.suspend(10_000);
    before.dispose();
    expect(await processesOf(task.id)).toBe(0);

    const after = await stage().open({ set: { afterReload: 'pause' } });
    expect(after.tasks.get(task.id).status).toMatchObject({ state: 'paused', cause: 'hostClosed' });
    expect(after.log.approvals.pending().map(({ id }) => id)).toEqual([approval.id]);
    after.approvals.answer(approval.id, { choice: 'allowOnce' }, after.actor('panel'));
    const done = await ended(after, task.id);
    expect(done.status).toMatchObject({ state: 'succeeded', result: 'Done.' });
    expect(readFileSync(path.join(stage().folder, 'a.txt'), 'utf8')).toBe('hello');
    expect(after.log.approvals.ofTask(task.id)).toHaveLength(1);
  });

  it('take follow-ups into a running turn, and continue a finished session with one', async () => {
    const services = await stage().open();
    const task = await run(services, scripted(`${WRITE}\n- text: Done.`));
    const approval = await asked(services, task.id);
    services.tasks.sendMessage(task.id, 'Please be brief.', services.actor('panel'));
    services.approvals.answer(approval.id, { choice: 'allowOnce' }, services.actor('panel'));
    await ended(services, task.id);
    services.tasks.sendMessage(task.id, scripted('- text: "Second answer."'), services.actor('panel'));
    const again = await until(
      services,
      task.id,
      now => isFinal(now.status) && now.status.state === 'succeeded' && now.status.result === 'Second answer.',
    );
    expect(again.followUps).toEqual([]);
    const prompts = services.log.tasks
      .transcript(task.id, { from: 0, count: 100 })
      .entries.filter(entry => entry.kind === 'prompt');
    expect(prompts).toHaveLength(3);
  });

  it('call back a message that Claude has not read', async () => {
    const services = await stage().open();
    const task = await run(services, scripted(`${WRITE}\n- text: Done.`));
    const approval = await asked(services, task.id);
    const message = services.tasks.sendMessage(task.id, 'Never mind.', services.actor('panel'));
    await until(services, task.id, now => now.followUps.some(({ state }) => state === 'sent'));
    services.tasks.withdrawMessage(task.id, message.id, services.actor('panel'));
    await until(services, task.id, now => now.followUps.length === 0);
    services.approvals.answer(approval.id, { choice: 'allowOnce' }, services.actor('panel'));
    await ended(services, task.id);
    const prompts = services.log.tasks
      .transcript(task.id, { from: 0, count: 100 })
      .entries.filter(entry => entry.kind === 'prompt');
    expect(prompts).toHaveLength(1);
  });

  it('fork a finished session into a task of its own, and count only what the fork costs', async () => {
    const services = await stage().open();
    const task = await run(services, scripted('- text: "Original."'));
    const original = await ended(services, task.id);
    const fork = services.tasks.fork(task.id, scripted('- text: "Forked."'), services.actor('panel'));
    const done = await ended(services, fork.id);
    expect(done.status).toMatchObject({ state: 'succeeded', result: 'Forked.' });
    expect(done.sessionId).not.toBe(original.sessionId);
    expect(services.tasks.get(task.id).status).toMatchObject({ state: 'succeeded', result: 'Original.' });
    // The same prompt: the fork read the original from the cache and cost less, not more.
    expect(done.costUsd).toBeGreaterThan(0);
    expect(done.costUsd).toBeLessThan(original.costUsd);
  });

  it('count cost and tokens as Claude Code does', async () => {
    const services = await stage().open();
    const usage = '- usage: { input: 100, output: 200, cacheRead: 3000, cacheCreation: 4000 }';
    const task = await run(
      services,
      scripted(`- - tool: { name: Bash, input: { command: ls } }\n  ${usage}\n- - text: ok\n  ${usage}`),
    );
    const done = await ended(services, task.id);
    expect(Object.values(done.models)).toMatchObject([
      { inputTokens: 200, outputTokens: 400, cacheReadTokens: 6000, cacheCreationTokens: 8000 },
    ]);
    const total = Object.values(done.models).reduce((sum, model) => sum + model.costUsd, 0);
    expect(done.costUsd).toBeCloseTo(total, 10);
    expect(done.costUsd).toBeGreaterThan(0);
  });

  it('fail at once when the key is not accepted, with a remedy', async () => {
    const services = await stage().open();
    const task = await run(services, scripted('- error: 401'));
    const done = await ended(services, task.id);
    expect(done.status).toMatchObject({ state: 'failed', failure: { family: 'claude', remedy: expect.any(String) } });
  });

  it('end a task at its time limit', async () => {
    const services = await stage().open();
    const task = await run(services, scripted('- silence: true'), { minutes: 0.05 });
    const done = await ended(services, task.id);
    expect(done.status).toMatchObject({ state: 'timedOut' });
    expect(await processesOf(task.id)).toBe(0);
  });

  it('say what to do when there is no Claude Code', async () => {
    const services = await stage().open({ set: { claudePath: '/nowhere/claude' } });
    const task = await run(services, 'Hello');
    const done = await ended(services, task.id);
    expect(done.status).toMatchObject({
      state: 'failed',
      failure: { family: 'claude', reason: 'notFound', remedy: expect.any(String) },
    });
  });

  it('let two processes share a workspace: the first answer wins and the second is told who was first', async () => {
    const owner = await stage().open();
    const viewer = await stage().open({ surface: 'command line', takesQueued: () => false, userName: 'bob' });
    const task = await run(owner, scripted(`${WRITE}\n- text: Done.`));
    const approval = await asked(viewer, task.id);
    viewer.approvals.answer(approval.id, { choice: 'allowOnce' }, viewer.actor('commandLine'));
    expect(() => owner.approvals.answer(approval.id, { choice: 'deny' }, owner.actor('panel'))).toThrow(
      /"Allow" by bob, on the command line/,
    );
    const done = await ended(viewer, task.id);
    expect(done.status).toMatchObject({ state: 'succeeded' });
  });
});
