import type { Disposable } from '../../base/disposable.ts';
import type { LogEvent } from '../../core/events/cloudEvent.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import type { TaskLogFact } from '../../core/tasks/taskFact.ts';

const PAGE = 500;

/** An event of the log whose type says what its data is. */
export type TaskEvent = TaskLogFact extends infer Fact ? (Fact extends TaskLogFact ? LogEvent<Fact> : never) : never;

export interface LogFollower extends Disposable {
  /** Reads what is there by now. */
  catchUp(): void;
}

/**
 * Tells every event after a position once and in order, those of other processes too. It reads the log itself each time
 * that something was committed, so that nothing is missed and nothing comes twice.
 */
export function followLog(
  log: PanelLog,
  from: { readonly after: number; readonly subject?: string },
  onEvent: (event: TaskEvent) => void,
): LogFollower {
  const { subject } = from;
  let position = from.after;
  let isReading = false;
  let hasMore = false;
  let isDisposed = false;

  const read = (): void => {
    for (;;) {
      const page = log.events({ after: position, limit: PAGE, ...(subject === undefined ? {} : { subject }) });
      for (const event of page) {
        if (isDisposed) {
          return;
        }
        position = event.seq;
        onEvent(event as TaskEvent);
      }
      if (page.length < PAGE) {
        return;
      }
    }
  };
  const catchUp = (): void => {
    // An event that a listener causes is read by the loop that is under way.
    hasMore = true;
    if (isReading) {
      return;
    }
    isReading = true;
    try {
      while (hasMore && !isDisposed) {
        hasMore = false;
        read();
      }
    } finally {
      isReading = false;
    }
  };
  const subscription = log.onDidCommit(commit => {
    if (subject === undefined || commit.events.some(event => event.subject === subject)) {
      catchUp();
    }
  });
  return {
    catchUp,
    dispose: () => {
      isDisposed = true;
      subscription.dispose();
    },
  };
}
