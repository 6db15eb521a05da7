import { type Failure, PanelError } from '../base/panelError.ts';
import { visibleText } from '../base/visibleText.ts';

export type ReviewErrorReason = 'hunkGone' | 'notText' | 'couldNotPutBack';

export class ReviewError extends PanelError<ReviewErrorReason> {
  readonly family = 'review';
}

export function hunkGone(file: string): ReviewError {
  return new ReviewError('hunkGone', {
    message: `This change of ${visibleText(file)} is not there any more as the task left it.`,
    detail: 'Its lines were edited since.',
    remedy: 'Open the change and edit the file by hand, or put the whole file back.',
  });
}

export function notText(file: string): ReviewError {
  return new ReviewError('notText', {
    message: `${visibleText(file)} is no text any more, so a part of it cannot be put back.`,
    remedy: 'Put the whole file back.',
  });
}

export function couldNotPutBack(file: string, { message, remedy }: Failure): ReviewError {
  return new ReviewError('couldNotPutBack', {
    message: `${visibleText(file)} could not be put back.`,
    detail: message,
    remedy: remedy ?? 'Look whether another program has the file open, then try again.',
  });
}
