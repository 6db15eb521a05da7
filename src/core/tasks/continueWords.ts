/** Said to Claude when its session is to be continued and the person said nothing more. */
export const CONTINUE_WORDS = 'Continue where you stopped.';
