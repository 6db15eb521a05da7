import type { JsonObject } from '../../../base/json.ts';
import type { ModelUsage } from '../claudeEvents.ts';
import { asNumber, asRaw, asRaws, asText, type Raw } from './rawFields.ts';
import { readModels } from './tokenUsage.ts';

/** How full the conversation is. */
export interface ContextUsage {
  readonly tokens: number;
  /** What fits in. */
  readonly window: number;
  /** What takes the place, by Claude Code's own names. */
  readonly categories: readonly { readonly name: string; readonly tokens: number; readonly kind: string }[];
}

export function readContextUsage(answer: JsonObject): ContextUsage {
  const raw = answer as Raw<'totalTokens' | 'maxTokens' | 'categories'>;
  return {
    tokens: asNumber(raw.totalTokens) ?? 0,
    window: asNumber(raw.maxTokens) ?? 0,
    categories: asRaws<'name' | 'tokens' | 'kind'>(raw.categories).map(category => ({
      name: asText(category.name) ?? '',
      tokens: asNumber(category.tokens) ?? 0,
      kind: asText(category.kind) ?? 'used',
    })),
  };
}

/** For each settings file that Claude Code does not apply, as a whole: why. */
export function readSettingsErrors(answer: JsonObject): ReadonlyMap<string, string> {
  const why = new Map<string, string>();
  for (const error of asRaws<'file' | 'path' | 'message'>((answer as Raw<'errors'>).errors)) {
    const file = asText(error.file);
    const place = asText(error.path) ?? '';
    if (file !== undefined && !why.has(file)) {
      const message = asText(error.message) ?? 'It cannot be read.';
      why.set(file, place === '' ? message : `${place}: ${message}`);
    }
  }
  return why;
}

/** What a session has cost in US dollars, and what each model had a part in. */
export interface SessionTotals {
  readonly costUsd: number;
  readonly models: Readonly<Record<string, ModelUsage>>;
}

export function readSpent(answer: JsonObject): SessionTotals | undefined {
  const session: Raw<'total_cost_usd' | 'model_usage'> = asRaw((answer as Raw<'session'>).session) ?? {};
  const costUsd = asNumber(session.total_cost_usd);
  return costUsd === undefined ? undefined : { costUsd, models: readModels(session.model_usage) };
}
