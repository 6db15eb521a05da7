import * as vscode from 'vscode';
import type { WorkspacePlan, WorkspaceResult } from '../../app/undo/undoView.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { UndoItem } from '../../core/checkpoints/undoPlan.ts';
import { REASONS } from '../review/conflictChoice.ts';

/** What happens at a path, in words. */
export function actionWords({ action, after }: UndoItem): string {
  switch (action.kind) {
    case 'restore':
      return after.kind === 'absent' ? vscode.l10n.t('comes back') : vscode.l10n.t('is put back');
    case 'remove':
      return vscode.l10n.t('is removed: it was not there before');
    case 'conflict':
      return vscode.l10n.t('conflict: {0}', REASONS[action.reason]());
    case 'unchanged':
      return vscode.l10n.t('is as it was before already');
  }
}

/** What a person should know before: what runs, what others did, what no snapshot covers. */
export function warningsOf(plan: WorkspacePlan): readonly string[] {
  const uncovered = plan.plans.reduce((sum, { notCovered }) => sum + notCovered.length, 0);
  return [
    ...plan.running.map(({ title, paths }) =>
      paths.length > 0
        ? vscode.l10n.t('"{0}" runs at this moment and touches {1} of these files.', visibleText(title), paths.length)
        : vscode.l10n.t('"{0}" runs at this moment in one of the folders.', visibleText(title)),
    ),
    ...plan.shared.map(({ title, paths }) =>
      vscode.l10n.t(
        '"{0}" worked at the same time and may have changed {1} of these files.',
        visibleText(title),
        paths.length,
      ),
    ),
    ...plan.notes.map(visibleText),
    ...(uncovered > 0
      ? [vscode.l10n.t('{0} files or folders are in no snapshot and stay as they are.', uncovered)]
      : []),
    vscode.l10n.t('What went over the network, and files outside of the workspace, cannot be undone.'),
  ];
}

/** What was done, in one sentence. */
export function resultWords(kind: WorkspacePlan['kind'], { results }: WorkspaceResult): string {
  const done = results.flatMap(result => result.done);
  const count = (did: 'restored' | 'removed' | 'savedBeside'): number => done.filter(one => one.did === did).length;
  const kept = results.reduce((sum, result) => sum + result.kept.length, 0);
  const failed = results.reduce((sum, result) => sum + result.failed.length, 0);
  const parts = [
    ...(count('restored') > 0 ? [vscode.l10n.t('{0} put back', count('restored'))] : []),
    ...(count('removed') > 0 ? [vscode.l10n.t('{0} removed', count('removed'))] : []),
    ...(count('savedBeside') > 0 ? [vscode.l10n.t('{0} saved beside', count('savedBeside'))] : []),
    ...(kept > 0 ? [vscode.l10n.t('{0} left as they are', kept)] : []),
    ...(failed > 0 ? [vscode.l10n.t('{0} failed', failed)] : []),
  ];
  const title = kind === 'undo' ? vscode.l10n.t('Undone') : vscode.l10n.t('Redone');
  return parts.length === 0 ? vscode.l10n.t('Nothing had to be changed.') : `${title}: ${parts.join(', ')}.`;
}
