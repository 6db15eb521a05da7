import type { ChainSummary } from '../../protocol/chainView.ts';
import type { TaskStateView, TaskSummary } from '../../protocol/taskView.ts';
import { startOfDay } from '../format/clockText.ts';

type GroupId = 'working' | 'queued' | 'paused' | 'today' | 'earlier' | 'archived';

/** A row of the list: a task, or a chain with the tasks of its steps. */
export type WorkRow =
  | { readonly kind: 'task'; readonly task: TaskSummary }
  | { readonly kind: 'chain'; readonly chain: ChainSummary; readonly tasks: readonly TaskSummary[] };

export interface TaskGroup {
  readonly id: GroupId;
  readonly title: string;
  readonly rows: readonly WorkRow[];
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

/**
 * The groups of the list that hold anything, in the order in which they are shown. A task of a chain is shown with its
 * chain, and a chain that a step started with that step's; what is only planned is not in the list.
 */
export function groupTasks(
  tasks: Iterable<TaskSummary>,
  now: number,
  showArchived: boolean,
  chains: Iterable<ChainSummary> = [],
): TaskGroup[] {
  const today = startOfDay(now);
  const members = new Map<GroupId, WorkRow[]>();
  const add = (id: GroupId, row: WorkRow): void => {
    const group = members.get(id);
    if (group === undefined) {
      members.set(id, [row]);
    } else {
      group.push(row);
    }
  };
  const known = new Map([...tasks].map(task => [task.id, task]));
  const ofChains = new Set<string>();
  const listed = new Map([...chains].map(chain => [chain.id, chain]));
  for (const chain of listed.values()) {
    const isInner = chain.parentId !== undefined && listed.has(chain.parentId);
    if (chain.state === 'planned' || isInner) {
      continue;
    }
    const own = tasksWithin(chain, [...listed.values()]).flatMap(id => known.get(id) ?? []);
    for (const { id } of own) {
      ofChains.add(id);
    }
    add(chainGroup(chain, today), { kind: 'chain', chain, tasks: own });
  }
  for (const task of known.values()) {
    const id = groupOf(task, today);
    if (!ofChains.has(task.id) && (id !== 'archived' || showArchived)) {
      add(id, { kind: 'task', task });
    }
  }
  return ORDER.flatMap(id => {
    const group = members.get(id);
    return group === undefined ? [] : [{ id, title: TITLES[id], rows: group.sort(orderIn(id)) }];
  });
}

/** The tasks of a chain and of those that its steps started. */
function tasksWithin(chain: ChainSummary, all: readonly ChainSummary[]): readonly string[] {
  const inner = all.filter(({ id, parentId }) => parentId === chain.id && id !== chain.id);
  return [...chain.taskIds, ...inner.flatMap(each => tasksWithin(each, all))];
}

function chainGroup(chain: ChainSummary, today: number): GroupId {
  if (chain.ended !== undefined) {
    return chain.ended >= today ? 'today' : 'earlier';
  }
  return chain.state === 'queued' ? 'queued' : 'working';
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

function orderIn(id: GroupId): (a: WorkRow, b: WorkRow) => number {
  switch (id) {
    case 'working':
      // What waits for the person comes first; else the order never changes under the pointer.
      return (a, b) => Number(waits(b)) - Number(waits(a)) || byCreation(b, a);
    case 'queued':
      return byCreation;
    case 'paused':
      return (a, b) => byCreation(b, a);
    default:
      return (a, b) => endOf(b) - endOf(a) || byCreation(b, a);
  }
}

function waits(row: WorkRow): boolean {
  return row.kind === 'task' ? row.task.state === 'waiting' : row.chain.pendingApprovals > 0;
}

function subject(row: WorkRow): TaskSummary | ChainSummary {
  return row.kind === 'task' ? row.task : row.chain;
}

function endOf(row: WorkRow): number {
  const { ended, created } = subject(row);
  return ended ?? created;
}

function byCreation(a: WorkRow, b: WorkRow): number {
  const [one, other] = [subject(a), subject(b)];
  return one.created - other.created || (one.id < other.id ? -1 : 1);
}

/** Milliseconds that a task has worked by now. */
export function workedMs(task: TaskSummary, now: number): number {
  const running = task.runningSince === undefined || isFinal(task.state) ? 0 : Math.max(0, now - task.runningSince);
  return task.workedMs + running;
}
