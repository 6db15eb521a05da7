import type { UsageOverride } from './scenarioModel.ts';

const CHARACTERS_PER_TOKEN = 4;
/** The API does not cache shorter prompts. */
const CACHEABLE_TOKENS = 1024;
/** What of a cached prompt is always counted as new. */
const UNCACHED_TOKENS = 3;

export function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

export interface InputUsage {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheCreation: number;
}

/** What a prompt costs when everything up to the last answer of the model is already in the cache. */
export function inputUsage(bodyCharacters: number, newCharacters: number, isFirst: boolean): InputUsage {
  const all = tokensOf(bodyCharacters);
  if (all < CACHEABLE_TOKENS) {
    return { input: all, cacheRead: 0, cacheCreation: 0 };
  }
  const fresh = isFirst ? all : Math.min(all, tokensOf(newCharacters));
  const input = Math.min(UNCACHED_TOKENS, fresh);
  return { input, cacheRead: all - fresh, cacheCreation: fresh - input };
}

/** Usage in the words of the API. */
export function usageBody(input: InputUsage, outputTokens: number, override: UsageOverride): Record<string, unknown> {
  const cacheCreation = override.cacheCreation ?? input.cacheCreation;
  return {
    input_tokens: override.input ?? input.input,
    cache_creation_input_tokens: cacheCreation,
    cache_read_input_tokens: override.cacheRead ?? input.cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: cacheCreation, ephemeral_1h_input_tokens: 0 },
    output_tokens: override.output ?? outputTokens,
    service_tier: 'standard',
  };
}
