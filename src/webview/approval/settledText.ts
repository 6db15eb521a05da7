import type { ApprovalCard } from '../../protocol/approvalView.ts';

/** What became of a card that no longer waits, in one sentence. */
export function settledText(card: ApprovalCard): string | undefined {
  const { status } = card;
  switch (status.state) {
    case 'pending':
      return undefined;
    case 'expired':
      return 'Denied, because nobody answered in time.';
    case 'withdrawn':
      return status.why === '' ? 'No longer asked.' : `No longer asked: ${status.why}`;
    case 'answered':
      return `${verb(card, status.choice)} by ${status.by}`;
  }
}

function verb(card: ApprovalCard, choiceId: string): string {
  const denied = card.choices.find(choice => choice.id === choiceId)?.role === 'deny';
  switch (card.body.kind) {
    case 'question':
      return denied ? 'Declined' : 'Answered';
    case 'elicitation':
      return denied ? 'Declined' : card.body.fields.length === 0 ? 'Continued' : 'Filled in';
    case 'plan':
      return denied ? 'Sent back' : 'Approved';
    case 'gate':
      return denied ? 'Denied' : 'Approved';
    default:
      return denied ? 'Denied' : 'Allowed';
  }
}

/** The request in one sentence, for screen readers and for the list of requests. */
export function askedText(card: ApprovalCard): string {
  const { body } = card;
  switch (body.kind) {
    case 'tool':
      return `${body.headline} ${body.target}`.trim();
    case 'question':
      return body.questions[0]?.question ?? 'A question';
    case 'plan':
      return 'Shows a plan and asks whether to carry it out';
    case 'elicitation':
      return `${body.server} asks: ${body.message}`;
    case 'workspaceContent':
      return body.headline;
    case 'gate':
      return body.message;
  }
}
