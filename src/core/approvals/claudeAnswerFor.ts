import type { ClaudeAnswer } from '../claude/claudeAsk.ts';
import type { Approval, ApprovalAnswer } from './approval.ts';

/** What Claude Code is told once an approval is settled; undefined while it is open. Pure. */
export function claudeAnswerFor(approval: Approval): ClaudeAnswer | undefined {
  const { status } = approval;
  switch (status.state) {
    case 'pending':
      return undefined;
    case 'answered':
      return answered(approval, status.answer);
    case 'expired':
      return refusal(approval, 'Denied: nobody answered in time.');
    case 'withdrawn':
      return refusal(approval, `Denied: ${status.why}`);
  }
}

function answered(approval: Approval, answer: ApprovalAnswer): ClaudeAnswer {
  const { subject } = approval;
  const choice = approval.choices.find(other => other.id === answer.choice);
  if (choice === undefined || !choice.grants) {
    return refusal(approval, answer.message ?? '');
  }
  if (subject.kind === 'elicitation') {
    return { behavior: 'elicitation', action: 'accept', content: { ...answer.content } };
  }
  if (subject.kind === 'question') {
    const answers = Object.fromEntries(
      Object.entries(answer.answers ?? {}).map(([question, labels]) => [question, labels.join(', ')]),
    );
    return { behavior: 'allow', updatedInput: { ...subject.input, answers } };
  }
  const updatedInput = answer.updatedInput ?? ('input' in subject ? subject.input : undefined);
  return {
    behavior: 'allow',
    ...(updatedInput === undefined ? {} : { updatedInput }),
    ...(choice.updates.length === 0 ? {} : { updatedPermissions: choice.updates }),
  };
}

function refusal(approval: Approval, message: string): ClaudeAnswer {
  if (approval.subject.kind === 'elicitation') {
    return { behavior: 'elicitation', action: 'decline' };
  }
  const words = message.trim();
  if (words !== '') {
    return { behavior: 'deny', message: words };
  }
  const silent =
    approval.subject.kind === 'question'
      ? 'The user does not want to answer this question.'
      : 'The user denied this. Do not try it again in another way; go on without it or ask.';
  return { behavior: 'deny', message: silent };
}
