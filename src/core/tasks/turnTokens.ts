import type { Task, TokenCount } from './task.ts';

type TurnTokens = Task['turnTokens'];

/** Holds the sum of messages that are long finished, so that a turn of any length stays small. */
const EARLIER = 'earlier messages';

/** More than ever stream at the same time, sub-agents included. */
const KEPT_MESSAGES = 32;

/** The last record of a message wins; records of old messages do not come any more and are added up. */
export function withMessageTokens(known: TurnTokens, messageId: string, tokens: TokenCount): TurnTokens {
  const ids = Object.keys(known).filter(id => id !== EARLIER);
  const [oldest] = ids;
  if (oldest === undefined || ids.length < KEPT_MESSAGES || ids.includes(messageId)) {
    return { ...known, [messageId]: tokens };
  }
  const next: Record<string, TokenCount> = { [EARLIER]: sum(known[EARLIER], known[oldest]) };
  for (const id of ids) {
    const kept = known[id];
    if (id !== oldest && kept !== undefined) {
      next[id] = kept;
    }
  }
  next[messageId] = tokens;
  return next;
}

function sum(one: TokenCount | undefined, other: TokenCount | undefined): TokenCount {
  return {
    inputTokens: (one?.inputTokens ?? 0) + (other?.inputTokens ?? 0),
    outputTokens: (one?.outputTokens ?? 0) + (other?.outputTokens ?? 0),
    cacheReadTokens: (one?.cacheReadTokens ?? 0) + (other?.cacheReadTokens ?? 0),
    cacheCreationTokens: (one?.cacheCreationTokens ?? 0) + (other?.cacheCreationTokens ?? 0),
  };
}
