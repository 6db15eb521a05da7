import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { chainMarker } from '../../../src/app/chains/stepProcesses.ts';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { conditionsOf } from '../../../src/core/chains/chainConditions.ts';
import { type ChainRun, hasEnded, isChainOver, type StepStatus } from '../../../src/core/chains/chainRun.ts';
import { nextActions } from '../../../src/core/chains/schedule.ts';
import { taskMarker } from '../../../src/core/claude/claudeLaunch.ts';
import { systemProcesses } from '../../../src/core/process/processTree.ts';
import { waitFor } from '../../harness/waitFor.ts';
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

/**
 * Writes down when it begins and fails, and fails as often as it is told. What it prints follows from its arguments
 * alone. It goes no further than its first lines as long as there is a file `RUNS.hold`.
 */
const WORK = `#!/bin/sh
runs=$1 id=$2 failures=$3
shift 3
echo begun >> "$runs/$id"
if [ -e "$runs.hold" ]; then echo held >> "$runs/$id"; fi
while [ -e "$runs.hold" ]; do sleep 0.1; done
sleep 0.1
if [ "$(grep -c failed "$runs/$id")" -lt "$failures" ]; then echo failed >> "$runs/$id"; exit 1; fi
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

/** The name of a file of work.sh, with what has become of its step or item. A gate has none. */
function worksOf(run: ChainRun): readonly (readonly [string, StepStatus])[] {
  const { s25: _gate, s30: list, ...steps } = run.steps;
  const items = list !== undefined && 'items' in list ? (list.items ?? []) : [];
  return [
    ...Object.entries(steps),
    ...items.map(({ value, status }): readonly [string, StepStatus] => [`s30-${String(value)}`, status]),
  ];
}

function runningWorks(run: ChainRun): readonly string[] {
  return worksOf(run).flatMap(([name, { state }]) => (state === 'running' ? [name] : []));
}

/** How often each step and item was begun, by what the programs themselves wrote down. */
function begunIn(runs: string): ReadonlyMap<string, number> {
  const count = (name: string): number => readFileSync(path.join(runs, name), 'utf8').split('begun\n').length - 1;
  return new Map(readdirSync(runs).map(name => [name, count(name)]));
}

/** And by what the log says. */
function begunByLog({ log }: PanelServices, run: ChainRun): ReadonlyMap<string, number> {
  const begun = new Map<string, number>();
  for (const { type, data } of log.events({ after: 0, limit: 10_000, subject: run.id })) {
    if (type === 'claude-panel.chain.stepStarted') {
      const { stepId, item } = data as { readonly stepId: string; readonly item?: number };
      const name = item === undefined ? stepId : `${stepId}-${'abcdef'[item]}`;
      begun.set(name, (begun.get(name) ?? 0) + 1);
    }
  }
  begun.delete('s25');
  return begun;
}

/** Everything that can run is held by its first line: the chain does nothing until a program goes on. */
async function untilHeld(services: PanelServices, id: string, runs: string): Promise<ChainRun> {
  const conditions = await conditionsOf(services.chains.get(id).command);
  const isHeld = (run: ChainRun): boolean =>
    // The gate is answered as soon as it is asked: then more can run.
    run.steps['s25']?.state !== 'running' &&
    runningWorks(run).length > 0 &&
    runningWorks(run).every(name => readFileSync(path.join(runs, name), 'utf8').endsWith('begun\nheld\n')) &&
    worksOf(run).every(([, { state }]) => state !== 'retrying') &&
    nextActions(run, { now: Date.now(), conditions, live: { costUsd: 0, turns: 0 } }).length === 0 &&
    isDeepStrictEqual(begunIn(runs), begunByLog(services, run));
  await waitFor('everything to be held', () => isHeld(services.chains.get(id)), 60_000);
  return services.chains.get(id);
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
  it('begins what was running exactly once more, nothing that had ended, and ends as one that nothing happened to', async () => {
    const { folder } = stage();
    writeFileSync(path.join(folder, 'work.sh'), WORK, { mode: 0o755 });
    writeCommand(stage(), 'fifty', graphOfFifty());
    const viewer = await stage().open({ takesQueued: () => false });
    const first = await startOwner();
    const calm = await chainEnded(viewer, await begin(viewer, 'calm'));
    first.stdin?.end();
    await once(first, 'exit');
    expect(calm.status).toMatchObject({ state: 'succeeded' });
    expect(endedSteps(calm)).toHaveLength(STEPS);
    const calmlyBegun = begunIn(path.join(folder, 'calm'));
    expect(begunByLog(viewer, calm)).toEqual(calmlyBegun);

    let owner = await startOwner();
    const id = await begin(viewer, 'killed');
    const runs = path.join(folder, 'killed');
    const expected = new Map(calmlyBegun);
    for (const threshold of [6, 18, 34]) {
      await untilChain(viewer, id, run => isChainOver(run.status) || endedSteps(run).length >= threshold);
      writeFileSync(`${runs}.hold`, '');
      await untilHeld(viewer, id, runs);
      await killNow(owner);
      const atKill = viewer.chains.get(id);
      const before = begunIn(runs);
      const cutOff = runningWorks(atKill);
      for (const name of cutOff) {
        expected.set(name, (expected.get(name) ?? 0) + 1);
      }
      owner = await startOwner();
      // Whoever takes over ends what is left first: the programs that are held now are its own.
      const again = new Map([...before].map(([name, count]) => [name, count + (cutOff.includes(name) ? 1 : 0)]));
      await waitFor('all that was cut off to be held again', () => isDeepStrictEqual(begunIn(runs), again), 60_000);
      rmSync(`${runs}.hold`);
    }
    const killed = await chainEnded(viewer, id);
    expect(killed.status).toMatchObject({ state: 'succeeded' });
    expect(outcomes(killed)).toEqual(outcomes(calm));
    expect(begunIn(runs)).toEqual(expected);
    expect(begunByLog(viewer, killed)).toEqual(expected);
    await expect
      .poll(async () => (await systemProcesses().findByMarker(chainMarker(id))).length, { timeout: 10_000 })
      .toBe(0);
  });

  it('runs nothing again that had ended when it dies at any moment', async () => {
    const { folder } = stage();
    writeFileSync(path.join(folder, 'work.sh'), WORK, { mode: 0o755 });
    writeCommand(stage(), 'fifty', graphOfFifty());
    const viewer = await stage().open({ takesQueued: () => false });
    let owner = await startOwner();
    const id = await begin(viewer, 'killed');
    const runs = path.join(folder, 'killed');
    const ended = new Map<string, number>();
    for (const threshold of [9, 21, 33]) {
      await untilChain(viewer, id, run => isChainOver(run.status) || endedSteps(run).length >= threshold);
      await killNow(owner);
      const atKill = viewer.chains.get(id);
      const begun = begunIn(runs);
      for (const [name, status] of worksOf(atKill)) {
        if (hasEnded(status)) {
          ended.set(name, begun.get(name) ?? 0);
        }
      }
      owner = await startOwner();
    }
    const killed = await chainEnded(viewer, id);
    expect(killed.status).toMatchObject({ state: 'succeeded' });
    const begun = begunIn(runs);
    expect(ended.size).toBeGreaterThanOrEqual(33);
    expect(new Map([...ended.keys()].map(name => [name, begun.get(name) ?? 0]))).toEqual(ended);
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
