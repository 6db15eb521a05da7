import { isFinal, isLive, type Task } from '../../core/tasks/task.ts';

/** A task as other programs read it: the columns of the table `tasks`, times in milliseconds since the epoch. */
export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly profile: string;
  readonly session_id: string | null;
  readonly cwd: string;
  readonly model: string | null;
  readonly cost_usd: number;
  readonly created: number;
  readonly ended: number | null;
  readonly owner_host: string | null;
  readonly archived: boolean;
}

export function taskRow(task: Task): TaskRow {
  const { status } = task;
  return {
    id: task.id,
    title: task.title,
    state: status.state,
    profile: task.profile.name,
    session_id: task.sessionId ?? null,
    cwd: task.cwd,
    model: task.model ?? null,
    cost_usd: task.costUsd,
    created: task.created,
    ended: isFinal(status) ? status.ended : null,
    owner_host: isLive(status) ? status.owner.hostId : null,
    archived: task.archived,
  };
}
