import type { ApprovalAnswerMessage, ApprovalCard, ApprovalChoiceView } from '../../protocol/approvalView.ts';
import type { PanelContext } from '../shell/panelContext.ts';

export type AnswerDetails = Omit<ApprovalAnswerMessage, 'choice'>;

/** What the parts of a card need of it. */
export interface CardParts {
  readonly context: PanelContext;
  readonly card: ApprovalCard;
  readonly busy: boolean;
  /** Parts of the card that are unfolded, by name. */
  isOpen(part: string): boolean;
  toggle(part: string): void;
  /** Sends the answer, unless it comes too soon after the card appeared. */
  answer(choice: ApprovalChoiceView, details?: AnswerDetails): void;
}

export function choicesOf(card: ApprovalCard): {
  readonly primary: ApprovalChoiceView | undefined;
  readonly more: readonly ApprovalChoiceView[];
  readonly deny: ApprovalChoiceView | undefined;
} {
  return {
    primary: card.choices.find(choice => choice.role === 'primary'),
    more: card.choices.filter(choice => choice.role === 'more'),
    deny: card.choices.find(choice => choice.role === 'deny'),
  };
}
