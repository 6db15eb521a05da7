import { PanelError } from '../../base/panelError.ts';

export type ProcessErrorReason =
  | 'notFound'
  | 'notExecutable'
  | 'workingFolderGone'
  | 'badArguments'
  | 'startFailed'
  | 'inputClosed';

export class ProcessError extends PanelError<ProcessErrorReason> {
  readonly family = 'process';
}

export function programNotFound(file: string, cause?: unknown): ProcessError {
  return new ProcessError('notFound', {
    message: `The program ${file} was not found.`,
    remedy: 'Check that it is installed, and that its path is right.',
    cause,
  });
}

export function programNotExecutable(file: string, cause?: unknown): ProcessError {
  return new ProcessError('notExecutable', {
    message: `The program ${file} cannot be run.`,
    detail: 'The system refused to run it: it is not a program, is made for another machine, or lacks the permission.',
    remedy: 'Check the path, and that you may run this file.',
    cause,
  });
}

export function workingFolderGone(folder: string, cause?: unknown): ProcessError {
  return new ProcessError('workingFolderGone', {
    message: `The folder ${folder} is not there any more.`,
    detail: 'It was deleted, renamed or unmounted, or it is not a folder.',
    remedy: 'Bring the folder back, or choose another one.',
    cause,
  });
}

export function badArguments(file: string, cause: unknown): ProcessError {
  return new ProcessError('badArguments', {
    message: `The program ${file} cannot be given these arguments.`,
    detail: cause instanceof Error ? cause.message : String(cause),
    remedy: 'On Windows, give the path of the .exe file in place of the .cmd file.',
    cause,
  });
}

export function startFailed(file: string, cause: unknown): ProcessError {
  return new ProcessError('startFailed', {
    message: `The program ${file} could not be started.`,
    detail: cause instanceof Error ? cause.message : String(cause),
    remedy: 'Close other programs, and try again.',
    cause,
  });
}

export function inputClosed(cause?: unknown): ProcessError {
  return new ProcessError('inputClosed', {
    message: 'The program does not take input any more.',
    detail: 'It has ended, or it has closed its input.',
    remedy: 'Start it again.',
    cause,
  });
}
