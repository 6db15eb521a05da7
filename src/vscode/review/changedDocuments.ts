import path from 'node:path';
import * as vscode from 'vscode';
import type { ReviewedFile, TaskReview } from '../../app/taskReview.ts';
import { visibleText } from '../../base/visibleText.ts';
import { snapshotUri, viewUri } from '../documents/readOnlyDocuments.ts';
import { oneLine } from '../presenters/shownText.ts';
import type { ReviewedDocument } from './reviewComments.ts';
import { firstChangedLine, type ReviewNode } from './reviewNode.ts';

const LONGEST_TITLE = 60;

/** The file as it was before the task, as a document. */
function beforeUri({ root, path: file, before }: ReviewedFile): vscode.Uri {
  return before === undefined
    ? viewUri({ kind: 'nothing' }, path.posix.basename(file))
    : snapshotUri(root, file, before.blob);
}

/** The file as it is now: it can be edited, and what is put back is seen at once. */
function nowUri({ root, path: file, kind }: ReviewedFile): vscode.Uri {
  return kind === 'deleted'
    ? viewUri({ kind: 'nothing' }, path.posix.basename(file))
    : vscode.Uri.file(path.join(root, file));
}

/** All changes of the task in one editor. */
export async function openAllChanges({ title, files }: TaskReview): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.changes',
    vscode.l10n.t('Review: {0}', oneLine(title, LONGEST_TITLE)),
    files.map(file => [
      vscode.Uri.file(path.join(file.root, file.path)),
      file.before === undefined ? undefined : beforeUri(file),
      file.kind === 'deleted' ? undefined : nowUri(file),
    ]),
  );
}

/** One file as a diff, at the line of the hunk. */
export async function openChange(node: ReviewNode): Promise<void> {
  const { file } = node;
  const line = node.kind === 'hunk' ? firstChangedLine(node.hunk) - 1 : undefined;
  await vscode.commands.executeCommand(
    'vscode.diff',
    beforeUri(file),
    nowUri(file),
    vscode.l10n.t('{0} (before the task ↔ now)', visibleText(path.posix.basename(file.path))),
    { preview: true, ...(line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) }) },
  );
}

/** Which side of which change a document shows. */
export function reviewedDocument(review: TaskReview | undefined, uri: vscode.Uri): ReviewedDocument {
  const shown = uri.toString();
  for (const file of review?.files ?? []) {
    if (nowUri(file).toString() === shown) {
      return { path: file.path, side: 'after' };
    }
    if (file.before !== undefined && beforeUri(file).toString() === shown) {
      return { path: file.path, side: 'before' };
    }
  }
  return undefined;
}
