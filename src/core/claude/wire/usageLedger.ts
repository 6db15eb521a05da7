import type { ClaudeEvent, TokenUsage } from '../claudeEvents.ts';
import { sameUsage } from './tokenUsage.ts';

interface Entry {
  readonly usage: TokenUsage;
  readonly final: boolean;
}

/**
 * One answer of a model is reported many times: at its start, with each finished block, at its end. Only what is new is
 * passed on, and a preliminary record never replaces the final one.
 */
export class UsageLedger {
  readonly #entries = new Map<string, Entry>();

  report(
    messageId: string,
    model: string,
    usage: TokenUsage,
    final: boolean,
    parentToolUseId: string | undefined,
  ): ClaudeEvent | undefined {
    const known = this.#entries.get(messageId);
    if (known !== undefined && ((known.final && !final) || sameUsage(known.usage, usage))) {
      return undefined;
    }
    this.#entries.set(messageId, { usage, final });
    return {
      type: 'usage',
      messageId,
      model,
      usage,
      ...(parentToolUseId === undefined ? {} : { parentToolUseId }),
    };
  }

  usageOf(messageId: string): TokenUsage | undefined {
    return this.#entries.get(messageId)?.usage;
  }

  clear(): void {
    this.#entries.clear();
  }
}
