import * as vscode from 'vscode';
import { systemClock } from '../../base/clock.ts';
import { hasPointBeforeLastRun } from '../../core/tasks/forkPoint.ts';
import { forkFromBefore } from '../undo/forkFromBefore.ts';
import { freeSpaceFlow } from '../undo/freeSpaceFlow.ts';
import type { UndoDesk } from '../undo/undoDesk.ts';
import { redoFlow, undoFlow, undoTaskFlow } from '../undo/undoFlow.ts';
import type { CommandContext, Commands } from './commandContext.ts';
import { pickTask } from './pickTask.ts';

/**
 * Universal undo and redo, and what follows. `undoChanges` and `forkFromBefore` take a task's id, `redoChanges` that of an
 * undo, or let the person pick.
 */
export const undoCommands: Commands<'undoChanges' | 'redoChanges' | 'forkFromBefore' | 'freeSnapshotSpace'> = {
  undoChanges: async (context, given) => {
    const desk = await undoDesk(context);
    await (typeof given === 'string'
      ? undoTaskFlow(desk, given, systemClock.now())
      : undoFlow(desk, undefined, systemClock.now()));
  },
  redoChanges: async (context, given) =>
    redoFlow(await undoDesk(context), typeof given === 'string' ? given : undefined),
  freeSnapshotSpace: async ({ services }) => freeSpaceFlow(await services(), systemClock.now()),
  forkFromBefore: async (context, given) => {
    const desk = await undoDesk(context);
    const task = await pickTask(desk.services, given, {
      title: vscode.l10n.t('Fork which task from before its last run?'),
      fits: hasPointBeforeLastRun,
      nothing: vscode.l10n.t('No task has a conversation from before its last run.'),
    });
    if (task !== undefined) {
      await forkFromBefore(desk, task);
    }
  },
};

export async function undoDesk({ services, views }: CommandContext): Promise<UndoDesk> {
  return { services: await services(), reveal: taskId => views.reveal({ kind: 'task', taskId }) };
}
