import type { ApprovalCard } from '../../protocol/approvalView.ts';

/** How long an answered card stays, so that one sees who answered it. */
export const ANSWERED_SHOWN_MS = 4_000;

/** The cards to show, oldest first: those that wait, and those that were settled a moment ago. */
export function inboxCards(approvals: Iterable<ApprovalCard>, now: number, taskId?: string): ApprovalCard[] {
  return [...approvals]
    .filter(card => (taskId === undefined || card.taskId === taskId) && isShown(card, now))
    .sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
}

export function pendingCount(approvals: Iterable<ApprovalCard>): number {
  let count = 0;
  for (const card of approvals) {
    count += card.status.state === 'pending' ? 1 : 0;
  }
  return count;
}

function isShown(card: ApprovalCard, now: number): boolean {
  return card.status.state === 'pending' || now - card.status.at < ANSWERED_SHOWN_MS;
}

/** When the next settled card has to leave, if one is shown. */
export function nextLeaving(cards: readonly ApprovalCard[]): number | undefined {
  const times = cards.flatMap(card => (card.status.state === 'pending' ? [] : [card.status.at + ANSWERED_SHOWN_MS]));
  return times.length === 0 ? undefined : Math.min(...times);
}
