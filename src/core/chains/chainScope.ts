import type { StepValue, ValueScope } from '../catalog/valueScope.ts';
import type { ChainRun, StepStatus } from './chainRun.ts';

/** What the references of a step can see: only steps that have ended. Pure. */
export function scopeOf(run: ChainRun, step: { readonly id: string }, item?: number): ValueScope {
  const status = run.steps[step.id];
  const items = status === undefined || status.state === 'skipped' ? undefined : status.items;
  const value = item === undefined ? undefined : items?.[item]?.value;
  const steps = Object.entries(run.steps).flatMap(([id, known]): readonly [string, StepValue][] => {
    const given = stepValue(known);
    return given === undefined ? [] : [[id, given]];
  });
  return {
    inputs: run.inputs,
    inputsFrom: run.inputsFrom,
    steps: Object.fromEntries(steps),
    ...(value === undefined ? {} : { item: value }),
    workspace: { folder: run.cwd },
  };
}

function stepValue(status: StepStatus): StepValue | undefined {
  switch (status.state) {
    case 'succeeded':
      return { state: 'succeeded', output: status.output };
    case 'failed':
      return { state: 'failed', output: null, failure: status.failure.message };
    case 'skipped':
      return { state: 'skipped', output: null };
    default:
      return undefined;
  }
}
