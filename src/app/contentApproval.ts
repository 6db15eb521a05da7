import type { Approval } from '../core/approvals/approval.ts';
import type { WorkspaceContent } from '../core/profiles/workspaceContent.ts';

/** Content of a folder as it is shown to the person who approves it. */
export type ShownContent = Pick<WorkspaceContent, 'headline' | 'files' | 'grants' | 'content' | 'fingerprint'>;

export interface ContentQuestion {
  readonly id: string;
  readonly content: ShownContent;
  readonly folder: string;
  /** The task that waits for it; absent when the task is not made before the answer. */
  readonly taskId?: string;
  readonly taskTitle: string;
  readonly why: string;
  readonly blocks: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly deadlineMs?: number | undefined;
}

/** Asks whether what files of a folder would start or grant may be started and granted. Pure. */
export function contentApproval(question: ContentQuestion): Approval {
  const { id, content, folder, taskId, taskTitle, why, blocks, now, deadlineMs } = question;
  const { headline, files, grants, content: text, fingerprint } = content;
  return {
    id,
    ...(taskId === undefined ? {} : { taskId }),
    taskTitle,
    folder,
    subject: { kind: 'workspaceContent', headline, files, grants, content: text, fingerprint },
    fingerprint,
    why,
    blocks,
    choices: [
      { id: 'approveContent', label: 'Approve this content', grants: true, updates: [] },
      { id: 'deny', label: 'Do not use it', grants: false, updates: [] },
    ],
    created: now,
    ...(deadlineMs === undefined ? {} : { deadline: now + deadlineMs }),
    status: { state: 'pending' },
  };
}

/** Whether it asks for exactly this content. */
export function asksFor({ subject }: Approval, fingerprint: string): boolean {
  return subject.kind === 'workspaceContent' && subject.fingerprint === fingerprint;
}
