import { PanelError } from '../../base/panelError.ts';

export type CheckpointErrorReason =
  | 'gitMissing'
  | 'gitFailed'
  | 'folderTooLarge'
  | 'folderMissing'
  | 'storeUnsafe'
  | 'storeBusy'
  | 'unknownCheckpoint'
  | 'contentDamaged'
  | 'notWritten'
  | 'changedMeanwhile'
  | 'outsideRoot'
  | 'notSaved';

export class CheckpointError extends PanelError<CheckpointErrorReason> {
  readonly family = 'checkpoints';
}

export function gitMissing(): CheckpointError {
  return new CheckpointError('gitMissing', {
    message: 'No snapshot can be taken: the program git was not found.',
    detail: 'Snapshots are kept with git. It is not in any folder of PATH.',
    remedy: 'Install git, then start the editor or the terminal again.',
  });
}

/** @param errorText the end of what git wrote to its error output */
export function gitFailed(action: string, errorText: string, cause?: unknown): CheckpointError {
  return new CheckpointError('gitFailed', {
    message: `The snapshots of this folder could not be used: git failed to ${action}.`,
    ...(errorText === '' ? {} : { detail: errorText }),
    remedy: 'Check that the disk is not full and that .claude-panel can be written.',
    cause,
  });
}

export function folderTooLarge(root: string, what: string): CheckpointError {
  return new CheckpointError('folderTooLarge', {
    message: `No snapshot was taken of ${root}: ${what}.`,
    remedy: 'Name the folders that need no undo in .gitignore, or open a smaller folder.',
  });
}

export function rootMissing(root: string, cause?: unknown): CheckpointError {
  return new CheckpointError('folderMissing', {
    message: `The folder ${root} is not there any more.`,
    remedy: 'Bring it back, then try again.',
    cause,
  });
}

export function storeUnsafe(path: string): CheckpointError {
  return new CheckpointError('storeUnsafe', {
    message: `Snapshots are not kept in ${path}: it is a link, or not the kind of file or folder that belongs there.`,
    detail: 'What is written there would be written somewhere else.',
    remedy: 'Remove it; the control panel makes a new one.',
  });
}

export function storeBusy(path: string): CheckpointError {
  return new CheckpointError('storeBusy', {
    message: 'Another process is using the snapshots of this folder for a long time.',
    detail: `It holds ${path}.`,
    remedy: 'Wait for it, or close the other window, then try again.',
  });
}

export function unknownCheckpoint(id: string): CheckpointError {
  return new CheckpointError('unknownCheckpoint', {
    message: `The snapshot ${id.slice(0, 12)} is not there any more.`,
    detail:
      'It was removed because of its age or of the disk use that is set, or the folder of the snapshots was deleted.',
    remedy: 'Use git or a backup for these files.',
  });
}

export function contentDamaged(blob: string): CheckpointError {
  return new CheckpointError('contentDamaged', {
    message: 'The stored content of this file is damaged, so it was not used.',
    detail: `Its content does not match its name ${blob.slice(0, 12)}.`,
    remedy: 'Use git or a backup for this file.',
  });
}

export function notWritten(path: string, cause: unknown): CheckpointError {
  return new CheckpointError('notWritten', {
    message: `${path} could not be changed.`,
    detail: cause instanceof Error ? cause.message : String(cause),
    remedy: 'Check its permissions and the free disk space, then undo again: what is done already stays done.',
    cause,
  });
}

export function changedMeanwhile(path: string): CheckpointError {
  return new CheckpointError('changedMeanwhile', {
    message: `${path} was left alone: it changed while the undo was under way.`,
    remedy: 'Look at the undo again; it shows what is there now.',
  });
}

export function outsideRoot(path: string): CheckpointError {
  return new CheckpointError('outsideRoot', {
    message: `${path} was left alone: one of its folders is a link now.`,
    detail: 'Writing there would change something outside this folder.',
    remedy: 'Remove the link, then undo again.',
  });
}

export function notSaved(path: string): CheckpointError {
  return new CheckpointError('notSaved', {
    message: `${path} was left alone: what is there now could not be kept for a redo.`,
    detail: 'Its present content is too large for a snapshot, or could not be read.',
    remedy: 'Move it away yourself, then undo again.',
  });
}
