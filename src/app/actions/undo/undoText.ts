import { createHash } from 'node:crypto';
import path from 'node:path';
import { canonicalJson } from '../../../base/canonicalJson.ts';
import { visibleText } from '../../../base/visibleText.ts';
import type { ConflictChoice, ConflictReason, UndoItem } from '../../../core/checkpoints/undoPlan.ts';
import { type ConflictWord, choiceFor } from '../../undo/conflictChoices.ts';
import type { WorkspacePlan } from '../../undo/undoView.ts';

const MOST_LINES = 500;

const REASONS: Readonly<Record<ConflictReason, string>> = {
  editedSince: 'it was changed since',
  removedSince: 'it was removed since',
  somethingNewInPlace: 'something new is in its place',
  folderReplaced: 'a file stands where its folder should be',
  otherTask: 'another task may have changed it',
  notCovered: 'no snapshot covers it',
};

const DONE: Readonly<Record<ConflictChoice, string>> = {
  keepMine: 'stays as it is',
  putBack: 'is replaced by what was before',
  saveBoth: 'stays, and what was before is put beside it',
};

/** What an undo would do, for a person who decides about it. @param conflicts what is done about them. Pure. */
export function undoText(plan: WorkspacePlan, folder: string, conflicts: ConflictWord): string {
  const lines = plan.plans.flatMap(({ root, items, notCovered }) => [
    ...items.flatMap(item => itemLine(placeOf(folder, root, item.path), item, conflicts)),
    ...notCovered.map(one => `not covered  ${placeOf(folder, root, one.path)}`),
  ]);
  const shown =
    lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more`] : lines;
  return visibleText(
    [
      `Undo of "${plan.title}"`,
      '',
      ...plan.running.map(
        ({ title, paths }) =>
          `Still runs here: "${title}"${paths.length === 0 ? '' : `, and works on ${paths.length} of these files`}.`,
      ),
      ...plan.shared.map(
        ({ title, paths }) => `"${title}" worked at the same time and changed ${paths.length} of these files.`,
      ),
      ...plan.notes,
      ...(shown.length === 0 ? ['Nothing is left to put back.'] : shown),
      '',
      'The undo can be taken back with: claude-panel redo',
    ].join('\n'),
  );
}

/** The same for the same plan: what was agreed to is what is done. Pure. */
export function undoFingerprint({ target, plans }: WorkspacePlan, conflicts: ConflictWord): string {
  const essence = {
    target,
    conflicts,
    plans: plans.map(({ root, items }) => ({ root, items: items.filter(({ action }) => action.kind !== 'unchanged') })),
  };
  return createHash('sha256').update(canonicalJson(essence)).digest('hex');
}

/** How many files would be put back, removed, or left alone because of a conflict. Pure. */
export function undoCounts({ plans }: WorkspacePlan): { readonly changes: number; readonly conflicts: number } {
  const actions = plans.flatMap(({ items }) => items.map(({ action }) => action.kind));
  return {
    changes: actions.filter(kind => kind === 'restore' || kind === 'remove').length,
    conflicts: actions.filter(kind => kind === 'conflict').length,
  };
}

function itemLine(place: string, item: UndoItem, conflicts: ConflictWord): string[] {
  const { action } = item;
  switch (action.kind) {
    case 'restore':
      return [`put back     ${place}`];
    case 'remove':
      return [`remove       ${place}`];
    case 'conflict':
      return [`conflict     ${place}: ${REASONS[action.reason]}; it ${DONE[choiceFor(item, conflicts)]}`];
    case 'unchanged':
      return [];
  }
}

function placeOf(folder: string, root: string, file: string): string {
  return root === folder ? file : path.join(root, file);
}
