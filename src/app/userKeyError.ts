import { dirname } from 'node:path';
import { PanelError } from '../base/panelError.ts';

export type UserKeyErrorReason = 'noHome' | 'unreadable' | 'unwritable' | 'damaged';

/** What can go wrong with the key that tells the user's own task lists from others. */
export class UserKeyError extends PanelError<UserKeyErrorReason> {
  readonly family = 'userKey';
}

const PURPOSE =
  'Without it, a task list of your own cannot be told from one that came with a repository, so none is opened.';

export function noHome(cause: unknown): UserKeyError {
  return new UserKeyError('noHome', {
    message: 'The control panel has no place for its key.',
    detail: `This account has no home folder: ${textOf(cause)}. ${PURPOSE}`,
    remedy: 'Set the environment variable CLAUDE_PANEL_HOME to a folder that only you can read, and start again.',
    cause,
  });
}

export function keyUnreadable(file: string, cause: unknown): UserKeyError {
  return new UserKeyError('unreadable', {
    message: 'The key of the control panel could not be read.',
    detail: `${file}: ${textOf(cause)}. ${PURPOSE}`,
    remedy: `Give yourself the right to read ${file}, or set CLAUDE_PANEL_HOME to another folder of yours, and start again.`,
    cause,
  });
}

export function keyUnwritable(file: string, cause: unknown): UserKeyError {
  return new UserKeyError('unwritable', {
    message: 'The key of the control panel could not be made.',
    detail: `${file}: ${textOf(cause)}. ${PURPOSE}`,
    remedy: `Give yourself the right to write in ${dirname(file)}, or set CLAUDE_PANEL_HOME to a folder that you can write, and start again.`,
    cause,
  });
}

export function keyDamaged(file: string, why: string): UserKeyError {
  return new UserKeyError('damaged', {
    message: 'The key of the control panel is damaged.',
    detail: `${file} ${why}. ${PURPOSE}`,
    remedy: `Put back a copy of it, or remove ${file}: then a new key is made, and task lists that were written with the old one are set aside.`,
  });
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
