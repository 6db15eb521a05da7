import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { gateApproval } from '../../../src/core/approvals/gateApproval.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import { whyNoSandbox } from '../../harness/sandbox.ts';
import { ended, type PanelStage, usePanelStage } from './panelStage.ts';

const stage = usePanelStage();
const CHAIN = 'chain-1';

const noSandbox = whyNoSandbox();

function script(...rounds: readonly string[]): string {
  return ['Do it.', '```rehearse', ...rounds, '```'].join('\n');
}

const write = (file: string, content: string): string =>
  `- tool: { name: Write, input: { file_path: '${file}', content: '${content}' } }`;
const bash = (command: string): string =>
  `- tool: { name: Bash, input: { command: ${JSON.stringify(command)}, description: Try } }`;
const TELL = '- text: "It said {{lastResult}}"';

/** A gate of a chain that showed these words and was answered. */
function gate(services: PanelServices, shown: string, choice: 'approveGate' | 'deny'): void {
  const approval = gateApproval({
    id: `gate-${choice}`,
    chainId: CHAIN,
    stepId: 'confirm',
    title: 'God Mode',
    folder: stage().folder,
    message: 'Start?',
    shown,
    now: Date.now(),
  });
  services.log.append([
    { subject: approval.id, facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] },
  ]);
  services.approvals.answer(approval.id, { choice }, services.actor('panel'));
}

/** A PATH with nothing but these programs of this machine. */
function onlyPrograms(...names: readonly string[]): string {
  const folder = file(stage(), '.home/programs');
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    symlinkSync(
      execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
      path.join(folder, name),
    );
  }
  return folder;
}

async function grantsOf(services: PanelServices): Promise<string> {
  const output = await services.actions.get('god-mode-grants').run(
    {},
    {
      folder: stage().folder,
      environment: {},
      by: services.actor('panel'),
      signal: new AbortController().signal,
      report: () => undefined,
    },
  );
  return (output as { text: string }).text;
}

async function run(services: PanelServices, prompt: string): Promise<Task> {
  gate(services, await grantsOf(services), 'approveGate');
  const outcome = await services.startTask({ prompt, profile: 'god', chainId: CHAIN, by: services.actor('panel') });
  if (outcome.kind !== 'started') {
    throw new Error(outcome.kind);
  }
  return ended(services, outcome.task.id);
}

function resultOf({ status }: Task): string {
  if (status.state !== 'succeeded') {
    throw new Error(JSON.stringify(status));
  }
  return status.result;
}

const file = ({ folder }: PanelStage, name: string): string => path.join(folder, name);

describe('god mode in a sandbox', { timeout: 60_000 }, () => {
  it('writes files and runs commands without asking', async context => {
    context.skip(noSandbox !== undefined, noSandbox);
    const services = await stage().open({ set: { revealGodMode: true } });
    const task = await run(
      services,
      script(
        write('{{cwd}}/made.txt', 'made'),
        bash('cat made.txt > copied.txt && rm made.txt && chmod +x copied.txt && echo done'),
        TELL,
      ),
    );
    expect(resultOf(task)).toContain('done');
    expect(readFileSync(file(stage(), 'copied.txt'), 'utf8')).toBe('made');
    expect(existsSync(file(stage(), 'made.txt'))).toBe(false);
    expect(services.log.approvals.ledger().filter(({ taskId }) => taskId === task.id)).toEqual([]);
    expect(task.permissionMode).toBe('acceptEdits');
  });

  it('holds commands in the folder, without the network and without secrets', async context => {
    context.skip(noSandbox !== undefined, noSandbox);
    const services = await stage().open({ set: { revealGodMode: true } });
    mkdirSync(file(stage(), '.home/.ssh'), { recursive: true });
    writeFileSync(file(stage(), '.home/.ssh/id_test'), 'a private key');
    const task = await run(
      services,
      script(
        bash(
          [
            'touch /var/tmp/god-was-here; echo outside=$?',
            'cat .home/.ssh/id_test; echo ssh=$?',
            'touch .claude-panel/god; echo panel=$?',
            'echo key=[$ANTHROPIC_API_KEY]',
            '(exec 3<>/dev/tcp/127.0.0.1/1) 2>/dev/null; echo net=$?',
          ].join('; '),
        ),
        TELL,
      ),
    );
    const said = resultOf(task);
    expect(existsSync('/var/tmp/god-was-here')).toBe(false);
    expect(said).toMatch(/outside=1/);
    expect(said).toMatch(/ssh=1/);
    expect(said).not.toContain('a private key');
    expect(said).toMatch(/panel=1/);
    expect(said).toContain('key=[]');
    expect(said).toMatch(/net=1/);
  });

  it('denies at once what it does not grant, and never waits', async context => {
    context.skip(noSandbox !== undefined, noSandbox);
    const services = await stage().open({ set: { revealGodMode: true } });
    const task = await run(services, script(write('/var/tmp/god-mode-outside.txt', 'x'), TELL));
    expect(existsSync('/var/tmp/god-mode-outside.txt')).toBe(false);
    expect(task.deniedCount).toBe(1);
    expect(resultOf(task)).toContain('It said');
  });

  it('obeys deny rules of the user and of its own', async context => {
    context.skip(noSandbox !== undefined, noSandbox);
    const config = file(stage(), '.claude-config');
    mkdirSync(config, { recursive: true });
    writeFileSync(
      path.join(config, 'settings.json'),
      JSON.stringify({ permissions: { deny: ['Bash(touch *)', 'Write(./kept.txt)', 'Edit(./kept.txt)'] } }),
    );
    writeFileSync(file(stage(), 'kept.txt'), 'kept');
    const services = await stage().open({ set: { revealGodMode: true } });
    const task = await run(
      services,
      script(
        bash('touch touched.txt'),
        bash('sudo touch touched.txt'),
        `- tool: { name: Read, input: { file_path: '{{cwd}}/kept.txt' } }`,
        write('{{cwd}}/kept.txt', 'overwritten'),
        write('{{cwd}}/.claude/settings.json', '{}'),
        TELL,
      ),
    );
    expect(resultOf(task)).toContain('It said');
    expect(existsSync(file(stage(), 'touched.txt'))).toBe(false);
    expect(existsSync(file(stage(), '.claude/settings.json'))).toBe(false);
    expect(readFileSync(file(stage(), 'kept.txt'), 'utf8')).toBe('kept');
  });
});

describe('god mode without a sandbox', { timeout: 60_000 }, () => {
  it('is what there is when settings take commands out of the sandbox', async context => {
    context.skip(noSandbox !== undefined, noSandbox);
    mkdirSync(file(stage(), '.claude'));
    const settings = { sandbox: { excludedCommands: ['docker *'] } };
    writeFileSync(file(stage(), '.claude/settings.local.json'), JSON.stringify(settings));
    const services = await stage().open({ set: { revealGodMode: true } });
    expect(await grantsOf(services)).toContain('settings take commands out of it (docker *)');
  });

  it('says so, edits without asking, and asks for commands that run code', async () => {
    const services = await stage().open({
      set: { revealGodMode: true },
      environment: { ...stage().environment, PATH: onlyPrograms('git', 'sh', 'bash') },
    });
    const grants = await grantsOf(services);
    expect(grants).toContain('There is no sandbox: bubblewrap is not installed.');
    expect(grants).toContain('Still asks you: every other command');
    gate(services, grants, 'approveGate');
    const outcome = await services.startTask({
      prompt: script(write('{{cwd}}/made.txt', 'made'), bash('/bin/chmod +x made.txt'), TELL),
      profile: 'god',
      chainId: CHAIN,
      unattended: 'deny',
      by: services.actor('panel'),
    });
    if (outcome.kind !== 'started') {
      throw new Error(outcome.kind);
    }
    const task = await ended(services, outcome.task.id);
    expect(readFileSync(file(stage(), 'made.txt'), 'utf8')).toBe('made');
    expect(task.deniedCount).toBe(1);
    expect(task.profile.sandbox).toBeUndefined();
  });
});

describe('god mode that nobody confirmed', { timeout: 60_000 }, () => {
  const start = (services: PanelServices): Promise<unknown> =>
    services.startTask({ prompt: 'Go.', profile: 'god', chainId: CHAIN, by: services.actor('panel') });

  it('is refused with what reveals it while the setting is off', async () => {
    const services = await stage().open();
    await expect(start(services)).rejects.toMatchObject({
      message: 'God mode is switched off.',
      remedy: expect.stringContaining('claudePanel.revealGodMode'),
    });
    expect(services.log.tasks.list()).toEqual([]);
  });

  it('starts nothing without a gate, with one that was denied, or that showed something else', async () => {
    const services = await stage().open({ set: { revealGodMode: true } });
    await expect(start(services)).rejects.toMatchObject({ reason: 'notConfirmed' });
    gate(services, await grantsOf(services), 'deny');
    await expect(start(services)).rejects.toMatchObject({ reason: 'notConfirmed' });
    gate(services, 'Shall the tests run?', 'approveGate');
    await expect(start(services)).rejects.toMatchObject({ reason: 'notConfirmed' });
    expect(services.log.tasks.list()).toEqual([]);
  });

  it('does not start a second task with the confirmation of the first', async () => {
    const services = await stage().open({ set: { revealGodMode: true } });
    const task = await run(services, script('- Done.'));
    expect(task.status.state).toBe('succeeded');
    const again = services.tasks.runAgain(task.id, services.actor('panel'));
    expect((await ended(services, again.id)).status).toMatchObject({
      state: 'failed',
      failure: { reason: 'notConfirmed' },
    });
  });
});
