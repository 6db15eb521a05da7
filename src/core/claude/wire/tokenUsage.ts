import type { JsonValue } from '../../../base/json.ts';
import type { ModelUsage, TokenUsage } from '../claudeEvents.ts';
import { asNumber, asRaw, isObject, type Raw } from './rawFields.ts';

const NO_USAGE: TokenUsage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0 };

type RawUsage = Raw<'input_tokens' | 'output_tokens' | 'cache_read_input_tokens' | 'cache_creation_input_tokens'>;
type RawModelUsage = Raw<
  'inputTokens' | 'outputTokens' | 'cacheReadInputTokens' | 'cacheCreationInputTokens' | 'costUSD' | 'contextWindow'
>;

/** Reads the API's usage record; what it does not say stays as it was before. */
export function readUsage(value: JsonValue | undefined, before: TokenUsage = NO_USAGE): TokenUsage {
  const raw: RawUsage = asRaw(value) ?? {};
  return {
    inputTokens: asNumber(raw.input_tokens) ?? before.inputTokens,
    outputTokens: asNumber(raw.output_tokens) ?? before.outputTokens,
    cacheReadTokens: asNumber(raw.cache_read_input_tokens) ?? before.cacheReadTokens,
    cacheCreationTokens: asNumber(raw.cache_creation_input_tokens) ?? before.cacheCreationTokens,
  };
}

export function sameUsage(a: TokenUsage, b: TokenUsage): boolean {
  return (
    a.inputTokens === b.inputTokens &&
    a.outputTokens === b.outputTokens &&
    a.cacheReadTokens === b.cacheReadTokens &&
    a.cacheCreationTokens === b.cacheCreationTokens
  );
}

export function readModels(value: JsonValue | undefined): Readonly<Record<string, ModelUsage>> {
  if (!isObject(value)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([model, usage]): [string, ModelUsage][] => {
      const raw = asRaw(usage) as RawModelUsage | undefined;
      return raw === undefined ? [] : [[model, readModelUsage(raw)]];
    }),
  );
}

function readModelUsage(raw: RawModelUsage): ModelUsage {
  return {
    inputTokens: asNumber(raw.inputTokens) ?? 0,
    outputTokens: asNumber(raw.outputTokens) ?? 0,
    cacheReadTokens: asNumber(raw.cacheReadInputTokens) ?? 0,
    cacheCreationTokens: asNumber(raw.cacheCreationInputTokens) ?? 0,
    costUsd: asNumber(raw.costUSD) ?? 0,
    contextWindow: asNumber(raw.contextWindow) ?? 0,
  };
}
