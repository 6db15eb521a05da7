import type { ConflictChoice, UndoItem } from '../../core/checkpoints/undoPlan.ts';
import type { Choose } from './undoView.ts';

/** What may be said at once about all conflicts, by the word for it. */
export const CONFLICT_WORDS = ['keep', 'put-back', 'both'] as const;
export type ConflictWord = (typeof CONFLICT_WORDS)[number];

const CHOICES: Readonly<Record<ConflictWord, ConflictChoice>> = {
  keep: 'keepMine',
  'put-back': 'putBack',
  both: 'saveBoth',
};

/** What is done about a conflict; what is not possible for it leaves it as it is. Pure. */
export function choiceFor(item: Pick<UndoItem, 'action'>, word: ConflictWord): ConflictChoice {
  return possibleChoice(item, CHOICES[word]);
}

/** The same for a choice that was made otherwise than by its word. Pure. */
export function possibleChoice({ action }: Pick<UndoItem, 'action'>, choice: ConflictChoice): ConflictChoice {
  return action.kind === 'conflict' && action.choices.includes(choice) ? choice : 'keepMine';
}

export function chooseAlways(word: ConflictWord): Choose {
  return (_root, item) => choiceFor(item, word);
}
