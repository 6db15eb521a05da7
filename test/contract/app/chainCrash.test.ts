import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { chainMarker } from '../../../src/app/chains/stepProcesses.ts';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { type ChainRun, hasEnded, isChainOver } from '../../../src/core/chains/chainRun.ts';
import { taskMarker } from '../../../src/core/claude/claudeLaunch.ts';
import { systemProcesses } from '../../../src/core/process/processTree.ts';
import { findClaude } from '../rehearsal/claudeProgram.ts';
import { chainEnded, gateOf, outputOf, runChain, untilChain, writeCommand } from './chainStage.ts';
import { usePanelStage } from './panelStage.ts';

const stage = usePanelStage();
const PROGRAM = fileURLToPath(new URL('./programs/chainOwner.ts', import.meta.url));
const JSON_MODULES = new URL('./programs/jsonModules.ts', import.meta.url).href;
const owners: ChildProcess[] = [];

afterEach(async () => {
  for (const owner of owners.splice(0)) {
    if (owner.exitCode === null && owner.signalCode === null) {
      owner.kill('SIGKILL');
      await once(owner, 'exit');
    }
  }
});

async function startOwner(): Promise<ChildProcess> {
  const { folder, environment } = stage();
  const owner = spawn(
    process.execPath,
    ['--no-warnings', '--import', JSON_MODULES, PROGRAM, folder, findClaude() ?? ''],
    {
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  owners.push(owner);
  await Promise.race([
    once(owner.stdout ?? owner, 'data'),
    once(owner, 'exit').then(([code]) => Promise.reject(new Error(`The owner ended with ${code}.`))),
  ]);
  return owner;
}

async function killNow(owner: ChildProcess): Promise<void> {
  owner.kill('SIGKILL');
  await once(owner, 'exit');
}

/** Writes down each attempt, and fails as often as it is told. What it prints follows from its arguments alone. */
const WORK = `#!/bin/sh
runs=$1 id=$2 failures=$3
shift 3
echo run >> "$runs/$id"
sleep 0.15
if [ "$(wc -l < "$runs/$id")" -le "$failures" ]; then exit 1; fi
printf '%s:%s' "$id" "$(printf '%s|' "$@" | cksum)"
`;

const STEPS = 50;

/** Fifty steps, each after one or two earlier ones: failures, retries, conditions, a list, a gate and a recovery. */
function graphOfFifty(): string {
  const lines: string[] = ['inputs:', '  - { name: runs, type: folder }', 'steps:'];
  for (let number = 1; number <= STEPS; number++) {
    const id = `s${number}`;
    const needs = [...new Set([number - 1 - (number % 4), number - 2 - (number % 7)])].filter(
      other => other > 0 && other !== 41,
    );
    const words = needs.map(other => `'\${{ steps.s${other}.output }}'`);
    const isLost = number % 11 === 5 || number === 40;
    const failures = isLost ? 99 : number % 7 === 3 ? 2 : 0;
    const more = [
      ...(number % 13 === 6 ? ['when: 1 > 2'] : []),
      ...(number % 7 === 3 ? ['retry: { attempts: 8, delay: 20ms }'] : []),
      ...(number === 40 ? ['onFailure: { step: s41 }'] : isLost ? ['onFailure: continue'] : []),
      ...(number === 30 ? ['foreach: [a, b, c, d, e, f]'] : []),
    ];
    const item = number === 30 ? ["'${{ item }}'"] : [];
    const place = number === 30 ? "'s30-${{ item }}'" : id;
    lines.push(
      `  - id: ${id}`,
      ...(number === 41 ? ['    needs: [s40]'] : [`    needs: [${needs.map(other => `s${other}`).join(', ')}]`]),
      ...(number === 25
        ? ['    approve: Go on?']
        : [
            `    run: [./work.sh, '\${{ inputs.runs }}', ${place}, '${failures}', ${[...words, ...item, 'end'].join(', ')}]`,
          ]),
      ...more.map(line => `    ${line}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function endedSteps(run: ChainRun): readonly string[] {
  return Object.entries(run.steps).flatMap(([id, status]) => (hasEnded(status) ? [id] : []));
}

/** A program runs now; a gate alone does not count. */
function isWorking({ steps }: ChainRun): boolean {
  return Object.entries(steps).some(([id, { state }]) => state === 'running' && id !== 's25');
}

function attempts(runs: string, id: string): number {
  const file = path.join(runs, id);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

/** How every step ended, without times and ids. */
function outcomes(run: ChainRun): unknown {
  return Object.fromEntries(
    Object.entries(run.steps).map(([id, status]) => {
      switch (status.state) {
        case 'succeeded':
          return [id, id === 's25' ? 'approved' : status.output];
        case 'failed':
          return [id, status.failure.message];
        default:
          return [id, status.state];
      }
    }),
  );
}

async function begin(services: PanelServices, runs: string): Promise<string> {
  mkdirSync(path.join(stage().folder, runs));
  const { id } = await runChain(services, 'fifty', { runs });
  void gateOf(services, id, 's25').then(({ id: gate }) =>
    services.approvals.answer(gate, { choice: 'approveGate' }, services.actor('panel')),
  );
  return id;
}

describe('a chain whose owner is killed', { timeout: 240_000 }, () => {
  it('ends as one that nothing happened to, and runs no step again that had ended', async () => {
    writeFileSync(path.join(stage().folder, 'work.sh'), WORK, { mode: 0o755 });
    writeCommand(stage(), 'fifty', graphOfFifty());
    const viewer = await stage().open({ takesQueued: () => false });
    const first = await startOwner();
    const calm = await chainEnded(viewer, await begin(viewer, 'calm'));
    first.stdin?.end();
    await once(first, 'exit');
    expect(calm.status).toMatchObject({ state: 'succeeded' });
    expect(endedSteps(calm)).toHaveLength(STEPS);

    let owner = await startOwner();
    const id = await begin(viewer, 'killed');
    const runs = path.join(stage().folder, 'killed');
    for (const threshold of [6, 18, 34]) {
      await untilChain(
        viewer,
        id,
        run => isChainOver(run.status) || (endedSteps(run).length >= threshold && isWorking(run)),
      );
      await killNow(owner);
      const atKill = viewer.chains.get(id);
      expect(isChainOver(atKill.status)).toBe(false);
      const before = new Map(readdirSync(runs).map(step => [step, attempts(runs, step)]));
      owner = await startOwner();
      await untilChain(viewer, id, run => endedSteps(run).length > endedSteps(atKill).length);
      for (const step of endedSteps(atKill)) {
        expect(attempts(runs, step), step).toBe(before.get(step) ?? 0);
      }
    }
    const killed = await chainEnded(viewer, id);
    expect(killed.status).toMatchObject({ state: 'succeeded' });
    expect(outcomes(killed)).toEqual(outcomes(calm));
    await expect
      .poll(async () => (await systemProcesses().findByMarker(chainMarker(id))).length, { timeout: 10_000 })
      .toBe(0);
  });

  it('waits again for the same task and the same question', async () => {
    const script = ['Do it.', '```rehearse', '- - delay: 4000', '  - text: I took my time.', '```'];
    writeCommand(
      stage(),
      'thoughtful',
      `profile: speed
steps:
  - parallel:
      - id: think
        prompt: |
${script.map(line => `          ${line}`).join('\n')}
      - { id: gate, approve: Sure? }
  - { id: after, run: [echo, '\${{ steps.think.output }}'] }
`,
    );
    const viewer = await stage().open({ takesQueued: () => false });
    const owner = await startOwner();
    const { id } = await runChain(viewer, 'thoughtful');
    const gate = await gateOf(viewer, id, 'gate');
    const begun = await untilChain(viewer, id, run => {
      const { think } = run.steps;
      const task =
        think?.state === 'running' && think.taskId !== undefined ? viewer.log.tasks.get(think.taskId) : undefined;
      return task?.status.state === 'running' && task.sessionStarted;
    });
    await killNow(owner);
    await startOwner();
    viewer.approvals.answer(gate.id, { choice: 'approveGate' }, viewer.actor('panel'));
    const run = await chainEnded(viewer, id);
    expect(run.status).toMatchObject({ state: 'succeeded' });
    expect(outputOf(run, 'after')).toBe('I took my time.');
    const [before, now] = [begun.steps['think'], run.steps['think']];
    expect(now?.state === 'succeeded' ? now.taskIds : []).toEqual(
      before?.state === 'running' ? [before.taskId] : undefined,
    );
    expect(viewer.log.tasks.list()).toHaveLength(1);
    const [taskId = ''] = now?.state === 'succeeded' ? now.taskIds : [];
    await expect
      .poll(async () => (await systemProcesses().findByMarker(taskMarker(taskId))).length, { timeout: 10_000 })
      .toBe(0);
    expect(viewer.log.approvals.get(gate.id)?.status.state).toBe('answered');
  });
});
