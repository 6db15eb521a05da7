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
export function choiceFor({ action }: Pick<UndoItem, 'action'>, word: ConflictWord): ConflictChoice {
  const choice = CHOICES[word];
  return action.kind === 'conflict' && action.choices.includes(choice) ? choice : 'keepMine';
}

export function chooseAlways(word: ConflictWord): Choose {
  return (_root, item) => choiceFor(item, word);
}
