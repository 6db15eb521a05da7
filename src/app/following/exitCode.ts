import type { ChainRun } from '../../core/chains/chainRun.ts';
import type { Task } from '../../core/tasks/task.ts';

/** How the program ends. Part of the contract in `docs/cli.md`: never renumbered. */
export const EXIT = {
  succeeded: 0,
  failed: 1,
  usage: 2,
  denied: 3,
  timedOut: 124,
  stopped: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * The exit code for a task that this program no longer follows.
 * A denial outranks the end that the task came to by itself, because then less was done than was asked for.
 */
export function exitCodeOf(status: Task['status'], somethingWasDenied: boolean): ExitCode {
  switch (status.state) {
    case 'succeeded':
      return somethingWasDenied ? EXIT.denied : EXIT.succeeded;
    case 'failed':
    case 'overBudget':
      return somethingWasDenied ? EXIT.denied : EXIT.failed;
    case 'timedOut':
      return EXIT.timedOut;
    default:
      // Stopped, or set aside before it came to an end.
      return EXIT.stopped;
  }
}

/** The same for a chain. One that used up its minutes has reached its time limit, as a task has. */
export function chainExitCode(status: ChainRun['status'], somethingWasDenied: boolean): ExitCode {
  switch (status.state) {
    case 'succeeded':
      return somethingWasDenied ? EXIT.denied : EXIT.succeeded;
    case 'failed':
      if (status.failure.family === 'chain' && status.failure.reason === 'outOfTime') {
        return EXIT.timedOut;
      }
      return somethingWasDenied ? EXIT.denied : EXIT.failed;
    default:
      return EXIT.stopped;
  }
}
