import type { JsonValue } from '../../base/json.ts';
import type { CommandInput } from '../../core/catalog/commandSchema.ts';

/** What a person did with one question. An input that may be left out is answered with null. */
export type Answer =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

export interface Question {
  readonly input: CommandInput;
  /** From 1. */
  readonly step: number;
  readonly of: number;
  /** What is in the field at first: what was answered before, else the default. */
  readonly initial: JsonValue | undefined;
  readonly canGoBack: boolean;
}

export type Ask = (question: Question) => Promise<Answer>;

/**
 * Asks one input after another; Back leads to the one before with what was answered there.
 * Gives nothing when the person cancels: then nothing starts.
 */
export async function askInOrder(
  inputs: readonly CommandInput[],
  ask: Ask,
): Promise<Readonly<Record<string, JsonValue>> | undefined> {
  const answers = new Map<string, JsonValue>();
  for (let place = 0; place < inputs.length; ) {
    const input = inputs[place];
    if (input === undefined) {
      break;
    }
    const initial = answers.has(input.name) ? answers.get(input.name) : input.default;
    const answer = await ask({ input, step: place + 1, of: inputs.length, initial, canGoBack: place > 0 });
    switch (answer.kind) {
      case 'cancelled':
        return undefined;
      case 'back':
        place = Math.max(0, place - 1);
        break;
      case 'value':
        answers.set(input.name, answer.value);
        place += 1;
        break;
    }
  }
  return Object.fromEntries(answers);
}
