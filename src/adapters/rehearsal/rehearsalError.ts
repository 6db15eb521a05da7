import { PanelError } from '../../base/panelError.ts';

export type RehearsalErrorReason = 'scenarioNotYaml' | 'scenarioInvalid' | 'portInUse' | 'listenFailed';

export class RehearsalError extends PanelError<RehearsalErrorReason> {
  readonly family = 'rehearsal';
}

/** Where in the text a fault is: both count from one. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

const at = (fileName: string, position: TextPosition): string => `${fileName}:${position.line}:${position.column}`;

export function scenarioNotYaml(fileName: string, position: TextPosition, detail: string): RehearsalError {
  return new RehearsalError('scenarioNotYaml', {
    message: `The rehearsal scenario is not valid YAML: ${at(fileName, position)}: ${detail}`,
    remedy: 'Correct the file at this place; quoting a value that holds a colon or braces often helps.',
  });
}

export function scenarioInvalid(fileName: string, position: TextPosition, detail: string): RehearsalError {
  return new RehearsalError('scenarioInvalid', {
    message: `The rehearsal scenario cannot be used: ${at(fileName, position)}: ${detail}`,
    remedy: 'Correct the file at this place; docs/rehearsal.md lists what a scenario may hold.',
  });
}

export function portInUse(port: number, cause: unknown): RehearsalError {
  return new RehearsalError('portInUse', {
    message: `The rehearsal model cannot listen on port ${port}.`,
    detail: 'Another program listens there, or the port is reserved by the system.',
    remedy: 'Choose another port, or none to get a free one.',
    cause,
  });
}

export function listenFailed(cause: unknown): RehearsalError {
  return new RehearsalError('listenFailed', {
    message: 'The rehearsal model could not be started.',
    detail: cause instanceof Error ? cause.message : String(cause),
    remedy: 'Check that programs may listen on the loopback address of this machine.',
    cause,
  });
}
