import process from 'node:process';
import { ExpectedFailure } from './setup/failure.mjs';
import { say } from './setup/progress.mjs';

/**
 * Runs a script's work and makes its result the exit code; a failure is told in words, a bug with its stack.
 * @param {() => Promise<number>} work
 */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    say(error instanceof ExpectedFailure ? error.message : describe(error));
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
