import { PanelError } from '../base/panelError.ts';

export type StoreReason =
  | 'nodeTooOld'
  | 'nativeModule'
  | 'noFolder'
  | 'outsideWorkspace'
  | 'linked'
  | 'notAFile'
  | 'notADatabase'
  | 'foreign'
  | 'foreignLog'
  | 'damaged'
  | 'keptTooMany'
  | 'newerSchema'
  | 'migrationFailed'
  | 'readOnly'
  | 'diskFull'
  | 'locked'
  | 'gone'
  | 'removed'
  | 'moved'
  | 'closed'
  | 'inputOutput';

interface Text {
  readonly message: string;
  readonly detail?: string | undefined;
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

/** What can go wrong with the file that keeps the tasks. */
export class StoreError extends PanelError<StoreReason> {
  readonly family = 'store';
  override readonly name = 'StoreError';

  constructor(reason: StoreReason, text: Text) {
    super(reason, text);
  }
}

export function nodeTooOld(version: string): StoreError {
  return new StoreError('nodeTooOld', {
    message: `Node.js ${version} is too old to open the task list.`,
    detail: 'The database driver needs Node.js 22 or newer.',
    remedy: 'Install Node.js 22 or newer, or use VS Code 1.101 or newer, and start again.',
  });
}

/** What makes any surface open the list anew. */
const AGAIN = 'Reload the window, or type the command again.';
/** A window tries to open the list every few seconds. */
const THEN = 'The panel then goes on by itself; on the command line, type the command again.';

export function nativeModuleMissing(cause: unknown): StoreError {
  return new StoreError('nativeModule', {
    message: 'The database driver could not be loaded.',
    detail: `There is no working better-sqlite3 for ${process.platform} ${process.arch}: ${textOf(cause)}`,
    remedy: 'Install the build of the extension for this platform, or install the dependencies again.',
    cause,
  });
}

export function noFolder(folder: string): StoreError {
  return new StoreError('noFolder', {
    message: `The folder ${folder} is not there.`,
    remedy: 'Open a folder that exists, or make this one again.',
  });
}

export function outsideWorkspace(path: string, target: string): StoreError {
  return new StoreError('outsideWorkspace', {
    message: `${path} leads out of the workspace.`,
    detail: `It is a link to ${target}. Following it could change files that do not belong to this workspace.`,
    remedy: `Replace the link by a real folder or file, or remove it. ${THEN}`,
  });
}

export function linked(path: string): StoreError {
  return new StoreError('linked', {
    message: `${path} is a link, or a file with more than one name.`,
    detail: 'What is written to it would change another file, too.',
    remedy: `Put a copy of the file in its place, or remove it. ${THEN}`,
  });
}

export function notAFile(path: string): StoreError {
  return new StoreError('notAFile', {
    message: `${path} is not a file.`,
    detail: 'Something else stands where the task list is kept.',
    remedy: `Rename or remove ${path}. ${THEN}`,
  });
}

export function notAFolder(path: string): StoreError {
  return new StoreError('notAFile', {
    message: `${path} is not a folder.`,
    detail: 'The data of the control panel is kept in a folder of this name.',
    remedy: `Rename or remove ${path}. ${THEN}`,
  });
}

export function notADatabase(path: string, keptAs?: string): StoreError {
  return new StoreError('notADatabase', {
    message: `${path} is not a task list of the control panel.`,
    detail:
      keptAs === undefined
        ? 'Its content is something else.'
        : `It was kept as ${keptAs}, and a new, empty task list was started.`,
    remedy:
      keptAs === undefined
        ? `Move ${path} away. ${THEN}`
        : `If you need the old file, it is beside the new one under the name ${keptAs}.`,
  });
}

export function foreignFile(path: string, keptAs = path): StoreError {
  return new StoreError('foreign', {
    message: 'A task list that is not yours was set aside, and a new one was started.',
    detail: `${path} does not carry the mark of your account: it came with the repository, belongs to another account, or your key was replaced. Nothing in it was used or deleted; it was kept as ${keptAs}.`,
    remedy: `If you did not put it there, remove ${keptAs} and ask who maintains the repository why it is in it.`,
  });
}

export function foreignLog(path: string, keptAs = path): StoreError {
  return new StoreError('foreignLog', {
    message: 'A task list that may have been changed by others was set aside, and a new one was started.',
    detail: `Beside ${path} lay a log that no program of yours had written. Nothing was used or deleted; both were kept as ${keptAs}.`,
    remedy: `To use the list without that log, close the panel, remove the new panel.db, rename ${keptAs} to panel.db and leave ${keptAs}-wal where it is.`,
  });
}

export function damaged(path: string, finding: string, keptAs?: string): StoreError {
  return new StoreError('damaged', {
    message:
      keptAs === undefined ? 'The task list is damaged.' : 'The task list was damaged, and a new one was started.',
    detail:
      keptAs === undefined
        ? `SQLite found: ${finding}`
        : `Nothing was deleted: the damaged file was kept as ${keptAs}. SQLite found: ${finding}`,
    remedy:
      keptAs === undefined
        ? `${AGAIN} The damaged file is then set aside and a new one is started.`
        : `Claude Code's own sessions are not affected. To try to rescue the old list, run: sqlite3 "${keptAs}" .recover`,
    cause: path,
  });
}

/** Not a failure, but something to know. */
export function keptTooMany(gone: readonly string[]): StoreError {
  return new StoreError('keptTooMany', {
    message: 'Task lists that were set aside long ago were removed.',
    detail: `The newest five of each kind, and all of the last seven days, are kept. Removed: ${gone.join(', ')}`,
    remedy: 'Move what was set aside out of .claude-panel when you want to keep it.',
  });
}

export function newerSchema(path: string, found: number, known: number): StoreError {
  return new StoreError('newerSchema', {
    message: 'The task list was written by a newer version of the control panel.',
    detail: `${path} has format ${found}; this version knows formats up to ${known}. Nothing was read or changed.`,
    remedy: 'Update the extension or the command-line program to the newest version.',
  });
}

export function migrationFailed(path: string, version: number, backup: string | undefined, cause: unknown): StoreError {
  const kept = backup === undefined ? '' : ` A copy from before is kept as ${backup}.`;
  return new StoreError('migrationFailed', {
    message: 'The task list could not be brought to the format of this version.',
    detail: `Step ${version} failed and was taken back, so ${path} is as it was.${kept} ${textOf(cause)}`,
    remedy: 'Please report this with the text above; until then, go back to the version that you used before.',
    cause,
  });
}

export function readOnly(path: string, cause: unknown): StoreError {
  return new StoreError('readOnly', {
    message: `${path} cannot be written.`,
    detail: `The folder or file is read-only, or belongs to someone else: ${textOf(cause)}`,
    remedy: 'Give yourself the right to write in this folder, or open the workspace from a place that can be written.',
    cause,
  });
}

export function diskFull(path: string, cause: unknown): StoreError {
  return new StoreError('diskFull', {
    message: 'The disk is full, so the task list could not be saved.',
    detail: `What was saved before is intact: ${path}`,
    remedy: 'Free some space on this disk; then it goes on by itself.',
    cause,
  });
}

export function locked(path: string, cause: unknown): StoreError {
  return new StoreError('locked', {
    message: 'Another program keeps the task list locked.',
    detail: path,
    remedy: 'Close other programs that have this file open, such as a database viewer, and try again.',
    cause,
  });
}

export function gone(path: string): StoreError {
  return new StoreError('gone', {
    message: 'The file of the task list was replaced while it was in use.',
    detail: path,
    remedy: AGAIN,
  });
}

/** Not a failure any more when it is told, but something to know. */
export function removed(path: string): StoreError {
  return new StoreError('removed', {
    message: 'The file of the task list was removed or replaced while it was in use, and was written again.',
    detail: path,
    remedy: 'Nothing was lost. If a clean-up such as "git clean -x" removed it, tell that to leave out .claude-panel.',
  });
}

/** Told once, when a copied list is opened for the first time. */
export function moved(path: string): StoreError {
  return new StoreError('moved', {
    message: 'The task list was copied here or came from somewhere else.',
    detail: `Its unfinished tasks were paused, and what was approved elsewhere is asked again: ${path}`,
    remedy: 'Continue the tasks that you know and that do not run elsewhere.',
  });
}

export function closed(path: string): StoreError {
  return new StoreError('closed', {
    message: 'The task list is closed already.',
    detail: path,
    remedy: AGAIN,
  });
}

export function inputOutput(path: string, cause: unknown): StoreError {
  return new StoreError('inputOutput', {
    message: 'The task list could not be read or written.',
    detail: `${path}: ${textOf(cause)}`,
    remedy: `Check that the disk or network folder is connected. ${THEN}`,
    cause,
  });
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
