import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Failure } from '../../base/panelError.ts';

/** Tokens of one model answer or of a whole turn. The four kinds are priced differently and never added up here. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheCreationTokens: number;
}

/** What one model has used in the whole session so far, sub-agents included: a running total, not to be summed. */
export interface ModelUsage extends TokenUsage {
  /** US dollars, as Claude Code estimates them. */
  readonly costUsd: number;
  /** Tokens that fit into one conversation; 0 when Claude Code did not say. */
  readonly contextWindow: number;
}

/** Who pays: which credential Claude Code uses. Nothing here is a secret. */
export interface ClaudeAccount {
  readonly apiKeySource?: string;
  readonly tokenSource?: string;
  readonly apiProvider?: string;
  readonly subscription?: string;
  readonly email?: string;
  readonly organization?: string;
}

export interface ClaudeModel {
  /** What `--model` takes, such as `sonnet`. */
  readonly value: string;
  readonly resolved?: string;
  readonly displayName: string;
  readonly description: string;
  readonly effortLevels: readonly string[];
}

export interface ClaudeCommand {
  readonly name: string;
  readonly description: string;
  readonly argumentHint: string;
}

export interface McpServerState {
  readonly name: string;
  /** `pending`, `connected`, `failed`, `disabled`, `needs-auth`, or a word that a newer version brings. */
  readonly status: string;
  /** Where it was defined: `dynamic` for those that this product chose. */
  readonly source?: string;
  readonly error?: string;
  /** What one that failed wrote on stderr last, as far as it is known. */
  readonly lastWords?: string;
  readonly toolCount?: number;
}

export interface TodoItem {
  readonly content: string;
  readonly status: 'pending' | 'inProgress' | 'completed';
  readonly activeForm?: string;
}

export interface BackgroundRun {
  readonly id: string;
  readonly kind: string;
  readonly description: string;
}

export type TurnOutcome =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'limit'; readonly limit: 'turns' | 'budget' | 'structuredOutput' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly status?: number };

/**
 * All that the rest of the product learns from a Claude Code process. Durations are milliseconds, times are
 * milliseconds since the epoch. Long texts are cut to a stated length; the cut is marked in the text.
 */
export type ClaudeEvent =
  /** The first request was answered: it runs, and says who pays. */
  | {
      readonly type: 'ready';
      readonly account: ClaudeAccount;
      readonly models: readonly ClaudeModel[];
      readonly commands: readonly ClaudeCommand[];
      readonly version: string;
    }
  | {
      readonly type: 'turnStarted';
      readonly sessionId: string;
      readonly model: string;
      readonly permissionMode: string;
      readonly cwd: string;
      readonly tools: readonly string[];
      readonly mcpServers: readonly McpServerState[];
      readonly apiKeySource: string;
      readonly version: string;
    }
  /** `idle` comes only when nothing follows any more, background agents included. */
  | { readonly type: 'sessionState'; readonly state: 'running' | 'requiresAction' | 'idle' }
  /** Deltas are for the eye: the whole `text`, `thinking` or `toolStarted` follows, or `messageDiscarded` does. */
  | { readonly type: 'textDelta'; readonly messageId: string; readonly blockIndex: number; readonly text: string }
  | { readonly type: 'thinkingDelta'; readonly messageId: string; readonly blockIndex: number; readonly text: string }
  | {
      readonly type: 'toolInputDelta';
      readonly messageId: string;
      readonly blockIndex: number;
      readonly toolUseId: string;
      readonly name: string;
      /** A piece of JSON text; empty when the call begins. */
      readonly json: string;
    }
  /** The stream was cut: what its deltas showed is void. */
  | { readonly type: 'messageDiscarded'; readonly messageId: string }
  | {
      readonly type: 'text';
      readonly messageId: string;
      readonly text: string;
      readonly parentToolUseId?: string;
      /** Written by Claude Code itself, not by a model. */
      readonly synthetic?: true;
      /** Claude Code's word for the failure that this text tells of. */
      readonly error?: string;
      /** Cut short by an interrupt. */
      readonly aborted?: true;
    }
  | {
      readonly type: 'thinking';
      readonly messageId: string;
      readonly text: string;
      readonly parentToolUseId?: string;
    }
  | {
      readonly type: 'toolStarted';
      readonly messageId: string;
      readonly toolUseId: string;
      readonly name: string;
      readonly input: JsonObject;
      readonly parentToolUseId?: string;
    }
  | { readonly type: 'toolProgress'; readonly toolUseId: string; readonly elapsedMs: number }
  | {
      readonly type: 'toolEnded';
      readonly toolUseId: string;
      readonly isError: boolean;
      /** What the model reads. */
      readonly output: string;
      /** The structured twin, such as a diff, with long strings cut. */
      readonly result?: JsonValue;
      /**
       * Who let it run or not: `accept` or `reject`, and after colons the source and what decided there, when it was told:
       * `accept:user_temporary`, `accept:config:mode`, `accept:config:rule`, `reject:hook`.
       */
      readonly decision?: string;
      readonly parentToolUseId?: string;
    }
  /** Of one model answer. The same `messageId` may come again: the last one counts. */
  | {
      readonly type: 'usage';
      readonly messageId: string;
      readonly model: string;
      readonly usage: TokenUsage;
      readonly parentToolUseId?: string;
    }
  | {
      readonly type: 'userText';
      readonly text: string;
      readonly uuid?: string;
      /** Claude Code wrote it; nobody typed it. */
      readonly synthetic: boolean;
      readonly parentToolUseId?: string;
    }
  /** The whole list, each time. */
  | { readonly type: 'todos'; readonly todos: readonly TodoItem[] }
  /** A sub-agent, or a shell command that runs for some seconds. */
  | {
      readonly type: 'agentStarted';
      readonly agentId: string;
      readonly toolUseId?: string;
      readonly kind: string;
      readonly description: string;
      readonly background: boolean;
      readonly subagentType?: string;
    }
  | {
      readonly type: 'agentProgress';
      readonly agentId: string;
      readonly description: string;
      readonly tokens?: number;
      readonly toolUses?: number;
      readonly durationMs?: number;
    }
  /** May come twice for one agent: the second one brings the summary. */
  | {
      readonly type: 'agentEnded';
      readonly agentId: string;
      readonly status: 'completed' | 'failed' | 'stopped';
      readonly summary?: string;
    }
  /** The whole list, each time. */
  | { readonly type: 'backgroundChanged'; readonly running: readonly BackgroundRun[] }
  /** What became of a message sent with this uuid. */
  | {
      readonly type: 'messageState';
      readonly uuid: string;
      readonly state: 'queued' | 'started' | 'completed' | 'cancelled';
    }
  | { readonly type: 'permissionModeChanged'; readonly mode: string }
  | {
      readonly type: 'apiRetry';
      readonly attempt: number;
      readonly maxRetries: number;
      readonly delayMs: number;
      /** HTTP status; null when there was no answer at all. */
      readonly status: number | null;
      readonly error: string;
    }
  | { readonly type: 'modelFallback'; readonly from: string; readonly to: string; readonly reason: string }
  | { readonly type: 'compacting' }
  | {
      readonly type: 'compacted';
      readonly ok: boolean;
      readonly preTokens?: number;
      readonly postTokens?: number;
      readonly error?: string;
    }
  | {
      readonly type: 'rateLimit';
      /** `allowed`, `allowed_warning` or `rejected`. */
      readonly status: string;
      readonly resetsAt?: number;
      readonly kind?: string;
      readonly raw: JsonObject;
    }
  /** Denied without asking anybody. */
  | {
      readonly type: 'permissionDenied';
      readonly toolName: string;
      readonly reason?: string;
      readonly toolUseId?: string;
    }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly text: string }
  /** The conversation was cleared; the new id comes in a second event, before the next `turnStarted`. */
  | { readonly type: 'sessionChanged'; readonly sessionId?: string }
  | {
      readonly type: 'turnEnded';
      readonly outcome: TurnOutcome;
      /** Of the whole session so far, resumed turns included: not to be summed. */
      readonly costUsd: number;
      /** Of this turn's main loop alone. */
      readonly usage: TokenUsage;
      /** Of the whole session so far, per model. */
      readonly models: Readonly<Record<string, ModelUsage>>;
      readonly turns: number;
      readonly durationMs: number;
      /** Messages that still wait: at least one more turn follows when above 0. */
      readonly queuedTurns: number;
      /** `task-notification` for a turn that a finished background task started. */
      readonly origin?: string;
      readonly permissionDenials: number;
      readonly text: string;
      /** The last line of the stored conversation that Claude wrote: a fork may begin there. */
      readonly lastLine?: string;
      readonly structuredOutput?: JsonValue;
    }
  /** A message that this version does not know. Kept and shown, never fatal. */
  | { readonly type: 'unknownMessage'; readonly raw: JsonValue }
  | { readonly type: 'badLine'; readonly text: string; readonly error: string }
  | { readonly type: 'stderr'; readonly text: string }
  /** The last event of every session. */
  | {
      readonly type: 'exited';
      readonly code: number | null;
      readonly signal: string | null;
      readonly stderrTail: string;
      /** Why this product ended it by itself, when that is so. Code and signal say nothing then. */
      readonly gaveUp?: Failure;
    };
