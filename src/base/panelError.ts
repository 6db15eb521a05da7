/**
 * The root of every failure that a person may see: what happened (`message`), why (`detail`) and what to do (`remedy`).
 * Code branches on `family` and `reason`, never on text.
 */
export abstract class PanelError<Reason extends string = string> extends Error {
  abstract readonly family: string;
  readonly reason: Reason;
  readonly detail: string | undefined;
  readonly remedy: string | undefined;

  constructor(
    reason: Reason,
    text: { message: string; detail?: string | undefined; remedy?: string | undefined; cause?: unknown },
  ) {
    super(text.message, text.cause === undefined ? undefined : { cause: text.cause });
    this.reason = reason;
    this.detail = text.detail;
    this.remedy = text.remedy;
  }
}

/** A failure as plain data, for the log, the webview and the command line. */
export interface Failure {
  readonly family: string;
  readonly reason: string;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly remedy?: string | undefined;
}

export function toFailure(error: unknown): Failure {
  if (error instanceof PanelError) {
    return {
      family: error.family,
      reason: error.reason,
      message: error.message,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    family: 'internal',
    reason: 'unexpected',
    message,
    remedy: 'Open the log of the control panel for details.',
  };
}
