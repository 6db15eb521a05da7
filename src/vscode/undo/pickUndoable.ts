import * as vscode from 'vscode';
import type { Undoable } from '../../app/undo/undoView.ts';
import type { UndoTarget } from '../../core/checkpoints/checkpointFact.ts';
import { type Choice, pickOne } from '../commands/guardedPick.ts';
import { escapeIcons } from '../commands/pickTask.ts';
import { oneLine } from '../presenters/shownText.ts';

const LONGEST_TITLE = 80;
const MINUTE_MS = 60_000;

/** Lets a person pick what to undo: the last task, any task or chain, or everything since a time. */
export async function pickUndoable(
  undoables: readonly Undoable[],
  last: UndoTarget | undefined,
  now: number,
  title: string,
): Promise<UndoTarget | undefined> {
  const isLast = ({ target }: Undoable): boolean =>
    last !== undefined && target.kind === last.kind && 'id' in target && 'id' in last && target.id === last.id;
  const ready = undoables.filter(({ state }) => state === 'undoable');
  const running = undoables.filter(({ state }) => state === 'running');
  const choices: Choice<UndoTarget | 'since' | 'running'>[] = [
    ...ready.filter(isLast).flatMap(one => choicesOf(one, vscode.l10n.t('the last task'))),
    { label: `$(history) ${vscode.l10n.t('Everything Since…')}`, value: 'since' },
    ...ready.filter(one => !isLast(one)).flatMap(one => choicesOf(one)),
    ...running.map(one => ({
      ...choiceOf(one, vscode.l10n.t('runs: stop it first')),
      value: 'running' as const,
    })),
  ];
  const chosen = await pickOne(choices, { title });
  if (chosen === 'running') {
    vscode.window.showInformationMessage(vscode.l10n.t('Stop it first; then it can be undone.'));
    return undefined;
  }
  return chosen === 'since' ? pickTime(now) : chosen;
}

/** Whether all that a task did is undone, or only what its last run did. Nothing when the person leaves the choice. */
export function pickRuns({ target, title }: Undoable): Promise<UndoTarget | undefined> {
  return pickOne<UndoTarget>(
    [
      { label: `$(versions) ${vscode.l10n.t('Everything the Task Did')}`, value: target },
      { label: `$(debug-step-back) ${vscode.l10n.t('Only Its Last Run')}`, value: lastRunOf(target) },
    ],
    { title: vscode.l10n.t('Undo what of "{0}"?', oneLine(title, LONGEST_TITLE)) },
  );
}

function lastRunOf(target: UndoTarget): UndoTarget {
  return target.kind === 'task' ? { ...target, runs: 'last' } : target;
}

/** The whole of it and, where there were earlier runs as well, its last run alone. */
function choicesOf(undoable: Undoable, note?: string): readonly Choice<UndoTarget>[] {
  const whole = choiceOf(undoable, note);
  if (!undoable.hasLastRun) {
    return [whole];
  }
  const title = escapeIcons(oneLine(undoable.title, LONGEST_TITLE));
  const label = `$(debug-step-back) ${vscode.l10n.t('The last run of "{0}"', title)}`;
  return [
    { ...whole, description: [whole.description, vscode.l10n.t('all its runs')].join(' · ') },
    { label, description: vscode.l10n.t('what its earlier runs did stays'), value: lastRunOf(undoable.target) },
  ];
}

function choiceOf(undoable: Undoable, note?: string): Choice<UndoTarget> {
  const { target, title, to, from } = undoable;
  const icon = target.kind === 'chain' ? 'type-hierarchy' : 'pass';
  return {
    label: `$(${icon}) ${escapeIcons(oneLine(title, LONGEST_TITLE))}`,
    description: [...(note === undefined ? [] : [note]), new Date(to ?? from).toLocaleString()].join(' · '),
    value: target,
  };
}

async function pickTime(now: number): Promise<UndoTarget | undefined> {
  const ago = (minutes: number, label: string): Choice<number | 'other'> => ({
    label,
    description: new Date(now - minutes * MINUTE_MS).toLocaleString(),
    value: now - minutes * MINUTE_MS,
  });
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const chosen = await pickOne<number | 'other'>(
    [
      ago(15, vscode.l10n.t('15 minutes ago')),
      ago(60, vscode.l10n.t('One hour ago')),
      ago(240, vscode.l10n.t('Four hours ago')),
      {
        label: vscode.l10n.t('The beginning of today'),
        description: new Date(midnight).toLocaleString(),
        value: midnight,
      },
      { label: vscode.l10n.t('Another time…'), value: 'other' },
    ],
    { title: vscode.l10n.t('Undo everything since when?') },
  );
  if (chosen !== 'other') {
    return chosen === undefined ? undefined : { kind: 'since', at: chosen };
  }
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Undo everything since when?'),
    prompt: vscode.l10n.t('Such as 2026-01-31 14:30'),
    ignoreFocusOut: true,
    validateInput: text =>
      Number.isNaN(Date.parse(text)) || Date.parse(text) > now
        ? vscode.l10n.t('Write a time in the past, such as 2026-01-31 14:30.')
        : undefined,
  });
  return typed === undefined ? undefined : { kind: 'since', at: Date.parse(typed) };
}
