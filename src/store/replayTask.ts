import type { LogEvent } from '../core/events/cloudEvent.ts';
import type { Task } from '../core/tasks/task.ts';
import type { TaskLogFact } from '../core/tasks/taskFact.ts';
import { reduceTask } from '../core/tasks/taskReducer.ts';
import type { EventRepository } from './eventRepository.ts';

/** A task as its events alone tell it: the rows beside the log can always be made again. */
export function replayTask(events: EventRepository, id: string): Task | undefined {
  return events
    .after(0, Number.MAX_SAFE_INTEGER, id)
    .reduce<Task | undefined>((task, event) => reduceStored(task, id, event), undefined);
}

/** Data of a shape that this version does not know changes nothing. */
function reduceStored(task: Task | undefined, id: string, event: LogEvent<TaskLogFact>): Task | undefined {
  try {
    return reduceTask(task, id, { type: event.type, data: event.data } as TaskLogFact, Date.parse(event.time));
  } catch {
    return task;
  }
}
