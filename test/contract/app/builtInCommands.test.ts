import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentIn } from '../../../src/app/actions/panelDocument.ts';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { findingsIn } from '../../../src/core/audit/finding.ts';
import type { ChainRun } from '../../../src/core/chains/chainRun.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import { BUILT_IN_SCENARIO } from '../../fixtures/builtInScenario.ts';
import { projectRoot } from '../../harness/toolchain.ts';
import { waitFor } from '../../harness/waitFor.ts';
import { chainEnded, gateOf, outputOf, runChain } from './chainStage.ts';
import { asked, ended, usePanelStage } from './panelStage.ts';

const stage = usePanelStage(BUILT_IN_SCENARIO);

function write(name: string, text: string): void {
  const file = path.join(stage().folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const read = (name: string): string => readFileSync(path.join(stage().folder, name), 'utf8');
const has = (name: string): boolean => existsSync(path.join(stage().folder, name));

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  execFileSync('git', [...identity, ...args], { cwd: stage().folder, stdio: 'ignore' });
}

/** Puts a program in front of all others on the PATH of the services. */
function withProgram(name: string, script: string): NodeJS.ProcessEnv {
  const folder = path.join(stage().folder, '.home', 'programs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(folder, name), 0o755);
  const { environment } = stage();
  return { ...environment, PATH: `${folder}${path.delimiter}${environment['PATH']}` };
}

async function startTask(services: PanelServices, command: string, inputs: Record<string, string>): Promise<Task> {
  for (;;) {
    const outcome = await services.runCommand({ command, inputs, inputsFrom: 'person', by: services.actor('panel') });
    if (outcome.kind === 'task') {
      return outcome.task;
    }
    if (outcome.kind === 'chain') {
      throw new Error('It is a chain.');
    }
    services.approvals.answer(outcome.approvalId, { choice: 'approveContent' }, services.actor('panel'));
  }
}

/** Says yes to a gate, as a person. */
async function agree(services: PanelServices, chain: ChainRun, step: string): Promise<string> {
  const gate = await gateOf(services, chain.id, step);
  services.approvals.answer(gate.id, { choice: 'approveGate' }, services.actor('panel'));
  return gate.subject.kind === 'gate' ? (gate.subject.shown ?? '') : '';
}

async function succeeded(services: PanelServices, chain: ChainRun): Promise<ChainRun> {
  const run = await chainEnded(services, chain.id);
  expect(run.status, JSON.stringify(run.status)).toMatchObject({ state: 'succeeded' });
  return run;
}

/** Answers every question of a task with yes until it has ended; resolves to what was asked. */
async function answering(services: PanelServices, task: Task): Promise<{ task: Task; asked: string[] }> {
  const questions: string[] = [];
  const answer = (): void => {
    for (const { id, taskId, subject } of services.log.approvals.pending()) {
      if (taskId === task.id && subject.kind === 'tool') {
        questions.push(subject.toolName);
        services.approvals.answer(id, { choice: 'allowOnce' }, services.actor('panel'));
      }
    }
  };
  const following = services.log.onDidCommit(answer);
  answer();
  const over = await ended(services, task.id);
  following.dispose();
  return { task: over, asked: questions };
}

function resultOf({ status }: Task): string {
  return status.state === 'succeeded' ? status.result : JSON.stringify(status);
}

describe('the built-in commands with the real Claude Code', { timeout: 120_000 }, () => {
  it('god-mode says what it grants, then works without asking, within deny rules', async () => {
    git('init', '--quiet');
    write('forbidden/file', 'kept');
    write('.claude-config/settings.json', JSON.stringify({ permissions: { deny: ['Bash(rm *)'] } }));
    const services = await stage().open({ set: { revealGodMode: true } });
    const chain = await runChain(services, 'god-mode', { task: 'Make a greeting.' });
    const grants = await agree(services, chain, 'confirm');
    expect(grants).toContain('Your deny rules hold.');
    const isBoxed = grants.includes('any command in a sandbox');
    const over = chainEnded(services, chain.id);
    if (!isBoxed) {
      // Without a sandbox commands are asked about: nobody says yes here.
      services.log.onDidCommit(({ approvals }) => {
        for (const { id, subject, status } of approvals) {
          if (subject.kind === 'tool' && status.state === 'pending') {
            services.approvals.answer(id, { choice: 'deny' }, services.actor('panel'));
          }
        }
      });
    }
    const run = await over;
    expect(run.status).toMatchObject({ state: 'succeeded' });
    expect(services.log.tasks.list()[0]?.limits).toMatchObject({ usd: 10, turns: 300 });
    // What is left of the chain's own two hours.
    expect(services.log.tasks.list()[0]?.limits.minutes).toBeLessThanOrEqual(120);
    expect(services.undo.list().map(({ target }) => target.kind)).toContain('chain');
    expect(read('greet.sh')).toContain('echo hello');
    expect(has('said.txt')).toBe(isBoxed);
    expect(has('forbidden/file')).toBe(true);
    expect(existsSync('/var/tmp/claude-panel-god-was-here')).toBe(false);
    if (isBoxed) {
      expect(services.log.approvals.ledger().filter(({ taskId }) => taskId !== undefined)).toEqual([]);
    }
  });

  it('god-mode starts nothing while it is not revealed, not confirmed, or nobody is there to confirm', async () => {
    const hidden = await stage().open();
    const refused = await chainEnded(hidden, (await runChain(hidden, 'god-mode', { task: 'Go.' })).id);
    expect(refused.status).toMatchObject({
      state: 'failed',
      failure: { remedy: expect.stringContaining('claudePanel.revealGodMode') },
    });
    const services = await stage().open({ set: { revealGodMode: true } });
    const denied = await runChain(services, 'god-mode', { task: 'Go.' });
    const gate = await gateOf(services, denied.id, 'confirm');
    services.approvals.answer(gate.id, { choice: 'deny' }, services.actor('panel'));
    expect((await chainEnded(services, denied.id)).status.state).toBe('failed');
    const unattended = await runChain(services, 'god-mode', { task: 'Go.' }, { unattended: 'allow' });
    expect((await chainEnded(services, unattended.id)).status.state).toBe('failed');
    expect(services.log.tasks.list()).toEqual([]);
  });

  it('god-mode starts nothing where no snapshot can be taken', async () => {
    const environment = { ...stage().environment, PATH: stage().folder };
    const services = await stage().open({ environment, set: { revealGodMode: true } });
    const run = await chainEnded(services, (await runChain(services, 'god-mode', { task: 'Go.' })).id);
    expect(run.status).toMatchObject({ state: 'failed' });
    expect(run.steps['confirm']?.state).toBe('waiting');
    expect(services.log.tasks.list()).toEqual([]);
  });

  it('safe-mode asks even before it reads', async () => {
    write('README.md', 'a shop');
    const services = await stage().open();
    const task = await startTask(services, 'safe-mode', { task: 'What is this?' });
    const over = await answering(services, task);
    expect(over.asked).toEqual(['Read']);
    expect(resultOf(over.task)).toContain('a shop');
    expect(over.task.mcpServers).toEqual([]);
  });

  it('safe-mode starts only the MCP servers that it was given, after they were approved', async () => {
    const lab = path.join(projectRoot, 'test/fixtures/mcp/lab.mjs');
    const definition = { command: process.execPath, args: [lab] };
    write('.mcp.json', JSON.stringify({ mcpServers: { lab: definition, other: definition } }));
    const services = await stage().open();
    const outcome = await services.runCommand({
      command: 'safe-mode',
      inputs: { task: 'Please ask the lab.', servers: 'lab' },
      inputsFrom: 'person',
      by: services.actor('panel'),
    });
    expect(outcome.kind).toBe('needsApproval');
    const task = await startTask(services, 'safe-mode', { task: 'Please ask the lab.', servers: 'lab' });
    const question = await asked(services, task.id);
    expect(question.subject).toMatchObject({ kind: 'tool', toolName: 'mcp__lab__book' });
    services.approvals.answer(question.id, { choice: 'deny' }, services.actor('panel'));
    const over = await ended(services, task.id);
    expect(over.mcpServers.map(({ name }) => name)).toEqual(['lab']);
    await expect(startTask(services, 'safe-mode', { task: 'Hi.', servers: 'lba' })).rejects.toMatchObject({
      remedy: 'Did you mean "lab"?',
    });
  });

  it('serena looks without asking and asks before it edits, through its own server', async () => {
    write('greeting.js', 'export function greet() {}\n');
    const server = path.join(projectRoot, 'test/fixtures/mcp/serena.mjs');
    const environment = withProgram('serena', `exec '${process.execPath}' '${server}' "$@"`);
    const services = await stage().open({ environment });
    const task = await startTask(services, 'serena', { task: 'Rename greet to welcome.' });
    const over = await answering(services, task);
    expect(over.asked).toEqual(['mcp__serena__rename_symbol']);
    expect(resultOf(over.task)).toBe('It was in greet.');
    expect(read('greeting.js')).toContain('function welcome()');
  });

  it('serena that is not installed is one message with what to install', async () => {
    const services = await stage().open({ environment: { ...stage().environment, PATH: stage().folder } });
    await expect(startTask(services, 'serena', { task: 'Look.' })).rejects.toMatchObject({
      message: 'Serena is not installed.',
      remedy: expect.stringContaining('uv tool install'),
    });
    expect(services.log.tasks.list()).toEqual([]);
  });

  it('security-audit finds dependencies, secrets and risky code, and writes the report after the gate', async () => {
    const token = `${'ghp'}_9aB3kLmN0pQrStUvWxYz2CdEfGhIjK4oP7q8`;
    git('init', '--quiet');
    write('.gitignore', '.home\n.claude-config\n.env\n');
    write('.env', 'SECRET=of the reviewer\n');
    write('server.js', 'import { exec } from "node:child_process";\nexec(request.query.name);\n');
    write('package.json', '{\n  "dependencies": { "minimist": "0.0.1" }\n}\n');
    write('package-lock.json', '{}');
    write('config.js', `export const token = '${token}';\n`);
    git('add', '-A');
    git('commit', '--quiet', '-m', 'leak');
    rmSync(path.join(stage().folder, 'config.js'));
    git('commit', '--quiet', '-am', 'clean');
    const advisory = { minimist: { name: 'minimist', severity: 'critical', via: [{ title: 'Pollution' }] } };
    const environment = withProgram('npm', `echo '${JSON.stringify({ vulnerabilities: advisory })}'; exit 1`);
    const services = await stage().open({ environment });
    const chain = await runChain(services, 'security-audit');
    const shown = await agree(services, chain, 'agree');
    expect(shown).toContain('2 critical, 1 high');
    expect(shown).toContain('| high | A request runs a command | server.js:2 |');
    const run = await succeeded(services, chain);
    const output = outputOf(run, 'report') as never;
    expect(
      findingsIn(output)?.findings.map(({ severity, source, file, line }) => [severity, source, file, line]),
    ).toEqual([
      ['critical', 'secrets', 'config.js', undefined],
      ['critical', 'dependencies', 'package.json', 2],
      ['high', 'review', 'server.js', 2],
    ]);
    const report = read(documentIn(output)?.document ?? '');
    expect(report).toContain('A request runs a command');
    expect(report).not.toContain(token.slice(0, 12));
    for (const acted of ['reviewer-acted', 'reviewer-wrote']) {
      expect(has(acted), acted).toBe(false);
    }
    const [review] = services.log.tasks.list();
    expect(review?.profile.name).toBe('readOnly');
    // What the model was told when it tried to read the file with secrets.
    expect(report).toContain('The file said:');
    expect(report).not.toContain('of the reviewer');
    expect(services.log.approvals.ledger().filter(({ taskId }) => taskId !== undefined)).toEqual([]);
  });

  it('build-agent writes exactly the agent that it has shown, and nothing when it is denied', async () => {
    const services = await stage().open();
    const denied = await runChain(services, 'build-agent', { purpose: 'Reviews migrations.' });
    const gate = await gateOf(services, denied.id, 'approve');
    services.approvals.answer(gate.id, { choice: 'deny' }, services.actor('panel'));
    expect((await chainEnded(services, denied.id)).status.state).toBe('failed');
    expect(has('.claude')).toBe(false);
    const chain = await runChain(services, 'build-agent', { purpose: 'Reviews migrations.' });
    const shown = await agree(services, chain, 'approve');
    await succeeded(services, chain);
    expect(readdirSync(path.join(stage().folder, '.claude', 'agents'))).toEqual(['migration-reviewer.md']);
    const text = read('.claude/agents/migration-reviewer.md');
    for (const line of text.trimEnd().split('\n')) {
      expect(shown).toContain(`+${line}`);
    }
    expect(text).toContain('tools: Read, Grep');
  });

  it('daily-standup puts commits into words and keeps them as a document', async () => {
    git('init', '--quiet');
    git('config', 'user.email', 'ada@example.com');
    git('commit', '--quiet', '--allow-empty', '-m', 'Add the export');
    const services = await stage().open();
    const run = await succeeded(services, await runChain(services, 'daily-standup'));
    expect(read(documentIn(outputOf(run, 'save') as never)?.document ?? '')).toContain('## Done\n- Add the export');
  });

  it('daily-standup works with no git and no gh', async () => {
    const node = path.dirname(process.execPath);
    const services = await stage().open({ environment: { ...stage().environment, PATH: node } });
    const run = await succeeded(services, await runChain(services, 'daily-standup'));
    expect(JSON.stringify(outputOf(run, 'facts'))).toContain('git is not installed');
    expect(read(documentIn(outputOf(run, 'save') as never)?.document ?? '')).toContain('Nothing.');
  });

  it('research-mode gives a document with sources, and can neither read, write nor run', async () => {
    write('README.md', 'a secret of the folder');
    const services = await stage().open();
    const run = await succeeded(services, await runChain(services, 'research-mode', { question: 'What is it?' }));
    const text = read(documentIn(outputOf(run, 'save') as never)?.document ?? '');
    expect(text).toContain('https://example.com/test');
    expect(text).toContain('The file said:');
    expect(text).not.toContain('a secret of the folder');
    expect(has('researcher-wrote')).toBe(false);
    expect(has('researcher-acted')).toBe(false);
    expect(services.log.approvals.ledger()).toEqual([]);
  });

  it('backup-now makes an archive that was compared, and health-status knows its age', async () => {
    write('.claude/agents/a.md', 'an agent');
    const services = await stage().open();
    const run = await succeeded(services, await runChain(services, 'backup-now'));
    const [status] = Object.values(run.steps);
    const output = status?.state === 'succeeded' ? (status.output as { archive: string; files: number }) : undefined;
    expect(existsSync(output?.archive ?? '')).toBe(true);
    expect(output?.files).toBeGreaterThanOrEqual(2);
    const health = await succeeded(services, await runChain(services, 'health-status'));
    const [checked] = Object.values(health.steps);
    const found = checked?.state === 'succeeded' ? checked.output : undefined;
    const text = read(documentIn(found as never)?.document ?? '');
    expect(text).toContain('less than a day old');
    for (const area of [
      'Claude Code',
      'Workspace file',
      'Disk',
      'Owners of tasks',
      'Left-over processes',
      'MCP servers',
    ]) {
      expect(text).toContain(`**${area}**`);
    }
    expect(services.health().map(check => check.id)).toEqual(
      (found as { checks: { id: string }[] }).checks.map(check => check.id),
    );
  });

  it('unfuck-this shows what the last task did, puts it back when it is agreed, and leaves own changes', async () => {
    write('mine.txt', 'mine');
    const services = await stage().open();
    const made = await services.startTask({ prompt: 'make a mess', profile: 'speed', by: services.actor('panel') });
    if (made.kind !== 'started') {
      throw new Error(made.kind);
    }
    await answering(services, made.task);
    expect(has('mess.txt')).toBe(true);
    // What is changed before the snapshot after the task counts as the task's.
    await waitFor('the snapshot after the task', () => services.undo.list()[0]?.to !== undefined);
    write('mine.txt', 'mine, later');
    const chain = await runChain(services, 'unfuck-this');
    expect(await agree(services, chain, 'agree')).toContain('remove       mess.txt');
    const run = await succeeded(services, chain);
    expect(outputOf(run, 'undo')).toMatchObject({ kept: 0, failed: 0 });
    expect(has('mess.txt')).toBe(false);
    expect(read('mine.txt')).toBe('mine, later');
    expect(services.undo.redoable()).toHaveLength(1);
  });

  it('unfuck-this does with conflicts what was said, and shows that first', async () => {
    const services = await stage().open();
    const made = await services.startTask({ prompt: 'make a mess', profile: 'speed', by: services.actor('panel') });
    if (made.kind !== 'started') {
      throw new Error(made.kind);
    }
    await answering(services, made.task);
    await waitFor('the snapshot after the task', () => services.undo.list()[0]?.to !== undefined);
    write('mess.txt', 'mine, later');
    const kept = await runChain(services, 'unfuck-this');
    expect(await agree(services, kept, 'agree')).toContain(
      'conflict     mess.txt: it was changed since; it stays as it is',
    );
    expect(outputOf(await succeeded(services, kept), 'undo')).toMatchObject({ kept: 1, failed: 0 });
    expect(read('mess.txt')).toBe('mine, later');
    const back = await runChain(services, 'unfuck-this', { target: made.task.id, conflicts: 'put-back' });
    expect(await agree(services, back, 'agree')).toContain(
      'conflict     mess.txt: it was changed since; it is replaced by what was before',
    );
    expect(outputOf(await succeeded(services, back), 'undo')).toMatchObject({ kept: 0, failed: 0 });
    expect(has('mess.txt')).toBe(false);
  });
});
