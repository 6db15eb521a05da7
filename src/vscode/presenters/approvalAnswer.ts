import type { JsonObject } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { Approval, ApprovalAnswer } from '../../core/approvals/approval.ts';
import { badAnswer } from '../../core/tasks/taskErrors.ts';
import type { ApprovalAnswerMessage } from '../../protocol/approvalView.ts';

/**
 * The answer of a view in the words of the domain. What was shown with marks for hidden characters goes back to the
 * agent as it asked it. @throws TaskError `badAnswer` when it does not fit.
 */
export function readAnswer(approval: Approval, message: ApprovalAnswerMessage): ApprovalAnswer {
  const choice = approval.choices.find(other => other.id === message.choice);
  if (choice === undefined) {
    throw badAnswer(`"${message.choice}" is not offered here.`);
  }
  return {
    choice: choice.id,
    ...(message.message === undefined ? {} : { message: message.message }),
    ...(message.updatedInput === undefined ? {} : { updatedInput: readInput(message.updatedInput) }),
    ...(message.answers === undefined ? {} : { answers: originalAnswers(approval, message.answers) }),
    ...(message.content === undefined ? {} : { content: message.content }),
  };
}

function readInput(json: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw badAnswer('The edited input is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badAnswer('The edited input is not an object.');
  }
  return value as JsonObject;
}

function originalAnswers(
  approval: Approval,
  answers: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  const { subject } = approval;
  if (subject.kind !== 'question') {
    return answers;
  }
  return Object.fromEntries(
    Object.entries(answers).map(([shown, chosen]) => {
      const asked = subject.questions.find(({ question }) => visibleText(question) === shown);
      const labels = chosen.map(
        label => asked?.options.find(option => visibleText(option.label) === label)?.label ?? label,
      );
      return [asked?.question ?? shown, labels];
    }),
  );
}
