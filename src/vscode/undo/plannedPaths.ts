import type { WorkspacePlan } from '../../app/undo/undoView.ts';
import type { UndoItem, UndoPlan } from '../../core/checkpoints/undoPlan.ts';

/** Something that the undo would do at one path. */
export interface PlannedPath {
  readonly plan: UndoPlan;
  readonly item: UndoItem;
}

/** All that the plan would do or asks about, without what is as it was before already. */
export function plannedPaths({ plans }: WorkspacePlan): readonly PlannedPath[] {
  return plans.flatMap(plan =>
    plan.items.filter(({ action }) => action.kind !== 'unchanged').map(item => ({ plan, item })),
  );
}

/** The plan with only these paths. */
export function onlyThese(plan: WorkspacePlan, chosen: readonly PlannedPath[]): WorkspacePlan {
  const items = new Set(chosen.map(({ item }) => item));
  return {
    ...plan,
    isWhole: plan.isWhole && plannedPaths(plan).every(({ item }) => items.has(item)),
    plans: plan.plans.map(one => ({ ...one, items: one.items.filter(item => items.has(item)) })),
  };
}
