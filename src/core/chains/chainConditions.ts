import type { CatalogCommand } from '../catalog/command.ts';
import { scopeOf } from './chainScope.ts';
import { stepsOf } from './graph.ts';
import type { Conditions } from './schedule.ts';

/**
 * How the expressions of a command's steps are read. What reads them is loaded only for a command that has one; when it
 * cannot be loaded, every expression fails with the reason. Never rejects.
 */
export async function conditionsOf(command: CatalogCommand): Promise<Conditions> {
  if (stepsOf(command).every(({ when, foreach }) => when === undefined && foreach === undefined)) {
    return { when: () => true, items: () => [] };
  }
  try {
    const { evaluateCondition, evaluateItems } = await import('../catalog/expression.ts');
    return {
      when: (run, step) => step.when === undefined || evaluateCondition(step.when, scopeOf(run, step)),
      items: (run, step) => (step.foreach === undefined ? [] : evaluateItems(step.foreach, scopeOf(run, step))),
    };
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    return { when: fail, items: fail };
  }
}
