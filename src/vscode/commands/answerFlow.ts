import * as vscode from 'vscode';
import type { Approval, ApprovalAnswer, ApprovalChoice } from '../../core/approvals/approval.ts';
import { shownFields } from '../presenters/formFields.ts';
import { oneLine } from '../presenters/shownText.ts';
import { type Choice, pickOne } from './guardedPick.ts';
import { escapeIcons } from './pickTask.ts';

const LONGEST_LABEL = 300;

/** Asks for what a choice needs besides itself. Nothing when the person closes a question on the way. */
export async function completeAnswer(approval: Approval, choice: ApprovalChoice): Promise<ApprovalAnswer | undefined> {
  switch (choice.id) {
    case 'deny':
      return withMessage(
        choice,
        approval.subject.kind === 'gate'
          ? vscode.l10n.t('Why it should not go on. May be empty.')
          : vscode.l10n.t('What Claude should know; it reads this word for word. May be empty.'),
        false,
      );
    case 'sendBack':
      return withMessage(choice, vscode.l10n.t('What should change in the plan?'), true);
    case 'submitAnswers': {
      const answers = await askQuestions(approval);
      return answers === undefined ? undefined : { choice: choice.id, answers };
    }
    case 'submitForm': {
      const content = await fillForm(approval);
      return content === undefined ? undefined : { choice: choice.id, content };
    }
    default:
      return { choice: choice.id };
  }
}

async function withMessage(
  choice: ApprovalChoice,
  prompt: string,
  isRequired: boolean,
): Promise<ApprovalAnswer | undefined> {
  const message = await vscode.window.showInputBox({
    title: choice.label,
    prompt,
    ignoreFocusOut: true,
    validateInput: text => (isRequired && text.trim() === '' ? prompt : undefined),
  });
  return message === undefined ? undefined : { choice: choice.id, message };
}

async function askQuestions({ subject }: Approval): Promise<Record<string, readonly string[]> | undefined> {
  const answers: Record<string, readonly string[]> = {};
  for (const question of subject.kind === 'question' ? subject.questions : []) {
    const title = oneLine(question.question, LONGEST_LABEL);
    const items: Choice<string | undefined>[] = question.options.map(({ label, description }) => ({
      label: escapeIcons(oneLine(label, LONGEST_LABEL)),
      detail: escapeIcons(oneLine(description, LONGEST_LABEL)),
      value: label,
    }));
    const own: Choice<undefined> = { label: vscode.l10n.t('Something else…'), value: undefined };
    const chosen = question.multiSelect
      ? await vscode.window.showQuickPick([...items, own], { title, canPickMany: true, ignoreFocusOut: true })
      : await pickOne(
          [...items, own].map(item => ({ ...item, value: item })),
          { title },
        );
    const picked = chosen === undefined ? undefined : Array.isArray(chosen) ? chosen : [chosen];
    const labels = picked === undefined ? undefined : await withOwnWords(picked, title);
    if (labels === undefined) {
      return undefined;
    }
    answers[question.question] = labels;
  }
  return answers;
}

async function withOwnWords(
  picked: readonly Choice<string | undefined>[],
  title: string,
): Promise<readonly string[] | undefined> {
  const labels = picked.flatMap(({ value }) => value ?? []);
  if (picked.every(({ value }) => value !== undefined)) {
    return labels;
  }
  const own = await vscode.window.showInputBox({ title, ignoreFocusOut: true });
  return own === undefined || own.trim() === '' ? undefined : [...labels, own.trim()];
}

type FormContent = Record<string, string | number | boolean>;

async function fillForm({ subject }: Approval): Promise<FormContent | undefined> {
  const content: FormContent = {};
  for (const field of subject.kind === 'elicitation' ? shownFields(subject) : []) {
    const value = await askField(field);
    if (value === undefined) {
      return undefined;
    }
    if (value !== '') {
      content[field.name] = value;
    }
  }
  return content;
}

async function askField(field: ReturnType<typeof shownFields>[number]): Promise<string | number | boolean | undefined> {
  const { title, description, type, options, required, initial } = field;
  if (type === 'choice' || type === 'boolean') {
    const known: { value: string | boolean; label: string }[] =
      type === 'boolean'
        ? [
            { value: true, label: vscode.l10n.t('Yes') },
            { value: false, label: vscode.l10n.t('No') },
          ]
        : (options ?? []);
    const none = required ? [] : [{ label: vscode.l10n.t('Leave it open'), value: '' as const }];
    const items: Choice<string | boolean>[] = known.map(item => ({ ...item, label: escapeIcons(item.label) }));
    return pickOne<string | boolean>([...items, ...none], {
      title,
      ...(description ? { placeholder: description } : {}),
    });
  }
  const isNumber = type === 'number' || type === 'integer';
  const text = await vscode.window.showInputBox({
    title,
    ...(description === undefined ? {} : { prompt: description }),
    ...(initial === undefined ? {} : { value: String(initial) }),
    ignoreFocusOut: true,
    validateInput: given => {
      if (given.trim() === '') {
        return required ? vscode.l10n.t('This is needed.') : undefined;
      }
      const isFine = type === 'integer' ? Number.isInteger(Number(given)) : !isNumber || Number.isFinite(Number(given));
      return isFine ? undefined : vscode.l10n.t('This is not such a number.');
    },
  });
  return text === undefined || text.trim() === '' || !isNumber ? text : Number(text);
}
