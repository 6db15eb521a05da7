import path from 'node:path';
import type { OtherTask, WorkspacePlan, WorkspaceResult } from '../../app/undo/undoView.ts';
import type { NotCovered } from '../../core/checkpoints/checkpoint.ts';
import type { ConflictReason, UndoItem } from '../../core/checkpoints/undoPlan.ts';
import type { Paint } from '../terminal/palette.ts';
import { oneLine } from '../terminal/plainText.ts';

const REASONS: Readonly<Record<ConflictReason, string>> = {
  editedSince: 'edited since',
  removedSince: 'removed since',
  somethingNewInPlace: 'something else is in its place',
  folderReplaced: 'its folder was replaced',
  otherTask: 'another task worked at the same time',
  notCovered: 'not covered by the snapshots',
};

const GAPS: Readonly<Record<NotCovered['reason'], string>> = {
  tooLarge: 'too large',
  ignoredTooLarge: 'ignored by git, and large',
  nestedRepository: 'a repository of its own',
  special: 'no file',
  unreadable: 'cannot be read',
  reservedName: 'called like a folder of git',
};

const MOST_GAPS = 10;

/** What a plan would do, one line a path. */
export function planLines(plan: WorkspacePlan, workspace: string, paint: Paint): readonly string[] {
  const items = plan.plans.flatMap(one =>
    one.items.map(item => ({ item, place: shownPlace(workspace, one.root, item.path) })),
  );
  const word = plan.kind === 'undo' ? 'Undo' : 'Redo';
  return [
    `${word} of ${paint('bold', oneLine(plan.title))}`,
    ...otherLines('Running at this moment', plan.running, workspace),
    ...otherLines('Worked at the same time', plan.shared, workspace),
    ...plan.notes.map(note => `Note: ${oneLine(note)}`),
    ...items.map(({ item, place }) => itemLine(item, place, paint)),
    ...nothingToDo(items.map(({ item }) => item)),
    ...gapLines(plan, workspace),
  ];
}

function nothingToDo(items: readonly UndoItem[]): readonly string[] {
  if (items.length === 0) {
    return ['Nothing of what was asked for was changed.'];
  }
  return items.every(({ action }) => action.kind === 'unchanged') ? ['Everything is as it was before already.'] : [];
}

function itemLine({ action }: UndoItem, place: string, paint: Paint): string {
  const shown = oneLine(place);
  switch (action.kind) {
    case 'restore':
      return `  ${paint('green', 'put back ')}  ${shown}`;
    case 'remove':
      return `  ${paint('red', 'remove   ')}  ${shown}`;
    case 'unchanged':
      return `  ${paint('dim', 'as it was')}  ${shown}`;
    case 'conflict':
      return `  ${paint('yellow', 'conflict ')}  ${shown}  (${REASONS[action.reason]})`;
  }
}

function otherLines(what: string, tasks: readonly OtherTask[], workspace: string): readonly string[] {
  return tasks.map(({ id, title, paths }) => {
    const files = paths.map(one => path.relative(workspace, one)).join(', ');
    return oneLine(`${what}: ${id} ${title}${paths.length === 0 ? '' : `, on the same files: ${files}`}`);
  });
}

function gapLines({ plans }: WorkspacePlan, workspace: string): readonly string[] {
  const gaps = plans.flatMap(plan =>
    plan.notCovered.map(gap => `  ${oneLine(shownPlace(workspace, plan.root, gap.path))}  (${GAPS[gap.reason]})`),
  );
  const more = gaps.length > MOST_GAPS ? [`  and ${gaps.length - MOST_GAPS} more`] : [];
  return gaps.length === 0 ? [] : ['Not covered, so changes there stay:', ...gaps.slice(0, MOST_GAPS), ...more];
}

/** What was done, and what was not. */
export function resultLines(result: WorkspaceResult, workspace: string, paint: Paint): readonly string[] {
  const done = result.results.flatMap(({ done: files }) => files);
  const lines = result.results.flatMap(({ root, done: files, kept, failed }) => [
    ...files
      .filter(({ savedAs }) => savedAs !== undefined)
      .map(({ path: one, savedAs = '' }) =>
        oneLine(
          `  ${shownPlace(workspace, root, one)} stays; the earlier one is ${shownPlace(workspace, root, savedAs)}`,
        ),
      ),
    ...kept.map(({ path: one, reason }) =>
      oneLine(`  left as it is: ${shownPlace(workspace, root, one)} (${REASONS[reason]})`),
    ),
    ...failed.map(({ failure }) =>
      paint('red', oneLine(`  ${[failure.message, failure.detail, failure.remedy].filter(Boolean).join(' ')}`)),
    ),
  ]);
  const count = done.length === 1 ? '1 file was' : `${done.length} files were`;
  return [`${count} put back, removed or saved.`, ...lines];
}

function shownPlace(workspace: string, root: string, one: string): string {
  return path.relative(workspace, path.join(root, one));
}
