import type { Task } from './task.ts';
import { noSession, nothingBefore } from './taskErrors.ts';

/** Whether a fork can go on with the conversation as it was before the last run. */
export function hasPointBeforeLastRun({ sessionId, sessionStarted, snapshots = [] }: Task): boolean {
  return sessionId !== undefined && sessionStarted && snapshots.at(-1)?.line !== undefined;
}

/**
 * Whether exactly the last run is undone, so that the conversation before it fits what is in the folder. With more
 * undone it would still believe in the rest, with less it would not know of what is left.
 */
export function isBeforeLastRun(task: Task): boolean {
  return task.undone?.part === 'lastRun' && hasPointBeforeLastRun(task);
}

/** Where the conversation of a task stood before its last run. @throws TaskError `noSession`, `nothingBefore` */
export function pointBeforeLastRun({ sessionId, sessionStarted, snapshots = [] }: Task): {
  readonly sessionId: string;
  readonly line: string;
} {
  if (sessionId === undefined || !sessionStarted) {
    throw noSession();
  }
  const line = snapshots.at(-1)?.line;
  if (line === undefined) {
    throw nothingBefore();
  }
  return { sessionId, line };
}
