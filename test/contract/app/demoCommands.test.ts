import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentIn } from '../../../src/app/actions/panelDocument.ts';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { findingsIn } from '../../../src/core/audit/finding.ts';
import { chainEnded, gateOf, outputOf, runChain } from './chainStage.ts';
import { usePanelStage } from './panelStage.ts';

const stage = usePanelStage();

function read(file: string): string {
  return readFileSync(path.join(stage().folder, file), 'utf8');
}

function documentOf(output: Parameters<typeof documentIn>[0]): string {
  return read(documentIn(output)?.document ?? '');
}

async function sayYes(services: PanelServices, chainId: string, step: string): Promise<string> {
  const gate = await gateOf(services, chainId, step);
  services.approvals.answer(gate.id, { choice: 'approveGate' }, services.actor('panel'));
  return gate.subject.kind === 'gate' ? (gate.subject.shown ?? '') : '';
}

describe('the built-in commands against the demo, without an account', { timeout: 120_000 }, () => {
  it('let the security audit come to an end, with what the demo has prepared', async () => {
    mkdirSync(path.join(stage().folder, 'src'));
    writeFileSync(path.join(stage().folder, 'src', 'server.js'), '// line\n'.repeat(40));
    const services = await stage().open();
    const chain = await runChain(services, 'security-audit');
    expect(await sayYes(services, chain.id, 'agree')).toContain('| medium | The body of a request has no limit |');
    const run = await chainEnded(services, chain.id);
    expect(run.status).toMatchObject({ state: 'succeeded' });
    const findings = findingsIn(outputOf(run, 'report') as never)?.findings;
    expect(findings).toMatchObject([{ severity: 'medium', file: 'src/server.js', line: 29 }]);
  });

  it('draft an agent that passes the check', async () => {
    const services = await stage().open();
    const chain = await runChain(services, 'build-agent', { purpose: 'Reviews endpoints.' });
    await sayYes(services, chain.id, 'approve');
    expect((await chainEnded(services, chain.id)).status).toMatchObject({ state: 'succeeded' });
    expect(read('.claude/agents/endpoint-reviewer.md')).toContain('You review changes to HTTP endpoints');
  });

  it('write a standup of what was done, and of nothing when that was nothing', async () => {
    const services = await stage().open();
    const standup = async (): Promise<string> => {
      const run = await chainEnded(services, (await runChain(services, 'daily-standup', { author: 'everyone' })).id);
      return documentOf(outputOf(run, 'save') as never);
    };
    expect(await standup()).toMatch(/^## Done\nNothing\.\n\n## In flight\n[\s\S]+## Blocked\n/);
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: stage().folder });
    git('init', '--quiet');
    git(
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.com',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'Add a limit',
    );
    expect(await standup()).toMatch(/^## Done\n- Add a limit \([0-9a-f]+, Ada\)[^\n]*\n\n## In flight\n/);
  });

  it('write an answer that says that nothing was looked up', async () => {
    const services = await stage().open();
    const research = await runChain(services, 'research-mode', { question: 'What is new in SQLite?' });
    const answer = await chainEnded(services, research.id);
    expect(documentOf(outputOf(answer, 'save') as never)).toContain('nothing was looked up');
  });
});
