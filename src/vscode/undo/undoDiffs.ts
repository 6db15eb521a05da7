import path from 'node:path';
import * as vscode from 'vscode';
import type { WorkspacePlan } from '../../app/undo/undoView.ts';
import { visibleText } from '../../base/visibleText.ts';
import { snapshotUri, viewUri } from '../documents/readOnlyDocuments.ts';
import type { PlannedPath } from './plannedPaths.ts';

/** What is there now, beside what will be there. */
export async function openUndoDiff(planned: PlannedPath): Promise<void> {
  const { now, later, name } = sidesOf(planned);
  const nothing = viewUri({ kind: 'nothing' }, name);
  await vscode.commands.executeCommand(
    'vscode.diff',
    now ?? nothing,
    later ?? nothing,
    vscode.l10n.t('{0} (now ↔ put back)', name),
    {
      preview: true,
      preserveFocus: true,
    },
  );
}

/** All files of the plan in one editor. */
export async function openUndoDiffs({ title }: WorkspacePlan, paths: readonly PlannedPath[]): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.changes',
    vscode.l10n.t('Undo: {0}', visibleText(title)),
    paths.map(planned => {
      const { now, later, file } = sidesOf(planned);
      return [file, now, later];
    }),
  );
}

function sidesOf({ plan, item }: PlannedPath): {
  readonly file: vscode.Uri;
  /** Undefined where there is nothing. */
  readonly now: vscode.Uri | undefined;
  readonly later: vscode.Uri | undefined;
  readonly name: string;
} {
  const name = path.posix.basename(item.path);
  const file = vscode.Uri.file(path.join(plan.root, item.path));
  const { before, now } = item;
  return {
    file,
    name: visibleText(name),
    now: now.kind === 'file' || now.kind === 'link' ? file : undefined,
    later:
      before.kind === 'file' || before.kind === 'link' ? snapshotUri(plan.root, item.path, before.blob) : undefined,
  };
}
