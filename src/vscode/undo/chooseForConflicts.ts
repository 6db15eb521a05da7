import * as vscode from 'vscode';
import { possibleChoice } from '../../app/undo/conflictChoices.ts';
import type { Choose } from '../../app/undo/undoView.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { ConflictChoice } from '../../core/checkpoints/undoPlan.ts';
import { pickOne } from '../commands/guardedPick.ts';
import { CHOICES, REASONS } from '../review/conflictChoice.ts';
import type { PlannedPath } from './plannedPaths.ts';

type Conflict = PlannedPath & { readonly item: { readonly action: { readonly kind: 'conflict' } } };

/** What becomes of each conflict, as the person says: of all at once, or one by one. Nothing when they leave the choice. */
export async function chooseForConflicts(chosen: readonly PlannedPath[]): Promise<Choose | undefined> {
  const conflicts = chosen.filter((planned): planned is Conflict => planned.item.action.kind === 'conflict');
  const forAll = conflicts.length > 1 ? await pickForAll(conflicts) : 'each';
  if (forAll === undefined) {
    return undefined;
  }
  if (forAll !== 'each') {
    return (_root, item) => possibleChoice(item, forAll);
  }
  const choices = new Map<string, ConflictChoice>();
  for (const [at, { plan, item }] of conflicts.entries()) {
    const { choices: possible, reason } = item.action;
    const choice = await pickOne(
      possible.map(one => ({ label: CHOICES[one](), value: one })),
      {
        title: conflicts.length > 1 ? titleOf(item.path, at + 1, conflicts.length) : visibleText(item.path),
        placeholder: REASONS[reason](),
      },
    );
    if (choice === undefined) {
      return undefined;
    }
    choices.set(`${plan.root}\0${item.path}`, choice);
  }
  return (root, { path }) => choices.get(`${root}\0${path}`) ?? 'keepMine';
}

function pickForAll(conflicts: readonly Conflict[]): Promise<ConflictChoice | 'each' | undefined> {
  const count = (choice: ConflictChoice): number =>
    conflicts.filter(({ item }) => item.action.choices.includes(choice)).length;
  const forAll = (['keepMine', 'putBack', 'saveBoth'] as const).filter(choice => count(choice) > 0);
  return pickOne<ConflictChoice | 'each'>(
    [
      { label: vscode.l10n.t('Decide One by One'), value: 'each' },
      ...forAll.map(choice => ({
        label: vscode.l10n.t('{0}: All', CHOICES[choice]()),
        description:
          count(choice) < conflicts.length
            ? vscode.l10n.t('possible for {0} of them, the others stay as they are', count(choice))
            : '',
        value: choice,
      })),
    ],
    { title: vscode.l10n.t('What becomes of the {0} conflicts?', conflicts.length) },
  );
}

function titleOf(path: string, number: number, all: number): string {
  return vscode.l10n.t('{0} ({1} of {2})', visibleText(path), number, all);
}
