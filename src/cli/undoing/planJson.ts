import type { WorkspacePlan, WorkspaceResult } from '../../app/undo/undoView.ts';
import type { JsonValue } from '../../base/json.ts';

/** The same for other programs. Part of the contract in `docs/cli.md`. */
export function planJson({ kind, target, title, taskIds, undoId, plans, running, shared, notes }: WorkspacePlan) {
  return {
    kind,
    target: { ...target },
    title,
    task_ids: [...taskIds],
    ...(undoId === undefined ? {} : { undo_id: undoId }),
    folders: plans.map(plan => ({
      root: plan.root,
      items: plan.items.map(({ path, action }) => ({
        path,
        action: action.kind,
        ...(action.kind === 'conflict' ? { reason: action.reason, choices: [...action.choices] } : {}),
      })),
      folders_to_remove: [...plan.foldersToRemove],
      folders_to_make: [...plan.foldersToMake],
      not_covered: plan.notCovered.map(({ path, reason }) => ({ path, reason })),
    })),
    running: running.map(({ id, title: name, paths }) => ({ id, title: name, paths: [...paths] })),
    shared: shared.map(({ id, title: name, paths }) => ({ id, title: name, paths: [...paths] })),
    notes: [...notes],
  } satisfies JsonValue;
}

export function resultJson(plan: WorkspacePlan, { undoId, results }: WorkspaceResult) {
  return {
    ...planJson(plan),
    undo_id: undoId,
    results: results.map(({ root, done, kept, failed }) => ({
      root,
      done: done.map(({ path, did, savedAs }) => ({
        path,
        did,
        ...(savedAs === undefined ? {} : { saved_as: savedAs }),
      })),
      kept: kept.map(({ path, reason }) => ({ path, reason })),
      failed: failed.map(({ path, failure }) => ({ path, failure: { ...failure } })),
    })),
  };
}
