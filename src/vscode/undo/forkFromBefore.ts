import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import type { UndoTarget } from '../../core/checkpoints/checkpointFact.ts';
import { isBeforeLastRun } from '../../core/tasks/forkPoint.ts';
import type { Task } from '../../core/tasks/task.ts';
import { askForText } from '../commands/taskCommands.ts';
import { oneLine } from '../presenters/shownText.ts';
import type { UndoDesk } from './undoDesk.ts';

const LONGEST_TITLE = 80;

/** The task whose conversation can go on without what was just undone; none where there is no point to go back to. */
export function taskBefore({ log }: PanelServices, target: UndoTarget): Task | undefined {
  const task = target.kind === 'task' ? log.tasks.get(target.id) : undefined;
  return task !== undefined && isBeforeLastRun(task) ? task : undefined;
}

/** Asks what to do instead, and goes on, as a new task, with the conversation as it was before the last run. */
export async function forkFromBefore({ services, reveal }: UndoDesk, task: Task): Promise<void> {
  const title = oneLine(task.title, LONGEST_TITLE);
  const prompt = await askForText(vscode.l10n.t('From before the last run of "{0}": what should Claude do?', title));
  if (prompt !== undefined) {
    const by = services.actor('palette');
    const { id } = services.tasks.forkBeforeLastRun(task.id, prompt, by, by.hostId);
    await reveal(id);
  }
}
