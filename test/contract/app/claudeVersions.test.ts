import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { capabilitiesOf, missingIn, parseVersion } from '../../../src/core/claude/claudeVersion.ts';
import { isFinal, type Task } from '../../../src/core/tasks/task.ts';
import { installedToolchain } from '../../harness/toolchain.ts';
import { findClaude } from '../rehearsal/claudeProgram.ts';
import { scripted } from '../rehearsal/rehearsalStage.ts';
import { asked, ended, processesOf, run, until, usePanelStage } from './panelStage.ts';

const WRITE = '- tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: hello } }';
const SLEEPER = `#!/bin/sh
nohup sleep 300 >/dev/null 2>&1 &
setsid sleep 301 >/dev/null 2>&1 &
touch started
sleep 302
`;

const { olderClaude = {}, unavailable = {} } = installedToolchain() ?? {};
const older = Object.entries(olderClaude);

function transcript(services: PanelServices, id: string) {
  return services.log.tasks.transcript(id, { from: 0, count: 100 }).entries;
}

function prompts(services: PanelServices, id: string): number {
  return transcript(services, id).filter(({ kind }) => kind === 'prompt').length;
}

function succeededWith(services: PanelServices, id: string, result: string): Promise<Task> {
  return until(services, id, ({ status }) => isFinal(status) && 'result' in status && status.result === result);
}

function sumOfModels(task: Task): number {
  return Object.values(task.models).reduce((sum, { costUsd }) => sum + costUsd, 0);
}

if (older.length === 0) {
  it('works with older versions of Claude Code, too', context => {
    context.skip(unavailable['olderClaude'] ?? 'they are not set up: run node scripts/setup.mjs olderClaude');
  });
}

describe.each([...older, ['of today', findClaude()] as const])('Claude Code %s', { timeout: 120_000 }, (_, program) => {
  const stage = usePanelStage(undefined, program);

  it('asks, writes what is allowed, hears what is said meanwhile, and goes on with its session', async () => {
    const services = await stage().open();
    const task = await run(services, scripted(`${WRITE}\n- text: Done.`));
    const approval = await asked(services, task.id);
    expect(approval.subject).toMatchObject({ kind: 'tool', toolName: 'Write' });
    expect(existsSync(path.join(stage().folder, 'a.txt'))).toBe(false);
    services.tasks.sendMessage(task.id, scripted('- text: "And more."'), services.actor('panel'));
    await until(services, task.id, now => now.followUps.some(({ state }) => state === 'sent'));
    services.approvals.answer(approval.id, { choice: 'allowOnce' }, services.actor('panel'));
    const first = await succeededWith(services, task.id, 'And more.');
    expect(readFileSync(path.join(stage().folder, 'a.txt'), 'utf8')).toBe('hello');
    expect(first.costUsd).toBeGreaterThan(0);
    expect(first.costUsd).toBeCloseTo(sumOfModels(first), 10);
    expect(prompts(services, task.id)).toBe(2);
    const { fileChanges } = capabilitiesOf(parseVersion(first.cliVersion ?? '') ?? { major: 0, minor: 0, patch: 0 });
    expect(first.files).toEqual(fileChanges ? [{ path: 'a.txt', kind: 'created', added: 1, removed: 0 }] : []);

    services.tasks.sendMessage(task.id, scripted('- text: "Second answer."'), services.actor('panel'));
    const second = await succeededWith(services, task.id, 'Second answer.');
    expect(second.sessionId).toBe(first.sessionId);
    expect(prompts(services, task.id)).toBe(3);
    // Both runs together, whether this version counts on by itself or not.
    expect(second.costUsd).toBeGreaterThan(first.costUsd);
    expect(second.costUsd).toBeLessThan(2 * first.costUsd);
    expect(second.costUsd).toBeCloseTo(sumOfModels(second), 10);
    await expect.poll(() => processesOf(task.id)).toBe(0);
  });

  it('answers a message that comes after its last tool', async () => {
    const services = await stage().open();
    const task = await run(services, scripted('- { text: "A long answer that takes its time.", chunk: 4, pace: 200 }'));
    await until(services, task.id, now => now.model !== undefined);
    services.tasks.sendMessage(task.id, scripted('- text: "The late one, too."'), services.actor('panel'));
    const done = await succeededWith(services, task.id, 'The late one, too.');
    expect(done.followUps).toEqual([]);
    expect(transcript(services, task.id).flatMap(entry => (entry.kind === 'text' ? entry.text : []))).toEqual([
      'A long answer that takes its time.',
      'The late one, too.',
    ]);
  });

  it.runIf(process.platform === 'linux')(
    'stops a script with its nohup child and its setsid grandchild, and leaves no process',
    async () => {
      const services = await stage().open();
      writeFileSync(path.join(stage().folder, 'sleeper.sh'), SLEEPER, { mode: 0o755 });
      const task = await run(
        services,
        scripted('- tool: { name: Bash, input: { command: ./sleeper.sh } }\n- text: Done.'),
      );
      const approval = await asked(services, task.id);
      services.approvals.answer(approval.id, { choice: 'allowOnce' }, services.actor('panel'));
      await expect.poll(() => existsSync(path.join(stage().folder, 'started'))).toBe(true);
      expect(await processesOf(task.id)).toBeGreaterThanOrEqual(4);
      services.tasks.stop(task.id, services.actor('panel'));
      expect((await ended(services, task.id)).status).toMatchObject({ state: 'stopped', leftOver: 0 });
      expect(await processesOf(task.id)).toBe(0);
    },
  );

  it('is told the words of a denial; what it lacks is off, and the task and the health check say so', async () => {
    const services = await stage().open();
    // This profile asks for an effort.
    const options = { profile: 'comprehensive' };
    const task = await run(services, scripted(`${WRITE}\n- text: "I was told: {{lastResult}}"`), options);
    const approval = await asked(services, task.id);
    services.approvals.answer(approval.id, { choice: 'deny', message: 'Use b.txt instead' }, services.actor('panel'));
    const done = await ended(services, task.id);
    expect(done.status).toMatchObject({ state: 'succeeded', result: expect.stringContaining('Use b.txt instead') });
    expect(done.deniedCount).toBe(1);
    expect(existsSync(path.join(stage().folder, 'a.txt'))).toBe(false);

    const { cliVersion = '' } = done;
    const version = parseVersion(cliVersion) ?? { major: 0, minor: 0, patch: 0 };
    const notices = transcript(services, task.id).flatMap(entry => (entry.kind === 'notice' ? entry.text : []));
    expect(notices).toEqual(
      capabilitiesOf(version).effort
        ? []
        : [`Claude Code ${cliVersion} is too old for this setting, which has no effect: effort`],
    );
    await services.refreshHealth();
    const said = services.health().flatMap(({ id, text }) => (id === 'claude' ? text : []));
    const lacks = missingIn(version);
    expect(said).toEqual([
      expect.stringContaining(`Claude Code ${cliVersion}`),
      ...(lacks.length === 0 ? [] : [`This Claude Code lacks: ${lacks.join(', ')}.`]),
    ]);
  });
});
