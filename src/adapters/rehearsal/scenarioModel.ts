import type { JsonObject } from '../../base/json.ts';

/** What the rehearsal model does: the first rule that matches a request answers it. */
export interface Scenario {
  readonly name: string;
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly name: string;
  readonly match: Match;
  /** One entry a model round; never empty. */
  readonly rounds: readonly Round[];
}

export type TextTest =
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'regex'; readonly expression: RegExp };

/** All that is given must hold. */
export interface Match {
  readonly prompt: TextTest | undefined;
  /** The n-th model round since the person's text, from 1. */
  readonly turn: number | undefined;
  /** Tools that must be on offer, all of them. */
  readonly tools: readonly string[];
  readonly agent: AgentKind | undefined;
  readonly model: TextTest | undefined;
  /** The text was sent while the model worked. */
  readonly followUp: boolean | undefined;
  readonly planMode: boolean | undefined;
  readonly lastTool: LastToolMatch | undefined;
  /** True for side requests (titles, summaries, key checks), which no other rule ever answers. */
  readonly utility: boolean;
}

/** What a tool of the round before must have been and given back. */
export interface LastToolMatch {
  readonly name: TextTest | undefined;
  /** Looks at the input as JSON. */
  readonly input: TextTest | undefined;
  readonly result: TextTest | undefined;
  readonly error: boolean | undefined;
}

export type AgentKind = 'main' | 'sub';

export interface Round {
  readonly steps: readonly Step[];
  readonly faults: readonly Fault[];
  /** Milliseconds without an answer before the response begins. */
  readonly silence: number;
  readonly stop: StopReason | undefined;
  readonly usage: UsageOverride;
  readonly headers: Readonly<Record<string, string>>;
  /** Answers every later round of its rule too. */
  readonly loop: boolean;
}

export type StopReason = 'end_turn' | 'tool_use' | 'max_tokens' | 'stop_sequence' | 'refusal' | 'pause_turn';

/** Token counts that replace the estimated ones. */
export interface UsageOverride {
  readonly input?: number | undefined;
  readonly output?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheCreation?: number | undefined;
}

/** Milliseconds before a block, milliseconds between its deltas, characters in a delta. */
export interface Timing {
  readonly delay: number;
  readonly pace: number;
  readonly chunk: number;
}

export type Step =
  | { readonly kind: 'text'; readonly text: string; readonly timing: Timing }
  | { readonly kind: 'thinking'; readonly text: string; readonly timing: Timing }
  | ToolStep
  /** `total` bytes of text, `size` in a delta, as fast as the other side reads. */
  | { readonly kind: 'burst'; readonly total: number; readonly size: number }
  | { readonly kind: 'delay'; readonly ms: number };

interface ToolStep {
  readonly kind: 'tool';
  readonly name: string;
  readonly input: JsonObject;
  /** Left out when the tool is not on offer. */
  readonly optional: boolean;
  readonly timing: Timing;
}

/** Each happens `times` times at one place of a conversation, then no more; `after` counts deltas. */
export type Fault =
  | { readonly kind: 'error'; readonly times: number; readonly error: ApiFailure }
  | { readonly kind: 'streamError'; readonly times: number; readonly after: number; readonly error: ApiFailure }
  | { readonly kind: 'cut'; readonly times: number; readonly after: number }
  | { readonly kind: 'stall'; readonly times: number; readonly after: number }
  | { readonly kind: 'malformed'; readonly times: number; readonly after: number }
  | { readonly kind: 'html'; readonly times: number }
  | { readonly kind: 'silence'; readonly times: number };

export interface ApiFailure {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** Seconds, sent as `retry-after`. */
  readonly retryAfter: number | undefined;
  /** Sent as `x-should-retry`. */
  readonly retry: boolean | undefined;
}
