import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startRehearsalServer } from '../../../src/adapters/rehearsal/rehearsalServer.ts';
import { parseScenario } from '../../../src/adapters/rehearsal/scenario.ts';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { commandExamples } from '../../unit/core/catalog/commandExamples.ts';
import { chainEnded, gateOf, outputOf, runChain } from './chainStage.ts';
import { ended, usePanelStage } from './panelStage.ts';

const stage = usePanelStage();

const SCENARIO = `
name: examples
rules:
  - match: { prompt: '/about all commits since (\\S+)\\./' }
    reply: ['Notes since {{capture.1}}.']
  - match: { prompt: Write a report in Markdown }
    reply: ['# Report']
  - match: { prompt: Review the changes since }
    reply: ["One mistake in second.txt."]
  - match: { prompt: writes README files has failed }
    reply: ['Look at packages/two.']
  - match: { prompt: packages/three }
    reply: [[{ error: { status: 400, message: not like this } }]]
  - match: { prompt: Write a README.md }
    reply: ['I wrote it.']
  - match: { utility: true }
    reply: ['{"title":"An example"}']
`;

function git(...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: stage().folder });
}

/** A repository with two commits, the examples as the user's own commands, and a model that plays along. */
async function withExamples(use: (services: PanelServices) => Promise<void>): Promise<void> {
  const { folder } = stage();
  const commands = path.join(folder, '.home', '.claude-panel', 'commands');
  mkdirSync(commands, { recursive: true });
  for (const { file, text } of commandExamples()) {
    writeFileSync(path.join(commands, file), text);
  }
  git('init', '--quiet');
  for (const name of ['first.txt', 'second.txt']) {
    writeFileSync(path.join(folder, name), name);
    git('add', name);
    git('commit', '--quiet', '-m', `Add ${name}`);
  }
  const server = await startRehearsalServer({ scenario: parseScenario(SCENARIO) });
  try {
    await use(await stage().open({ environment: { ...stage().environment, ...server.environment } }));
  } finally {
    await server.dispose();
  }
}

function packages(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(path.join(stage().folder, 'packages', name), { recursive: true });
  }
}

describe('the examples of docs/commands.md with the real Claude Code', { timeout: 90_000 }, () => {
  it('release-notes', () =>
    withExamples(async services => {
      const outcome = await services.runCommand({
        command: 'release-notes',
        inputs: { audience: 'developers' },
        inputsFrom: 'person',
        by: services.actor('panel'),
      });
      const task = await ended(services, outcome.kind === 'task' ? outcome.task.id : '');
      expect(task.status).toMatchObject({ state: 'succeeded', result: 'Notes since HEAD~1.' });
      expect(task.limits).toMatchObject({ usd: 1, minutes: 10 });
      expect(task.prompt).toContain('release notes for developers');
    }));

  it('review-changes', () =>
    withExamples(async services => {
      const { id } = await runChain(services, 'review-changes');
      const gate = await gateOf(services, id, 'agree');
      expect(gate.subject).toMatchObject({ message: 'Write this into a report?', shown: 'One mistake in second.txt.' });
      services.approvals.answer(gate.id, { choice: 'approveGate' }, services.actor('panel'));
      const run = await chainEnded(services, id);
      expect(run.status).toMatchObject({ state: 'succeeded' });
      expect(outputOf(run, 'files')).toBe('second.txt');
      expect(outputOf(run, 'report')).toBe('# Report');
    }));

  it('missing-readmes', () =>
    withExamples(async services => {
      packages('one', 'two');
      writeFileSync(path.join(stage().folder, 'packages', 'one', 'README.md'), '');
      const run = await chainEnded(services, (await runChain(services, 'missing-readmes')).id);
      expect(run.status).toMatchObject({ state: 'succeeded' });
      expect(outputOf(run, 'write')).toEqual(['I wrote it.']);
      expect(run.steps['explain']).toMatchObject({ state: 'skipped' });
    }));

  it('missing-readmes, when one cannot be written', () =>
    withExamples(async services => {
      packages('two', 'three');
      const run = await chainEnded(services, (await runChain(services, 'missing-readmes')).id);
      expect(run.status).toMatchObject({ state: 'succeeded' });
      expect(run.steps['write']).toMatchObject({ state: 'failed' });
      expect(outputOf(run, 'explain')).toBe('Look at packages/two.');
      expect(existsSync(path.join(stage().folder, 'packages', 'three', 'README.md'))).toBe(false);
    }));
});
