import type { JsonObject, JsonValue } from '../../base/json.ts';
import type {
  Approval,
  ApprovalAnswer,
  ApprovalChoice,
  ApprovalSubject,
  Question,
} from '../../core/approvals/approval.ts';
import { badValue, optionDoesNotFit } from '../usageError.ts';

interface WishedAnswer {
  readonly choice?: string | undefined;
  readonly answers: readonly string[];
  /** Instead of the tool's input, or the filled form of an MCP server. */
  readonly json?: JsonObject | undefined;
  readonly message?: string | undefined;
}

/** The answer that says yes, as it was wished for. Pure. @throws UsageError `badValue`, `optionDoesNotFit`. */
export function grantingAnswer(approval: Approval, wish: WishedAnswer): ApprovalAnswer {
  const choice = wish.choice === undefined ? firstGranting(approval) : namedChoice(approval, wish.choice);
  const { subject } = approval;
  refuseWhatWouldBeIgnored(subject, wish);
  return {
    choice: choice.id,
    ...(wish.message === undefined ? {} : { message: wish.message }),
    ...(subject.kind === 'question' && choice.grants ? { answers: answersTo(subject.questions, wish.answers) } : {}),
    ...(wish.json === undefined || !choice.grants ? {} : jsonPart(subject, wish.json)),
  };
}

/** A yes to something else than was meant is worse than none. */
function refuseWhatWouldBeIgnored({ kind }: ApprovalSubject, { answers, json }: WishedAnswer): void {
  const remedy = 'claude-panel approvals ID shows what is asked and which choices there are.';
  if (answers.length > 0 && kind !== 'question') {
    throw optionDoesNotFit('--answer', 'What waits here is no question with answers.', remedy);
  }
  if (json !== undefined && kind !== 'tool' && kind !== 'plan' && kind !== 'elicitation') {
    throw optionDoesNotFit('--json-input', 'What waits here takes no JSON.', remedy);
  }
}

/** The answer that says no. A plan cannot be refused without words. */
export function denyingAnswer(approval: Approval, message: string | undefined): ApprovalAnswer {
  const choice = approval.choices.find(other => !other.grants);
  if (choice === undefined) {
    throw badValue('deny', approval.id, 'an approval that can be denied');
  }
  const words = message ?? (choice.id === 'sendBack' ? 'Do not do this.' : undefined);
  return { choice: choice.id, ...(words === undefined ? {} : { message: words }) };
}

function firstGranting(approval: Approval): ApprovalChoice {
  const choice = approval.choices.find(other => other.grants);
  if (choice === undefined) {
    throw badValue('approve', approval.id, 'an approval that can be granted');
  }
  return choice;
}

function namedChoice(approval: Approval, name: string): ApprovalChoice {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const choice = approval.choices.find(other => plain(other.id) === plain(name));
  if (choice === undefined) {
    const ids = approval.choices.map(other => other.id);
    throw badValue('--choice', name, `one of ${ids.join(', ')}`, ids);
  }
  return choice;
}

/**
 * With one question every answer is for it. With several, the first answer is for the first question and so on, and
 * `2:label` names the question by its number.
 */
function answersTo(
  questions: readonly Question[],
  given: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  const answers: Record<string, readonly string[]> = {};
  const add = (index: number, text: string): void => {
    const question = questions[index];
    if (question === undefined) {
      throw badValue('--answer', text, `an answer for one of ${questions.length} questions`);
    }
    answers[question.question] = [...(answers[question.question] ?? []), labelFor(question, text)];
  };
  for (const [place, text] of given.entries()) {
    const named = questions.length > 1 ? /^(\d+):(.*)$/s.exec(text) : null;
    add(named === null ? (questions.length === 1 ? 0 : place) : Number(named[1]) - 1, named?.[2] ?? text);
  }
  const tooMany = questions.find(({ question, multiSelect }) => !multiSelect && (answers[question]?.length ?? 0) > 1);
  if (tooMany !== undefined) {
    throw badValue('--answer', given.at(-1) ?? '', `one answer for "${tooMany.question}"`);
  }
  return answers;
}

/** An option by its number or its label; anything else is an answer in the person's own words. */
export function labelFor(question: Question, text: string): string {
  const typed = text.trim();
  const byNumber = /^\d+$/.test(typed) ? question.options[Number(typed) - 1] : undefined;
  const byLabel = question.options.find(option => option.label.toLowerCase() === typed.toLowerCase());
  return (byLabel ?? byNumber)?.label ?? typed;
}

function jsonPart(subject: ApprovalSubject, json: JsonObject): Partial<ApprovalAnswer> {
  if (subject.kind === 'elicitation') {
    return { content: Object.fromEntries(Object.entries(json).filter(isField)) };
  }
  return { updatedInput: json };
}

function isField(entry: [string, JsonValue]): entry is [string, string | number | boolean] {
  return ['string', 'number', 'boolean'].includes(typeof entry[1]);
}
