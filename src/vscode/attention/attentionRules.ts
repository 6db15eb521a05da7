import { isWindowSource } from '../../app/logSource.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import type { Commit } from '../../core/tasks/panelLog.ts';
import type { Task } from '../../core/tasks/task.ts';

export type NotificationLevel = 'needsYou' | 'all' | 'none';

export type Alert =
  | { readonly kind: 'approval'; readonly approval: Approval }
  | { readonly kind: 'endedBadly'; readonly task: Task }
  | { readonly kind: 'succeeded'; readonly task: Task };

interface Circumstances {
  readonly level: NotificationLevel;
  readonly isPanelVisible: boolean;
  /** What this window writes into the log as the source of its events. */
  readonly ownSource: string;
  /** Of several windows one tells what happens outside of all of them, such as in a terminal. Asked only when needed. */
  readonly isFirstWindow: () => boolean;
}

/**
 * What a commit makes worth a notification, while nobody looks at the panel. A stop by a person never is. What another
 * VS Code window wrote is that window's to tell.
 */
export function alertsOf(commit: Commit, circumstances: Circumstances): readonly Alert[] {
  const { level, isPanelVisible } = circumstances;
  if (level === 'none' || isPanelVisible) {
    return [];
  }
  const requested = new Set<string>();
  const ended = new Set<string>();
  for (const { type, data, subject } of commit.events.filter(
    ({ type, source }) => isAlerting(type) && isOurs(source, circumstances),
  )) {
    if (type === REQUESTED) {
      requested.add((data as { readonly approval: Approval }).approval.id);
    }
    if (ENDINGS.has(type)) {
      ended.add(subject);
    }
  }
  const approvals = commit.approvals.filter(({ id, status }) => requested.has(id) && status.state === 'pending');
  return [
    ...approvals.map(approval => ({ kind: 'approval', approval }) as const),
    ...commit.tasks.filter(({ id }) => ended.has(id)).flatMap(task => endingAlert(task, level)),
  ];
}

const REQUESTED = 'claude-panel.approval.requested';
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

function isAlerting(type: string): boolean {
  return type === REQUESTED || ENDINGS.has(type);
}

function isOurs(source: string, { ownSource, isFirstWindow }: Circumstances): boolean {
  return source === ownSource || (!isWindowSource(source) && isFirstWindow());
}
