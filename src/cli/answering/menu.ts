import type { Approval, ApprovalChoice, ApprovalSubject, ChoiceId } from '../../core/approvals/approval.ts';
import { oneLine } from '../terminal/plainText.ts';

/** One thing that can be typed to answer. */
export interface MenuItem {
  readonly key: string;
  readonly choice: ApprovalChoice;
  readonly label: string;
  /** Words go with it: `required` ones cannot be left empty. */
  readonly message?: 'required';
}

const KEYS: Record<ChoiceId, string> = {
  allowOnce: 'y',
  allowTask: 't',
  allowProject: 'p',
  deny: 'n',
  submitAnswers: 'y',
  approvePlan: 'y',
  approvePlanAcceptEdits: 'e',
  sendBack: 'm',
  submitForm: 'y',
  declineForm: 'n',
  approveContent: 'y',
  approveGate: 'y',
};

/** A denial of these may say why. */
const TAKES_WORDS: ReadonlySet<ApprovalSubject['kind']> = new Set(['tool', 'question', 'gate']);

/** What can be typed to answer an approval, each with exactly what it would save. */
export function menuFor(approval: Approval): readonly MenuItem[] {
  const withWords = TAKES_WORDS.has(approval.subject.kind);
  return approval.choices.flatMap((choice): readonly MenuItem[] => {
    const rule = choice.rule === undefined ? '' : `: ${oneLine(choice.rule)}, kept in ${oneLine(choice.savedIn ?? '')}`;
    const item = { key: KEYS[choice.id], choice, label: `${oneLine(choice.label)}${rule}` };
    if (choice.id === 'sendBack') {
      return [{ ...item, label: `${item.label} with a message`, message: 'required' }];
    }
    return choice.id === 'deny' && withWords
      ? [item, { ...item, key: 'm', label: `${item.label} with a message`, message: 'required' }]
      : [item];
  });
}
