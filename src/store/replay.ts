import { reduceChain } from '../core/chains/chainReducer.ts';
import type { ChainRun } from '../core/chains/chainRun.ts';
import type { LogEvent } from '../core/events/cloudEvent.ts';
import type { LogFact } from '../core/tasks/logFact.ts';
import type { Task } from '../core/tasks/task.ts';
import type { TaskLogFact } from '../core/tasks/taskFact.ts';
import { reduceTask } from '../core/tasks/taskReducer.ts';
import type { EventRepository } from './eventRepository.ts';

/** A task as its events alone tell it: the rows beside the log can always be made again. */
export function replayTask(events: EventRepository, id: string): Task | undefined {
  return replay<Task>(events, id, (task, event) =>
    reduceTask(task, id, { type: event.type, data: event.data } as TaskLogFact, Date.parse(event.time)),
  );
}

/** A chain, in the same way. */
export function replayChain(events: EventRepository, id: string): ChainRun | undefined {
  return replay<ChainRun>(events, id, (run, event) => reduceChain(run, id, event, Date.parse(event.time)));
}

/** Data of a shape that this version does not know changes nothing. */
function replay<State>(
  events: EventRepository,
  id: string,
  reduce: (state: State | undefined, event: LogEvent<LogFact>) => State | undefined,
): State | undefined {
  return events.after(0, Number.MAX_SAFE_INTEGER, id).reduce<State | undefined>((state, event) => {
    try {
      return reduce(state, event);
    } catch {
      return state;
    }
  }, undefined);
}
