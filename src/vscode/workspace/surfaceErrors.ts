import { PanelError } from '../../base/panelError.ts';

export type SurfaceErrorReason =
  | 'noFolder'
  | 'notTrusted'
  | 'closing'
  | 'unknownFolder'
  | 'cannotShow'
  | 'cannotAllowEdits'
  | 'cannotUseText'
  | 'unknownCommand'
  | 'badRequest'
  | 'notUnderstood'
  | 'fileTaken'
  | 'badLink'
  | 'noClaude';

export class SurfaceError extends PanelError<SurfaceErrorReason> {
  readonly family = 'surface';
}

export function noFolder(): SurfaceError {
  return new SurfaceError('noFolder', {
    message: 'No folder is open, so there is nothing that Claude could work on.',
    remedy: 'Open a folder first.',
  });
}

export function notTrusted(): SurfaceError {
  return new SurfaceError('notTrusted', {
    message: 'This folder is not trusted, so nothing is started in it.',
    detail: 'Claude Code runs programs and reads settings from the folder.',
    remedy: 'Trust the folder when you know where it comes from.',
  });
}

export function closing(): SurfaceError {
  return new SurfaceError('closing', {
    message: 'The window is closing.',
    remedy: 'Try again when it is back.',
  });
}

export function unknownFolder(folder: string): SurfaceError {
  return new SurfaceError('unknownFolder', {
    message: `${folder} is not a folder of this window.`,
    remedy: 'Choose one of the folders that are open.',
  });
}

export function cannotShow(what: string, why: string): SurfaceError {
  return new SurfaceError('cannotShow', {
    message: `${what} cannot be shown.`,
    detail: why,
    remedy: 'The card in the panel holds the whole input.',
  });
}

export function cannotUseText(why: string): SurfaceError {
  return new SurfaceError('cannotUseText', {
    message: 'This text cannot be used yet.',
    detail: why,
    remedy: 'Change it and press "Use This Text" again, or close the editor to run nothing.',
  });
}

export function cannotAllowEdits(why: string): SurfaceError {
  return new SurfaceError('cannotAllowEdits', {
    message: 'These edits cannot be allowed.',
    detail: why,
    remedy: 'The question is still open: answer it in the panel, or open the proposal again.',
  });
}

export function unknownCommand(command: string): SurfaceError {
  return new SurfaceError('unknownCommand', {
    message: `The panel asked for ${command}, which it may not run.`,
    remedy: 'Use the command palette.',
  });
}

/** What another extension, a key binding or a link asked for. */
export function badRequest(why: string): SurfaceError {
  return new SurfaceError('badRequest', {
    message: 'This command was not run.',
    detail: why,
    remedy: 'Give the name of a command and values for its inputs: { "command": "daily-standup", "inputs": { … } }.',
  });
}

export function badLinkedCommand(): SurfaceError {
  return new SurfaceError('badRequest', {
    message: 'The link was not followed.',
    detail: 'It names no command, or what it would run is too long to be shown to you first.',
    remedy: 'Run the command from the palette.',
  });
}

/** A view asked for what does not fit the protocol; `where` is the part that does not. */
export function notUnderstood(where: string): SurfaceError {
  return new SurfaceError('notUnderstood', {
    message: 'The panel asked for something that the extension cannot take.',
    detail: `What does not fit is ${where}.`,
    remedy: 'Shorten it when it is a very long text. Otherwise reload the window.',
  });
}

export function fileTaken(file: string): SurfaceError {
  return new SurfaceError('fileTaken', {
    message: `${file} is there already.`,
    remedy: 'Open it, or choose another name.',
  });
}

export function badLink(): SurfaceError {
  return new SurfaceError('badLink', {
    message: 'This link leads neither to a web page nor to a file of the workspace.',
    remedy: 'Look at its address before you open it by hand.',
  });
}

/** What the look at Claude Code found. */
export function noClaude({ text, remedy }: { readonly text: string; readonly remedy?: string }): SurfaceError {
  return new SurfaceError('noClaude', {
    message: text,
    remedy: remedy ?? 'Select the Claude Code program, then run the task again.',
  });
}
