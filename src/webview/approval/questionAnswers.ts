import type * as z from 'zod';
import type { questionSchema } from '../../protocol/approvalView.ts';

export type Question = z.infer<typeof questionSchema>;

/** What is chosen for one question so far. */
export interface QuestionAnswer {
  readonly labels: readonly string[];
  /** The person's own words; not used while undefined. */
  readonly other: string | undefined;
}

export const noAnswer: QuestionAnswer = { labels: [], other: undefined };

export function withLabel(answer: QuestionAnswer, question: Question, label: string, chosen: boolean): QuestionAnswer {
  if (!question.multiSelect) {
    return { labels: chosen ? [label] : [], other: undefined };
  }
  const others = answer.labels.filter(each => each !== label);
  return { ...answer, labels: chosen ? [...others, label] : others };
}

export function withOther(answer: QuestionAnswer, question: Question, other: string | undefined): QuestionAnswer {
  return { labels: question.multiSelect || other === undefined ? answer.labels : [], other };
}

/** The answers as they are sent, or nothing while a question is open. */
export function collectAnswers(
  questions: readonly Question[],
  answers: ReadonlyMap<number, QuestionAnswer>,
): Record<string, string[]> | undefined {
  const collected: Record<string, string[]> = {};
  for (const [index, question] of questions.entries()) {
    const { labels, other } = answers.get(index) ?? noAnswer;
    const words = other?.trim() ?? '';
    const all = [
      // In the order of the options, whatever was clicked first.
      ...question.options.map(option => option.label).filter(label => labels.includes(label)),
      ...(words === '' ? [] : [words]),
    ];
    if (all.length === 0) {
      return undefined;
    }
    collected[question.question] = all;
  }
  return collected;
}
