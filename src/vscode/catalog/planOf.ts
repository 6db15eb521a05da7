import { stepsOfBody } from '../../app/commandPlan.ts';
import type { NewId } from '../../base/ids.ts';
import { reduceChain } from '../../core/chains/chainReducer.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import type { Actor } from '../../core/events/actor.ts';
import type { ReadyCommand } from './commandFlow.ts';

/** A run as it would be: nothing of it has started, and nothing of it is in the log. */
export function planOf(
  { command, inputs, inputsFrom, cwd }: ReadyCommand,
  about: { readonly newId: NewId; readonly by: Actor; readonly now: number },
): ChainRun {
  const id = `plan-${about.newId()}`;
  const planned = { ...command, body: { kind: 'steps' as const, steps: stepsOfBody(command) } };
  const data = {
    command: planned,
    inputs,
    inputsFrom,
    cwd,
    by: about.by,
    limits: command.limits,
    unattended: 'ask' as const,
  };
  const run = reduceChain(undefined, id, { type: 'claude-panel.chain.created', data }, about.now);
  if (run === undefined) {
    throw new Error('A chain that was created is not there.');
  }
  return run;
}
