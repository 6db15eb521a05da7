import { type Failure, PanelError } from '../base/panelError.ts';

/** A profile that was found and cannot be used: the failure that its files were read with, as an error. */
export class ProblemWithProfile extends PanelError {
  readonly family: string;

  constructor(failure: Failure) {
    super(failure.reason, failure);
    this.family = failure.family;
  }
}
