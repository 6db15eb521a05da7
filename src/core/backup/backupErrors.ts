import { PanelError } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';

export type BackupErrorReason =
  | 'notVerified'
  | 'noArchive'
  | 'badArchive'
  | 'foreignArchive'
  | 'placeOutside'
  | 'notWritten'
  | 'inUse'
  | 'nothingToKeep';

export class BackupError extends PanelError<BackupErrorReason> {
  readonly family = 'backup';
}

export function notVerified(problems: readonly string[]): BackupError {
  return new BackupError('notVerified', {
    message: 'The backup was not kept: what came out of it is not what went in.',
    detail: shortList(problems),
    remedy: 'Check the disk, and run the command again. Earlier backups are untouched.',
  });
}

export function nothingToKeep(folder: string): BackupError {
  return new BackupError('nothingToKeep', {
    message: `There is nothing to back up in ${folder}.`,
    remedy: 'Start a task first: until then the panel has no data here.',
  });
}

export function noArchive(path: string): BackupError {
  return new BackupError('noArchive', {
    message: `There is no archive ${visibleText(path)}.`,
    remedy: 'Backups are in ~/.claude-panel/backups, in a folder for each workspace.',
  });
}

export function noBackupYet(folder: string): BackupError {
  return new BackupError('noArchive', {
    message: 'This workspace has no backup yet.',
    detail: `Its backups would be in ${visibleText(folder)}.`,
    remedy: 'Make one with the command backup-now, or name the file of an archive.',
  });
}

export function badArchive(path: string, problems: readonly string[], cause?: unknown): BackupError {
  return new BackupError('badArchive', {
    message: `${visibleText(path)} is not restored: it is not a backup as this program makes it.`,
    detail: shortList(problems),
    remedy: 'Take another archive. Nothing was changed.',
    cause,
  });
}

export function foreignArchive(path: string): BackupError {
  return new BackupError('foreignArchive', {
    message: `${visibleText(path)} is not restored: its workspace file was made by another user.`,
    detail: 'Approvals and tasks of a file are believed only when it carries the mark of this user.',
    remedy: 'Restore it as the user who made it, with the same ~/.claude-panel/key.',
  });
}

export function placeOutside(place: string): BackupError {
  return new BackupError('placeOutside', {
    message: `${visibleText(place)} is not restored: it would be written outside of the workspace.`,
    detail: 'A folder on the way to it is a link that leads to another place.',
    remedy: 'Remove the link. Nothing was changed.',
  });
}

export function inUse(programs: readonly string[]): BackupError {
  return new BackupError('inUse', {
    message: 'Nothing was restored: other programs work on this workspace.',
    detail: `What they do meanwhile would be mixed into it: ${programs.map(visibleText).join(', ')}.`,
    remedy: 'Close these windows and programs, then restore.',
  });
}

export function notWritten(place: string, kept: string, cause: unknown): BackupError {
  return new BackupError('notWritten', {
    message: `${visibleText(place)} could not be restored.`,
    detail: cause instanceof Error ? cause.message : String(cause),
    remedy: `What was there before is in ${kept}. Make room or correct the rights, and restore again.`,
    cause,
  });
}

function shortList(problems: readonly string[]): string {
  const shown = problems.slice(0, 10).map(visibleText);
  return [...shown, ...(problems.length > 10 ? [`… and ${problems.length - 10} more`] : [])].join('\n');
}
