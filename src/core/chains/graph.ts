import type { CatalogCommand, GraphStep } from '../catalog/command.ts';
import type { ChainRun } from './chainRun.ts';

export function stepsOf(command: CatalogCommand): readonly GraphStep[] {
  return command.body.kind === 'steps' ? command.body.steps : [];
}

export function stepOf(run: Pick<ChainRun, 'command'>, id: string): GraphStep | undefined {
  return stepsOf(run.command).find(step => step.id === id);
}

/** The step that runs only when this one has failed. */
export function recoveryOf(step: GraphStep): string | undefined {
  return typeof step.onFailure === 'object' ? step.onFailure.step : undefined;
}

/** Whether the chain fails when this step fails for good. */
export function isFatal(step: GraphStep): boolean {
  return step.onFailure === undefined || step.onFailure === 'stop';
}

/** Those whose failure this step is for. Empty for a step that is not a recovery. */
export function guardedBy(steps: readonly GraphStep[], id: string): readonly GraphStep[] {
  return steps.filter(step => recoveryOf(step) === id);
}

/** The step, and all that come after it: those that need it, its recovery, and theirs. */
export function withFollowers(steps: readonly GraphStep[], id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (const current of found) {
    for (const step of steps) {
      const follows = step.needs.includes(current) || guardedBy(steps, step.id).some(other => other.id === current);
      if (follows) {
        found.add(step.id);
      }
    }
  }
  return found;
}
