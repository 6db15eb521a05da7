import type { JsonValue } from '../../base/json.ts';
import type { Conversation, ToolOutcome } from './conversation.ts';
import type { PlaceholderValue } from './placeholders.ts';

/** What a rule caught when it matched. */
export interface Matched {
  readonly captures: readonly string[];
  readonly resultCaptures: readonly string[];
  readonly outcome: ToolOutcome | undefined;
}

/** The values of the placeholders for one answer. */
export function placeholderValues(model: string, conversation: Conversation, matched: Matched): PlaceholderValue {
  const last = matched.outcome;
  return (name, key) => {
    switch (name) {
      case 'prompt':
        return conversation.prompt;
      case 'capture':
        return matched.captures[Number(key)];
      case 'result':
        return matched.resultCaptures[Number(key)];
      case 'cwd':
        return conversation.cwd;
      case 'planFile':
        return conversation.planFile;
      case 'model':
        return model;
      case 'turn':
        return String(conversation.rounds.length);
      case 'task':
        return createdTask(conversation, Number(key));
      case 'lastResult':
        return last?.result ?? '';
      case 'lastTool':
        return last?.name ?? '';
      case 'lastInput':
        return key === undefined ? undefined : asText(last?.input[key]);
      default:
        return undefined;
    }
  };
}

/** The id of the n-th item that was put on the todo list since the prompt. */
function createdTask(conversation: Conversation, number: number): string {
  const created = conversation.rounds.flatMap(round => round.outcomes).filter(outcome => outcome.name === 'TaskCreate');
  return /#(\w+)/.exec(created[number - 1]?.result ?? '')?.[1] ?? '';
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
