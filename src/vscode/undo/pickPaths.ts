import path from 'node:path';
import * as vscode from 'vscode';
import type { WorkspacePlan } from '../../app/undo/undoView.ts';
import { visibleText } from '../../base/visibleText.ts';
import { escapeIcons } from '../commands/pickTask.ts';
import { type PlannedPath, plannedPaths } from './plannedPaths.ts';
import { openUndoDiff, openUndoDiffs } from './undoDiffs.ts';
import { actionWords, warningsOf } from './undoWords.ts';

interface PathItem extends vscode.QuickPickItem {
  readonly planned?: PlannedPath;
}

/**
 * Shows everything that would be put back and lets the person choose from it. Conflicts are not chosen at first.
 * Nothing when it is closed.
 */
export function pickPaths(plan: WorkspacePlan): Promise<readonly PlannedPath[] | undefined> {
  const paths = plannedPaths(plan);
  const several = plan.plans.length > 1;
  const showDiff = { iconPath: new vscode.ThemeIcon('diff'), tooltip: vscode.l10n.t('Show the Difference') };
  const showAll = {
    iconPath: new vscode.ThemeIcon('diff-multiple'),
    tooltip: vscode.l10n.t('Show All Differences'),
  };
  const items = paths.map(
    (planned): PathItem => ({
      label: escapeIcons(visibleText(planned.item.path)),
      description: [...(several ? [path.basename(planned.plan.root)] : []), actionWords(planned.item)].join(' · '),
      picked: planned.item.action.kind !== 'conflict',
      buttons: [showDiff],
      planned,
    }),
  );
  return new Promise(resolve => {
    const picker = vscode.window.createQuickPick<PathItem>();
    picker.title =
      plan.kind === 'undo'
        ? vscode.l10n.t('Undo "{0}": what is put back', visibleText(plan.title))
        : vscode.l10n.t('Redo "{0}": what is put back', visibleText(plan.title));
    picker.placeholder = warningsOf(plan).join(' ');
    picker.canSelectMany = true;
    picker.ignoreFocusOut = true;
    picker.matchOnDescription = true;
    picker.buttons = [showAll];
    picker.items = items;
    picker.selectedItems = items.filter(({ picked }) => picked === true);
    picker.onDidTriggerButton(() => void openUndoDiffs(plan, paths));
    picker.onDidTriggerItemButton(({ item }) => {
      if (item.planned !== undefined) {
        void openUndoDiff(item.planned);
      }
    });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems.flatMap(({ planned }) => (planned === undefined ? [] : [planned])));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
