import type { JsonValue } from '../../base/json.ts';
import { toFailure } from '../../base/panelError.ts';
import { interpolateValue } from '../../core/catalog/interpolation.ts';
import type { ValueScope } from '../../core/catalog/valueScope.ts';
import { kept } from '../../core/chains/stepOutput.ts';
import type { StepExecutor, StepOutcome, StepWork } from '../../core/chains/stepWork.ts';
import { ActionError } from '../actions/actionError.ts';
import type { ActionRegistry } from '../actions/actionRegistry.ts';

interface Parts {
  readonly actions: ActionRegistry;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface ActionOrder {
  readonly action: string;
  readonly with: Readonly<Record<string, string | number | boolean>>;
}

const NOTHING = { costUsd: 0, turns: 0 };

/** Something that the panel itself does. */
export class ActionExecutor implements StepExecutor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  execute(work: StepWork): Promise<StepOutcome> {
    const { step, scope } = work;
    if (!('action' in step)) {
      throw new Error(`Step ${step.id} has no action.`);
    }
    return this.perform({ action: step.action, with: step.with ?? {} }, scope, work);
  }

  async perform(order: ActionOrder, scope: ValueScope, work: StepWork): Promise<StepOutcome> {
    const { actions, environment } = this.#parts;
    const signal = AbortSignal.any([work.signal, work.closing]);
    try {
      const output = await actions.get(order.action).run(filledIn(order.with, scope), {
        folder: work.run.cwd,
        environment,
        by: work.run.by,
        signal,
        report: text => work.report(text),
        step: { chainId: work.run.id, stepId: work.step.id },
      });
      return { kind: 'succeeded', output: kept(output), ...NOTHING };
    } catch (error) {
      return signal.aborted
        ? { kind: 'stopped', ...NOTHING }
        : { kind: 'failed', failure: toFailure(error), isFinal: error instanceof ActionError, ...NOTHING };
    }
  }
}

export function filledIn(
  values: Readonly<Record<string, string | number | boolean>>,
  scope: ValueScope,
): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, interpolateValue(value, scope)]));
}
