import { PanelError } from '../../base/panelError.ts';

export type UndoErrorReason =
  | 'stillRunning'
  | 'noSnapshots'
  | 'nothingToUndo'
  | 'nothingToRedo'
  | 'unknownTarget'
  | 'unknownFolder';

export class UndoError extends PanelError<UndoErrorReason> {
  readonly family = 'undo';
}

export function stillRunning(title: string): UndoError {
  return new UndoError('stillRunning', {
    message: `"${title}" is still running, so it cannot be undone yet.`,
    remedy: 'Stop it first, or wait until it has ended.',
  });
}

export function noSnapshots(title: string): UndoError {
  return new UndoError('noSnapshots', {
    message: `There is no snapshot from before "${title}", so it cannot be undone here.`,
    detail: 'None could be taken then, or it was removed since because of its age or the disk use that is set.',
    remedy: 'Use git, or a backup.',
  });
}

export function nothingToUndo(): UndoError {
  return new UndoError('nothingToUndo', {
    message: 'No task has a snapshot that could be undone.',
    remedy: 'Run a task first; snapshots are taken before and after each.',
  });
}

export function nothingToRedo(): UndoError {
  return new UndoError('nothingToRedo', {
    message: 'There is no undo that could be taken back.',
    remedy: 'Every undo can be taken back once; this one was, or there was none.',
  });
}

export function unknownTarget(id: string): UndoError {
  return new UndoError('unknownTarget', {
    message: `There is no task or chain ${id} in this workspace.`,
    remedy: 'List the tasks to see their ids.',
  });
}

/** The folder is not named: whoever asks may have made it up. */
export function unknownFolder(): UndoError {
  return new UndoError('unknownFolder', {
    message: 'This file is of a folder that does not belong to this workspace.',
    remedy: 'Open the review of the task again, in the workspace in which it ran.',
  });
}
