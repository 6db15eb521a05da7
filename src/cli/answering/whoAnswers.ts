type Route =
  | 'askHere'
  /** Another surface is open where a person can answer. */
  | 'waitForOthers'
  /** Nobody is known to be there, but somebody may type an answer in another terminal. */
  | 'waitAWhile'
  | 'denyForNobody';

interface WhoIsThere {
  /** A person can be asked at this terminal. */
  readonly isInteractive: boolean;
  readonly othersCanAnswer: boolean;
  /** How long the question is open, and how long it may be with nobody there; milliseconds. */
  readonly openFor: number;
  readonly grace: number;
}

/** Where the answer to an open question comes from. Pure. */
export function whoAnswers({ isInteractive, othersCanAnswer, openFor, grace }: WhoIsThere): Route {
  if (isInteractive) {
    return 'askHere';
  }
  if (othersCanAnswer) {
    return 'waitForOthers';
  }
  return openFor < grace ? 'waitAWhile' : 'denyForNobody';
}
