import * as vscode from 'vscode';
import { visibleText } from '../../base/visibleText.ts';
import type { ConflictChoice, ConflictReason } from '../../core/checkpoints/undoPlan.ts';
import { withoutLinks } from '../presenters/shownText.ts';

/** Asks what becomes of a path that is not as the task left it. Nothing when the person cancels. */
export async function chooseForConflict(
  file: string,
  reason: ConflictReason,
  choices: readonly ConflictChoice[],
): Promise<ConflictChoice | undefined> {
  const buttons = choices.filter(choice => choice !== 'keepMine').map(choice => ({ title: CHOICES[choice](), choice }));
  const pressed = await vscode.window.showWarningMessage(
    withoutLinks(visibleText(file)),
    { modal: true, detail: REASONS[reason]() },
    ...buttons,
  );
  return pressed?.choice;
}

export const REASONS: Readonly<Record<ConflictReason, () => string>> = {
  editedSince: () => vscode.l10n.t('It was changed since the task left it.'),
  removedSince: () => vscode.l10n.t('It was removed since the task left it.'),
  somethingNewInPlace: () => vscode.l10n.t('Something else has come in its place.'),
  folderReplaced: () => vscode.l10n.t('A file stands where its folder should be.'),
  otherTask: () => vscode.l10n.t('Another task worked at the same time, and it may have been that one.'),
  notCovered: () => vscode.l10n.t('A snapshot does not cover it, so it cannot be compared.'),
};

export const CHOICES: Readonly<Record<ConflictChoice, () => string>> = {
  keepMine: () => vscode.l10n.t('Keep What Is There'),
  putBack: () => vscode.l10n.t('Put Back'),
  saveBoth: () => vscode.l10n.t('Keep Both'),
};
