import type { ChainSummary } from '../../protocol/chainView.ts';
import type { TaskSummary } from '../../protocol/taskView.ts';
import type { TaskGroup, WorkRow } from '../state/taskGroups.ts';

export type ListEntry =
  | { readonly kind: 'group'; readonly key: string; readonly group: TaskGroup; readonly folded: boolean }
  /** `chainId` when it stands below its chain. */
  | { readonly kind: 'task'; readonly key: string; readonly task: TaskSummary; readonly chainId?: string }
  | {
      readonly kind: 'chain';
      readonly key: string;
      readonly chain: ChainSummary;
      readonly taskCount: number;
      readonly unfolded: boolean;
    }
  | { readonly kind: 'action'; readonly key: 'archived' | 'older'; readonly label: string };

/** The list as one row after another, folded groups and chains without their tasks. */
export function listEntries(options: {
  readonly groups: readonly TaskGroup[];
  readonly folded: readonly string[];
  /** Ids of the chains whose tasks are shown. */
  readonly unfoldedChains: readonly string[];
  readonly archivedCount: number;
  readonly showArchived: boolean;
  readonly olderTasks: number;
}): ListEntry[] {
  const entries: ListEntry[] = [];
  for (const group of options.groups) {
    const folded = options.folded.includes(group.id);
    entries.push({ kind: 'group', key: `group ${group.id}`, group, folded });
    if (!folded) {
      entries.push(...group.rows.flatMap(row => rowEntries(row, options.unfoldedChains)));
    }
  }
  if (options.olderTasks > 0) {
    entries.push({ kind: 'action', key: 'older', label: `Show older tasks (${options.olderTasks})` });
  }
  if (options.archivedCount > 0) {
    const label = options.showArchived ? 'Hide archived tasks' : `Show archived tasks (${options.archivedCount})`;
    entries.push({ kind: 'action', key: 'archived', label });
  }
  return entries;
}

function rowEntries(row: WorkRow, unfoldedChains: readonly string[]): ListEntry[] {
  if (row.kind === 'task') {
    return [{ kind: 'task', key: `task ${row.task.id}`, task: row.task }];
  }
  const { chain, tasks } = row;
  const unfolded = tasks.length > 0 && unfoldedChains.includes(chain.id);
  const own: ListEntry = { kind: 'chain', key: `chain ${chain.id}`, chain, taskCount: tasks.length, unfolded };
  return unfolded
    ? [own, ...tasks.map(task => ({ kind: 'task', key: `task ${task.id}`, task, chainId: chain.id }) as const)]
    : [own];
}
