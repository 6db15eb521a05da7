import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import type { RunCommand } from '../../../src/app/runCommand.ts';
import { nextEvent } from '../../../src/base/event.ts';
import type { Approval } from '../../../src/core/approvals/approval.ts';
import { type ChainRun, isChainOver } from '../../../src/core/chains/chainRun.ts';
import type { PanelStage } from './panelStage.ts';

/** Saves a command of the user. */
export function writeCommand(stage: PanelStage, name: string, body: string): void {
  const folder = path.join(stage.folder, '.home', '.claude-panel', 'commands');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${name}.yaml`), `name: ${name}\ntitle: ${name}\ndescription: A test.\n${body}`);
}

export async function runChain(
  services: PanelServices,
  command: string,
  inputs: RunCommand['inputs'] = {},
  more: Partial<RunCommand> = {},
): Promise<ChainRun> {
  const outcome = await services.runCommand({
    command,
    inputs,
    inputsFrom: 'person',
    by: services.actor('panel'),
    ...more,
  });
  if (outcome.kind !== 'chain') {
    throw new Error(`It is a ${outcome.kind}.`);
  }
  return outcome.chain;
}

export async function untilChain(
  services: PanelServices,
  id: string,
  test: (run: ChainRun) => boolean,
): Promise<ChainRun> {
  for (;;) {
    const run = services.chains.get(id);
    if (test(run)) {
      return run;
    }
    // Of any kind: the test may look at the tasks of its steps, too.
    await nextEvent(services.log.onDidCommit, ({ events }) => events.length > 0);
  }
}

export function chainEnded(services: PanelServices, id: string): Promise<ChainRun> {
  return untilChain(services, id, run => isChainOver(run.status));
}

/** The open question of a step, as soon as there is one. */
export async function gateOf(services: PanelServices, id: string, stepId: string): Promise<Approval> {
  const find = (): Approval | undefined =>
    services.log.approvals
      .pending()
      .find(({ subject }) => subject.kind === 'gate' && subject.chainId === id && subject.stepId === stepId);
  for (;;) {
    const found = find();
    if (found !== undefined) {
      return found;
    }
    await nextEvent(services.log.onDidCommit, ({ approvals }) => approvals.length > 0);
  }
}

export function outputOf(run: ChainRun, stepId: string): unknown {
  const status = run.steps[stepId];
  return status?.state === 'succeeded' ? status.output : status;
}
