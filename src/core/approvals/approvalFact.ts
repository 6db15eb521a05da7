import type { Actor } from '../events/actor.ts';
import type { Fact } from '../events/cloudEvent.ts';
import type { Approval, ApprovalAnswer } from './approval.ts';

/** What the log holds about approvals. The subject is the task when there is one, else the approval. */
export type ApprovalFact =
  | Fact<'claude-panel.approval.requested', { readonly approval: Approval }>
  | Fact<
      'claude-panel.approval.answered',
      {
        readonly approvalId: string;
        readonly at: number;
        readonly by: Actor;
        readonly answer: ApprovalAnswer;
        readonly granted: boolean;
        readonly text: string;
      }
    >
  | Fact<'claude-panel.approval.expired', { readonly approvalId: string; readonly at: number }>
  | Fact<'claude-panel.approval.withdrawn', { readonly approvalId: string; readonly at: number; readonly why: string }>;
