import type { Approval } from '../../core/approvals/approval.ts';
import type { Commit } from '../../core/tasks/panelLog.ts';
import { isLive, type Task } from '../../core/tasks/task.ts';

export type NotificationLevel = 'needsYou' | 'all' | 'none';

export type Alert =
  | { readonly kind: 'approval'; readonly approval: Approval }
  | { readonly kind: 'endedBadly'; readonly task: Task }
  | { readonly kind: 'succeeded'; readonly task: Task };

interface Circumstances {
  readonly level: NotificationLevel;
  readonly isPanelVisible: boolean;
  readonly hostId: string;
}

/**
 * What a commit makes worth a notification, while nobody looks at the panel. A stop by a person never is. What another
 * VS Code window runs is that window's to tell.
 */
export function alertsOf(commit: Commit, { level, isPanelVisible, hostId }: Circumstances): readonly Alert[] {
  if (level === 'none' || isPanelVisible) {
    return [];
  }
  const requested = new Set<string>();
  const ended = new Set<string>();
  for (const { type, data, subject } of commit.events) {
    if (type === 'claude-panel.approval.requested') {
      requested.add((data as { readonly approval: Approval }).approval.id);
    }
    if (ENDINGS.has(type)) {
      ended.add(subject);
    }
  }
  const tasks = new Map(commit.tasks.map(task => [task.id, task]));
  const approvals = commit.approvals.filter(
    ({ id, status, taskId }) =>
      requested.has(id) && status.state === 'pending' && isOurs(tasks.get(taskId ?? ''), hostId),
  );
  return [
    ...approvals.map(approval => ({ kind: 'approval', approval }) as const),
    ...commit.tasks.filter(({ id }) => ended.has(id)).flatMap(task => endingAlert(task, level)),
  ];
}

const ENDINGS: ReadonlySet<string> = new Set([
  'claude-panel.task.succeeded',
  'claude-panel.task.failed',
  'claude-panel.task.timedOut',
  'claude-panel.task.overBudget',
]);

function endingAlert(task: Task, level: NotificationLevel): readonly Alert[] {
  switch (task.status.state) {
    case 'failed':
    case 'timedOut':
    case 'overBudget':
      return [{ kind: 'endedBadly', task }];
    case 'succeeded':
      return level === 'all' ? [{ kind: 'succeeded', task }] : [];
    default:
      return [];
  }
}

function isOurs(task: Task | undefined, hostId: string): boolean {
  if (task === undefined || !isLive(task.status)) {
    return true;
  }
  const { owner } = task.status;
  return owner.hostId === hostId || owner.surface !== 'VS Code window';
}
