import type { TaskSummary } from '../../protocol/taskView.ts';
import type { TaskGroup } from '../state/taskGroups.ts';

export type ListEntry =
  | { readonly kind: 'group'; readonly key: string; readonly group: TaskGroup; readonly folded: boolean }
  | { readonly kind: 'task'; readonly key: string; readonly task: TaskSummary }
  | { readonly kind: 'action'; readonly key: 'archived' | 'older'; readonly label: string };

/** The list as one row after another, folded groups without their tasks. */
export function listEntries(options: {
  readonly groups: readonly TaskGroup[];
  readonly folded: readonly string[];
  readonly archivedCount: number;
  readonly showArchived: boolean;
  readonly olderTasks: number;
}): ListEntry[] {
  const entries: ListEntry[] = [];
  for (const group of options.groups) {
    const folded = options.folded.includes(group.id);
    entries.push({ kind: 'group', key: `group ${group.id}`, group, folded });
    if (!folded) {
      entries.push(...group.tasks.map(task => ({ kind: 'task', key: `task ${task.id}`, task }) as const));
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
