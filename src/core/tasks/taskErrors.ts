import { type Failure, PanelError } from '../../base/panelError.ts';

export type TaskErrorReason =
  | 'emptyPrompt'
  | 'promptTooLong'
  | 'folderMissing'
  | 'unknownTask'
  | 'unknownApproval'
  | 'alreadyAnswered'
  | 'badAnswer'
  | 'notPossibleNow'
  | 'noSession'
  | 'nothingBefore'
  | 'contentNotApproved'
  | 'leftOver'
  | 'snapshotTooSlow'
  | 'noSnapshot';

export class TaskError extends PanelError<TaskErrorReason> {
  readonly family = 'task';
}

export function emptyPrompt(): TaskError {
  return new TaskError('emptyPrompt', {
    message: 'The task has no text.',
    remedy: 'Say what Claude should do, then run it again.',
  });
}

export function promptTooLong(length: number, most: number): TaskError {
  return new TaskError('promptTooLong', {
    message: `The text has ${length} characters; at most ${most} can be sent.`,
    remedy: 'Put the long part into a file in the workspace and name the file in the task.',
  });
}

export function folderMissing(folder: string): TaskError {
  return new TaskError('folderMissing', {
    message: `The folder ${folder} is not there.`,
    remedy: 'Choose a folder that exists, or restore this one.',
  });
}

export function unknownTask(id: string): TaskError {
  return new TaskError('unknownTask', {
    message: `There is no task ${id} in this workspace.`,
    remedy: 'List the tasks to see their ids.',
  });
}

export function unknownApproval(id: string): TaskError {
  return new TaskError('unknownApproval', {
    message: `There is no question ${id} in this workspace.`,
    remedy: 'List the tasks to see what waits for an answer.',
  });
}

export function alreadyAnswered(how: string): TaskError {
  return new TaskError('alreadyAnswered', {
    message: `This was settled before: ${how}`,
    remedy: 'Nothing more is needed.',
  });
}

export function badAnswer(why: string): TaskError {
  return new TaskError('badAnswer', {
    message: 'This answer does not fit the question.',
    detail: why,
    remedy: 'Choose one of the answers that are offered.',
  });
}

export function notPossibleNow(what: string, state: string): TaskError {
  return new TaskError('notPossibleNow', {
    message: `${what} is not possible while the task is ${state}.`,
    remedy: 'Look at the state of the task first.',
  });
}

/** @param why what was answered, or why there was no answer */
export function contentNotApproved(headline: string, why: string): TaskError {
  return new TaskError('contentNotApproved', {
    message: 'The task was not started: what files of its folder would start or grant was not approved.',
    detail: `${headline} ${why}`.trim(),
    remedy:
      'Look at these files, then run the task again and approve them, or use the profile "safe", which obeys none of them.',
  });
}

export function noSession(): TaskError {
  return new TaskError('noSession', {
    message: 'This task never reached a session that could be continued.',
    remedy: 'Run it again as a new task.',
  });
}

export function snapshotTooSlow(seconds: number): TaskError {
  return new TaskError('snapshotTooSlow', {
    message: `The snapshot was not ready after ${seconds} seconds, so it was given up.`,
    remedy: 'Name large folders that need no undo in .gitignore.',
  });
}

export function noSnapshot(why: Failure | undefined): TaskError {
  return new TaskError('noSnapshot', {
    message:
      'The task was not run: it needs a snapshot first, so that everything can be undone, and none could be taken.',
    ...(why === undefined ? {} : { detail: [why.message, why.detail].filter(Boolean).join(' ') }),
    remedy: why?.remedy ?? 'Look into the log of the control panel.',
  });
}

export function nothingBefore(): TaskError {
  return new TaskError('nothingBefore', {
    message: 'Before this task there was no conversation that could be gone on with.',
    detail: 'A conversation can be taken up at the point before a later message, not before its first one.',
    remedy: 'Start a new task.',
  });
}
