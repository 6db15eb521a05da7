import type { Approval } from './approval.ts';
import type { ApprovalFact } from './approvalFact.ts';

/** The only place where an approval's state changes. A settled approval never changes again: the first answer wins. */
export function reduceApproval(approval: Approval | undefined, fact: ApprovalFact): Approval | undefined {
  if (fact.type === 'claude-panel.approval.requested') {
    return approval ?? fact.data.approval;
  }
  if (approval === undefined || approval.status.state !== 'pending') {
    return approval;
  }
  switch (fact.type) {
    case 'claude-panel.approval.answered':
      return {
        ...approval,
        status: { state: 'answered', at: fact.data.at, by: fact.data.by, answer: fact.data.answer },
      };
    case 'claude-panel.approval.expired':
      return { ...approval, status: { state: 'expired', at: fact.data.at } };
    case 'claude-panel.approval.withdrawn':
      return { ...approval, status: { state: 'withdrawn', at: fact.data.at, why: fact.data.why } };
  }
}

export function approvalIdOf(fact: ApprovalFact): string {
  return fact.type === 'claude-panel.approval.requested' ? fact.data.approval.id : fact.data.approvalId;
}
