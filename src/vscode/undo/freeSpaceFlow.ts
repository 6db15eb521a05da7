import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { type Choice, pickOne } from '../commands/guardedPick.ts';

const DAY_MS = 24 * 60 * 60_000;
const MEGABYTE = 1024 * 1024;

/** Shows what the snapshots take of the disk, and removes those that the person can do without. */
export async function freeSpaceFlow({ upkeep, refreshHealth }: PanelServices, now: number): Promise<void> {
  const uses = await upkeep.usage();
  const total = uses.reduce((sum, { taken }) => sum + taken.length, 0);
  const removable = uses.flatMap(use => use.removable);
  if (total === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no snapshots in this workspace.'));
    return;
  }
  const size = megabytes(uses.reduce((sum, { bytes }) => sum + bytes, 0));
  const older = (days: number, label: string): Choice<number> => {
    const before = now - days * DAY_MS;
    const count = removable.filter(at => at < before).length;
    return { label, description: vscode.l10n.t('{0} of {1} snapshots', count, total), value: before };
  };
  const before = await pickOne(
    [
      older(7, vscode.l10n.t('Older Than a Week')),
      older(1, vscode.l10n.t('Older Than a Day')),
      older(0, vscode.l10n.t('All but the Newest')),
    ],
    { title: vscode.l10n.t('Snapshots take {0} MB. Which may go?', size) },
  );
  if (before === undefined || !(await confirmed(removable.filter(at => at < before).length))) {
    return;
  }
  const { removed, bytes } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Removing snapshots') },
    () => upkeep.free(before),
  );
  void vscode.window.showInformationMessage(
    removed === 1
      ? vscode.l10n.t('One snapshot was removed; {0} MB are left.', megabytes(bytes))
      : vscode.l10n.t('{0} snapshots were removed; {1} MB are left.', removed, megabytes(bytes)),
  );
  await refreshHealth();
}

async function confirmed(count: number): Promise<boolean> {
  if (count === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no such snapshots to remove.'));
    return false;
  }
  const remove = vscode.l10n.t('Remove');
  const pressed = await vscode.window.showWarningMessage(
    count === 1 ? vscode.l10n.t('Remove one snapshot?') : vscode.l10n.t('Remove {0} snapshots?', count),
    {
      modal: true,
      detail: vscode.l10n.t(
        'What tasks changed around them cannot be undone, redone or reviewed any more. Those that unfinished tasks need stay.',
      ),
    },
    remove,
  );
  return pressed === remove;
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
