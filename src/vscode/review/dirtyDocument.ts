import path from 'node:path';
import * as vscode from 'vscode';
import { hunkGone } from '../../app/reviewErrors.ts';
import type { ReviewedFile } from '../../app/taskReview.ts';
import { type Hunk, withHunk, withoutHunk } from '../../core/review/hunks.ts';

/**
 * Changes a file in its editor when that holds edits that are not saved, and leaves saving to the person. False when it
 * holds none: then the file itself is changed.
 * @throws ReviewError `hunkGone`
 */
export async function changeDirtyDocument(
  { root, path: file }: ReviewedFile,
  hunk: Hunk,
  change: 'putBack' | 'again',
): Promise<boolean> {
  const uri = vscode.Uri.file(path.join(root, file));
  const document = vscode.workspace.textDocuments.find(open => open.uri.toString() === uri.toString());
  if (document?.isDirty !== true) {
    return false;
  }
  const current = document.getText();
  const text = change === 'putBack' ? withoutHunk(current, hunk) : withHunk(current, hunk);
  if (text === undefined) {
    throw hunkGone(file);
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  return true;
}
