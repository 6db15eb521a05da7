import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import type { WorkspacePlan, WorkspaceResult } from '../../app/undo/undoView.ts';
import { PanelError } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { UndoTarget } from '../../core/checkpoints/checkpointFact.ts';
import { pickOne } from '../commands/guardedPick.ts';
import { escapeIcons } from '../commands/pickTask.ts';
import { unlessAborted } from '../commands/unlessAborted.ts';
import { whenSlow } from '../commands/whenSlow.ts';
import { withoutLinks } from '../presenters/shownText.ts';
import { chooseForConflicts } from './chooseForConflicts.ts';
import { forkFromBefore, taskBefore } from './forkFromBefore.ts';
import { pickPaths } from './pickPaths.ts';
import { pickRuns, pickUndoable } from './pickUndoable.ts';
import { onlyThese, type PlannedPath, plannedPaths } from './plannedPaths.ts';
import type { UndoDesk } from './undoDesk.ts';
import { actionWords, resultWords, warningsOf } from './undoWords.ts';

const MOST_SHOWN = 30;

/** Undoes what a task, a chain or everything since a time changed, after showing exactly what is put back. */
export async function undoFlow(
  desk: UndoDesk,
  given: UndoTarget | undefined,
  now: number,
  title = vscode.l10n.t('Undo what?'),
): Promise<void> {
  const { undo } = desk.services;
  const target = given ?? (await pickUndoable(undo.list(), lastOf(desk.services), now, title));
  if (target !== undefined) {
    const plan = await looking(signal => undo.plan(target, { signal }));
    if (plan !== undefined) {
      await carryOut(desk, plan);
    }
  }
}

/** The same of one task: where it ran several times, the person says first whether all of it is meant. */
export async function undoTaskFlow(desk: UndoDesk, id: string, now: number): Promise<void> {
  const found = await looking(async () => ({ known: await desk.services.undo.find(id) }));
  if (found === undefined) {
    return;
  }
  const { known } = found;
  const target = known?.hasLastRun === true ? await pickRuns(known) : ({ kind: 'task', id } as const);
  if (target !== undefined) {
    await undoFlow(desk, target, now);
  }
}

/** Takes an undo back: the one that is given, the only one, or the one that is picked. */
export async function redoFlow(desk: UndoDesk, given: string | undefined): Promise<void> {
  const { services } = desk;
  const undos = services.undo.redoable();
  const undoId =
    given ??
    (undos.length < 2
      ? undos[0]?.undoId
      : await pickOne(
          undos.map(({ undoId: id, title, at, done, by }) => ({
            label: `$(redo) ${escapeIcons(visibleText(title))}`,
            description: vscode.l10n.t('{0} files, undone {1} by {2}', done, new Date(at).toLocaleString(), by.name),
            value: id,
          })),
          { title: vscode.l10n.t('Redo what was undone?') },
        ));
  if (undos.length > 0 && undoId === undefined) {
    return;
  }
  const plan = await looking(() => services.undo.planRedo(undoId));
  if (plan !== undefined) {
    await carryOut(desk, plan);
  }
}

async function carryOut(desk: UndoDesk, plan: WorkspacePlan): Promise<void> {
  const { services } = desk;
  if (plannedPaths(plan).length === 0) {
    vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('"{0}": everything is as it was before already.', visibleText(plan.title))),
    );
    return;
  }
  const chosen = await pickPaths(plan);
  if (chosen === undefined || chosen.length === 0) {
    return;
  }
  const choices = await chooseForConflicts(chosen);
  if (choices === undefined || !(await confirmed(plan, chosen))) {
    return;
  }
  const result = await withProgress(progressTitle(plan), signal =>
    services.undo.apply(onlyThese(plan, chosen), { by: services.actor('palette'), choose: choices, signal }),
  );
  // Nothing, when the person cancelled before anything was changed.
  if (result.results.length > 0) {
    await tellResult(desk, plan, result);
  }
}

async function confirmed(plan: WorkspacePlan, chosen: readonly PlannedPath[]): Promise<boolean> {
  const button = plan.kind === 'undo' ? vscode.l10n.t('Undo') : vscode.l10n.t('Redo');
  const shown = chosen.slice(0, MOST_SHOWN).map(({ item }) => `${visibleText(item.path)}: ${actionWords(item)}`);
  const more = chosen.length - shown.length;
  const pressed = await vscode.window.showWarningMessage(
    plan.kind === 'undo'
      ? vscode.l10n.t('Undo what "{0}" did to {1} files?', visibleText(plan.title), chosen.length)
      : vscode.l10n.t('Redo what was undone of "{0}" in {1} files?', visibleText(plan.title), chosen.length),
    {
      modal: true,
      detail: withoutLinks(
        [...warningsOf(plan), '', ...shown, ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : [])].join('\n'),
      ),
    },
    button,
  );
  return pressed === button;
}

async function tellResult(desk: UndoDesk, plan: WorkspacePlan, result: WorkspaceResult): Promise<void> {
  const back = plan.kind === 'undo' ? vscode.l10n.t('Redo') : vscode.l10n.t('Undo Again');
  const follow = vscode.l10n.t('Fork from Before…');
  const followed = plan.kind === 'undo' ? taskBefore(desk.services, plan.target) : undefined;
  const buttons = [back, ...(followed === undefined ? [] : [follow])];
  const text = resultWords(plan.kind, result);
  const failures = result.results.flatMap(({ failed }) => failed);
  const lines = failures.map(({ path, failure }) => `${visibleText(path)}: ${failure.message}`).join(' ');
  const pressed = await (failures.length > 0
    ? vscode.window.showWarningMessage(withoutLinks(`${text} ${lines}`), ...buttons)
    : vscode.window.showInformationMessage(text, ...buttons));
  if (pressed === follow && followed !== undefined) {
    await forkFromBefore(desk, followed);
  } else if (pressed === back && plan.kind === 'undo') {
    await redoFlow(desk, result.undoId);
  } else if (pressed === back) {
    await undoFlow(desk, plan.target, Date.now());
  }
}

/** Nothing when the person cancels. */
function looking<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  return withProgress(vscode.l10n.t('Looking at what would be put back'), signal => unlessAborted(signal, work));
}

/** Lets the person see and cancel what takes a moment. */
function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  return whenSlow(
    work(controller.signal),
    until =>
      void vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, cancellable: true, title },
        (_progress, token) => {
          token.onCancellationRequested(() => controller.abort());
          return until;
        },
      ),
  );
}

function progressTitle({ kind, title }: WorkspacePlan): string {
  const shown = withoutLinks(visibleText(title));
  return kind === 'undo' ? vscode.l10n.t('Undoing "{0}"', shown) : vscode.l10n.t('Redoing "{0}"', shown);
}

function lastOf({ undo }: PanelServices): UndoTarget | undefined {
  try {
    return undo.last();
  } catch (error) {
    if (error instanceof PanelError && error.reason === 'nothingToUndo') {
      return undefined;
    }
    throw error;
  }
}
