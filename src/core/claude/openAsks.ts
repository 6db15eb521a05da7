import type { JsonObject } from '../../base/json.ts';
import type { ClaudeAnswer, ClaudeAsk } from './claudeAsk.ts';
import { answerBody, controlError, controlSuccess } from './claudeMessages.ts';

/** What Claude Code waits for at the moment. Every ask is answered once, and only while it is open. */
export class OpenAsks {
  readonly #write: (message: JsonObject) => void;
  readonly #open = new Map<string, JsonObject>();

  constructor(write: (message: JsonObject) => void) {
    this.#write = write;
  }

  open(ask: ClaudeAsk): void {
    this.#open.set(ask.requestId, ask.kind === 'elicitation' ? {} : ask.input);
  }

  /** False when it is not open any more: the first answer wins, and a withdrawn ask takes none. */
  answer(requestId: string, answer: ClaudeAnswer): boolean {
    const input = this.#open.get(requestId);
    if (input === undefined) {
      return false;
    }
    this.#open.delete(requestId);
    this.#write(controlSuccess(requestId, answerBody(answer, input)));
    return true;
  }

  refuse(requestId: string, why: string): void {
    this.#open.delete(requestId);
    this.#write(controlError(requestId, why));
  }

  /** True when it was open. */
  withdraw(requestId: string): boolean {
    return this.#open.delete(requestId);
  }

  /** The ids of all that were open. */
  withdrawAll(): readonly string[] {
    const ids = [...this.#open.keys()];
    this.#open.clear();
    return ids;
  }
}
