import type { CatalogCommand, GraphStep } from '../../../../src/core/catalog/command.ts';
import type { ChainFact, CreatedChain } from '../../../../src/core/chains/chainFact.ts';
import { reduceChain } from '../../../../src/core/chains/chainReducer.ts';
import type { ChainOwner, ChainRun } from '../../../../src/core/chains/chainRun.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';

export const ada: Actor = { surface: 'panel', name: 'ada', hostId: 'host-1' };
export const owner: ChainOwner = { hostId: 'host-1', pid: 4321, processStarted: '77', surface: 'VS Code window' };

export function commandOf(steps: readonly GraphStep[], given: Partial<CatalogCommand> = {}): CatalogCommand {
  return {
    name: 'sample',
    namespace: 'user',
    fullName: 'user:sample',
    title: 'Sample',
    description: 'A sample.',
    inputs: [],
    limits: {},
    requiresSnapshot: false,
    body: { kind: 'steps', steps },
    file: '/home/ada/sample.yaml',
    fingerprint: 'f',
    ...given,
  };
}

export function runStep(id: string, needs: readonly string[] = [], given: Partial<GraphStep> = {}): GraphStep {
  return { id, needs, run: ['true'], ...given } as GraphStep;
}

export function createdChain(
  steps: readonly GraphStep[],
  given: Partial<CreatedChain> = {},
): Extract<ChainFact, { type: 'claude-panel.chain.created' }> {
  return {
    type: 'claude-panel.chain.created',
    data: {
      command: commandOf(steps),
      inputs: {},
      inputsFrom: 'person',
      cwd: '/work/app',
      by: ada,
      limits: {},
      unattended: 'ask',
      ...given,
    },
  };
}

export const leased: ChainFact = { type: 'claude-panel.chain.leased', data: { owner } };

export function stepStarted(stepId: string, attempt = 1, item?: number): ChainFact {
  return { type: 'claude-panel.chain.stepStarted', data: { stepId, attempt, ...(item === undefined ? {} : { item }) } };
}

export function stepSucceeded(stepId: string, output: string | null = null, costUsd = 0): ChainFact {
  return { type: 'claude-panel.chain.stepSucceeded', data: { stepId, output, costUsd, turns: 0 } };
}

export const failure = { family: 'test', reason: 'broken', message: 'It broke.' };

export function stepFailed(stepId: string, costUsd = 0): ChainFact {
  return { type: 'claude-panel.chain.stepFailed', data: { stepId, failure, costUsd, turns: 0 } };
}

/** A chain that an owner works on, after these facts. Each fact is a second later than the one before. */
export function chainAfter(
  steps: readonly GraphStep[],
  facts: readonly ChainFact[] = [],
  given: Partial<CreatedChain> = {},
): ChainRun {
  const run = [createdChain(steps, given), leased, ...facts].reduce<ChainRun | undefined>(
    (known, fact, index) => reduceChain(known, 'chain-1', fact, index * 1000),
    undefined,
  );
  if (run === undefined) {
    throw new Error('There is no chain.');
  }
  return run;
}
