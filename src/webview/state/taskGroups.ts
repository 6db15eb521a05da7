import type { TaskStateView, TaskSummary } from '../../protocol/taskView.ts';
import { startOfDay } from '../format/clockText.ts';

export type GroupId = 'working' | 'queued' | 'paused' | 'today' | 'earlier' | 'archived';

export interface TaskGroup {
  readonly id: GroupId;
  readonly title: string;
  readonly tasks: readonly TaskSummary[];
}

const TITLES: Readonly<Record<GroupId, string>> = {
  working: 'Working',
  queued: 'Queued',
  paused: 'Paused',
  today: 'Today',
  earlier: 'Earlier',
  archived: 'Archived',
};
const ORDER: readonly GroupId[] = ['working', 'queued', 'paused', 'today', 'earlier', 'archived'];

export function isFinal(state: TaskStateView): boolean {
  return (
    state === 'succeeded' || state === 'failed' || state === 'stopped' || state === 'timedOut' || state === 'overBudget'
  );
}

/** A process of it is alive, or is about to be. */
export function isLive(state: TaskStateView): boolean {
  return state === 'starting' || state === 'running' || state === 'waiting';
}

/** The groups of the list that hold anything, in the order in which they are shown. */
export function groupTasks(tasks: Iterable<TaskSummary>, now: number, showArchived: boolean): TaskGroup[] {
  const today = startOfDay(now);
  const members = new Map<GroupId, TaskSummary[]>();
  for (const task of tasks) {
    const id = groupOf(task, today);
    if (id === 'archived' && !showArchived) {
      continue;
    }
    const group = members.get(id);
    if (group === undefined) {
      members.set(id, [task]);
    } else {
      group.push(task);
    }
  }
  return ORDER.flatMap(id => {
    const group = members.get(id);
    return group === undefined ? [] : [{ id, title: TITLES[id], tasks: group.sort(orderIn(id)) }];
  });
}

function groupOf(task: TaskSummary, today: number): GroupId {
  if (isFinal(task.state)) {
    if (task.archived) {
      return 'archived';
    }
    return (task.ended ?? task.created) >= today ? 'today' : 'earlier';
  }
  if (task.state === 'queued' || task.state === 'paused') {
    return task.state;
  }
  return 'working';
}

function orderIn(id: GroupId): (a: TaskSummary, b: TaskSummary) => number {
  switch (id) {
    case 'working':
      // What waits for the person comes first; else the order never changes under the pointer.
      return (a, b) => Number(b.state === 'waiting') - Number(a.state === 'waiting') || byCreation(b, a);
    case 'queued':
      return byCreation;
    case 'paused':
      return (a, b) => byCreation(b, a);
    default:
      return (a, b) => (b.ended ?? b.created) - (a.ended ?? a.created) || byCreation(b, a);
  }
}

function byCreation(a: TaskSummary, b: TaskSummary): number {
  return a.created - b.created || (a.id < b.id ? -1 : 1);
}

/** Milliseconds that a task has worked by now. */
export function workedMs(task: TaskSummary, now: number): number {
  const running = task.runningSince === undefined || isFinal(task.state) ? 0 : Math.max(0, now - task.runningSince);
  return task.workedMs + running;
}
