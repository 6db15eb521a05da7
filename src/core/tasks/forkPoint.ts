import type { Task } from './task.ts';
import { noSession, nothingBefore } from './taskErrors.ts';

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
