import { type Actor, describeActor } from '../events/actor.ts';
import type { Approval, ApprovalAnswer, ApprovalChoice } from './approval.ts';
import type { ApprovalFact } from './approvalFact.ts';
import { formFields, formProblem } from './formFields.ts';

export type AnswerDecision =
  | { readonly kind: 'accepted'; readonly fact: ApprovalFact }
  | { readonly kind: 'alreadySettled'; readonly how: string }
  | { readonly kind: 'invalid'; readonly why: string };

/** Decides whether an answer counts. Pure: of two answers the one that is decided first wins. */
export function decideAnswer(approval: Approval, answer: ApprovalAnswer, by: Actor, at: number): AnswerDecision {
  if (approval.status.state !== 'pending') {
    return { kind: 'alreadySettled', how: describeSettled(approval) };
  }
  const choice = approval.choices.find(other => other.id === answer.choice);
  if (choice === undefined) {
    return { kind: 'invalid', why: `"${answer.choice}" is not offered here.` };
  }
  const problem = missingAnswer(approval, answer);
  if (problem !== undefined) {
    return { kind: 'invalid', why: problem };
  }
  const text = `${describeChoice(choice, answer)} (${describeActor(by)})`;
  return {
    kind: 'accepted',
    fact: {
      type: 'claude-panel.approval.answered',
      data: { approvalId: approval.id, at, by, answer, granted: choice.grants, text },
    },
  };
}

function missingAnswer(approval: Approval, answer: ApprovalAnswer): string | undefined {
  const { subject } = approval;
  if (answer.choice === 'submitAnswers' && subject.kind === 'question') {
    const open = subject.questions.find(question =>
      (answer.answers?.[question.question] ?? []).every(text => text.trim() === ''),
    );
    return open === undefined ? undefined : `The question "${open.question}" has no answer.`;
  }
  if (answer.choice === 'submitForm' && subject.kind === 'elicitation') {
    return formProblem(formFields(subject.schema, subject.propertyOrder), answer.content ?? {});
  }
  if (answer.choice === 'sendBack' && (answer.message ?? '').trim() === '') {
    return 'Say what should change in the plan.';
  }
  return undefined;
}

function describeChoice(choice: ApprovalChoice, answer: ApprovalAnswer): string {
  const rule = choice.rule === undefined ? '' : `; saved ${choice.rule} in ${choice.savedIn ?? 'the task'}`;
  const edited = answer.updatedInput === undefined ? '' : '; the input was edited';
  const message = answer.message === undefined || answer.message === '' ? '' : `: ${answer.message}`;
  const answers = answer.answers === undefined ? '' : `: ${Object.values(answer.answers).flat().join(', ')}`;
  return `${choice.label}${rule}${edited}${message}${answers}`;
}

/** One sentence about how an approval was settled. */
export function describeSettled(approval: Approval): string {
  const { status } = approval;
  switch (status.state) {
    case 'pending':
      return 'It is still open.';
    case 'answered': {
      const choice = approval.choices.find(other => other.id === status.answer.choice);
      return `"${choice?.label ?? status.answer.choice}" by ${describeActor(status.by)}.`;
    }
    case 'expired':
      return 'It was denied, because nobody answered in time.';
    case 'withdrawn':
      return status.why;
  }
}
