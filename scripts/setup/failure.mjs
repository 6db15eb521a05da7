/** Something that went wrong for a reason that its message tells in full: no stack is shown for it. */
export class ExpectedFailure extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = new.target.name;
  }
}

/** Something that cannot be had on this machine; what needs it is skipped, with this reason. */
export class Unavailable extends ExpectedFailure {}

/** A program that could not be started, ended with an error, or took too long. */
export class CommandFailed extends ExpectedFailure {}
