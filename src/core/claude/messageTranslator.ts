import type { JsonValue } from '../../base/json.ts';
import type { ClaudeEvent } from './claudeEvents.ts';
import type { WireMessage } from './claudeMessages.ts';
import { AgentTranslation } from './wire/agentTranslation.ts';
import { type RawAssistant, translateAssistant } from './wire/assistantTranslation.ts';
import { cappedJson, cappedText } from './wire/cappedJson.ts';
import { asNumber, asRaw, asText, type Raw } from './wire/rawFields.ts';
import { type RawResult, translateResult } from './wire/resultTranslation.ts';
import { StreamTranslation } from './wire/streamTranslation.ts';
import { loadErrors, rateLimit, translateSystem, turnStarted } from './wire/systemTranslation.ts';
import { TodoTracker } from './wire/todoTracker.ts';
import { UsageLedger } from './wire/usageLedger.ts';
import { type RawUser, translateUser } from './wire/userTranslation.ts';

type RawStatus = Raw<'status' | 'permissionMode' | 'compact_result' | 'compact_error'>;
type RawBoundary = Raw<'pre_tokens' | 'post_tokens'>;
type RawProgress = Raw<'tool_use_id' | 'parent_tool_use_id' | 'elapsed_time_seconds' | 'heartbeat'>;

const NONE: readonly ClaudeEvent[] = [];
const INTERRUPT_NOTE = '[Request interrupted by user';
const LIFECYCLE = new Set(['queued', 'started', 'completed', 'cancelled']);
/** Known, and of no use to the panel. */
const SILENT = new Set(['keep_alive', 'prompt_suggestion', 'tool_use_summary', 'active_goal']);

/**
 * Turns messages of the wire into what they mean. Has a memory of the turn, and no other effect: the same lines give the
 * same events. What is not known is passed on as it is; nothing makes it throw.
 */
export class MessageTranslator {
  readonly #usage = new UsageLedger();
  readonly #stream = new StreamTranslation(this.#usage);
  readonly #todos = new TodoTracker();
  readonly #agents = new AgentTranslation();
  #sessionId: string | undefined;
  #cwd: string | undefined;
  #permissionMode: string | undefined;
  #compacted = false;
  #error: string | undefined;
  #lastLine: string | undefined;
  #interruptNoted = false;
  readonly #knownVersion: string;

  /** The version is passed on where an older Claude Code does not tell its own. */
  constructor(knownVersion = '') {
    this.#knownVersion = knownVersion;
  }

  /** Undefined before the first turn. */
  get sessionId(): string | undefined {
    return this.#sessionId;
  }

  /** Everything but control messages, which the session answers itself. */
  translate(message: WireMessage): readonly ClaudeEvent[] {
    switch (message.type) {
      case 'stream_event':
        return this.#stream.translate(message.event);
      case 'assistant':
        return this.#assistant(message as RawAssistant);
      case 'user':
        return this.#user(message as RawUser);
      case 'system':
        return this.#system(message);
      case 'result':
        return this.#result(message as RawResult);
      case 'tool_progress':
        return toolProgress(message as RawProgress);
      case 'command_lifecycle':
        return messageState(message as Raw<'command_uuid' | 'state'>);
      case 'rate_limit_event':
        return rateLimit((message as Raw<'rate_limit_info'>).rate_limit_info);
      case 'conversation_reset':
        return this.#reset();
      case 'auth_status':
        return authStatus(message as Raw<'error'>);
      default:
        return typeof message.type === 'string' && SILENT.has(message.type) ? NONE : unknown(message);
    }
  }

  #assistant(raw: RawAssistant): readonly ClaudeEvent[] {
    const { messageId, events, error, tools, isMainThread, line } = translateAssistant(raw, this.#usage);
    if (isMainThread) {
      this.#stream.markDelivered(messageId);
      this.#error = error ?? this.#error;
      this.#lastLine = line ?? this.#lastLine;
      for (const { toolUseId, name, input } of tools) {
        this.#todos.started(toolUseId, name, input);
      }
    }
    return events;
  }

  #user(raw: RawUser): readonly ClaudeEvent[] {
    const { events, syntheticTexts } = translateUser(raw, this.#todos);
    this.#interruptNoted ||= syntheticTexts.some(text => text.startsWith(INTERRUPT_NOTE));
    return events;
  }

  #system(message: WireMessage): readonly ClaudeEvent[] {
    switch (message.subtype) {
      case 'init':
        return this.#init(message);
      case 'status':
        return this.#status(message as RawStatus);
      case 'compact_boundary':
        return this.#boundary(asRaw((message as Raw<'compact_metadata'>).compact_metadata) ?? {});
      default:
        return translateSystem(message, this.#agents) ?? unknown(message);
    }
  }

  #init(message: WireMessage): readonly ClaudeEvent[] {
    const started = turnStarted(message, this.#knownVersion);
    const changed = this.#sessionId !== undefined && this.#sessionId !== started.sessionId;
    this.#sessionId = started.sessionId;
    this.#cwd = started.cwd;
    this.#permissionMode = started.permissionMode;
    return [
      ...(changed ? [{ type: 'sessionChanged', sessionId: started.sessionId } as const] : NONE),
      started,
      ...loadErrors(message),
    ];
  }

  #status(raw: RawStatus): readonly ClaudeEvent[] {
    const events: ClaudeEvent[] = [];
    const mode = asText(raw.permissionMode);
    if (mode !== undefined && mode !== this.#permissionMode) {
      this.#permissionMode = mode;
      events.push({ type: 'permissionModeChanged', mode });
    }
    if (raw.status === 'compacting') {
      events.push({ type: 'compacting' });
    }
    if (raw.compact_result === 'success') {
      // The sizes follow in a message of their own.
      this.#compacted = true;
    } else if (raw.compact_result === 'failed') {
      const error = asText(raw.compact_error);
      events.push({ type: 'compacted', ok: false, ...(error === undefined ? {} : { error }) });
    }
    return events;
  }

  #boundary(raw: RawBoundary): readonly ClaudeEvent[] {
    this.#compacted = false;
    const preTokens = asNumber(raw.pre_tokens);
    const postTokens = asNumber(raw.post_tokens);
    return [
      {
        type: 'compacted',
        ok: true,
        ...(preTokens === undefined ? {} : { preTokens }),
        ...(postTokens === undefined ? {} : { postTokens }),
      },
    ];
  }

  #result(raw: RawResult): readonly ClaudeEvent[] {
    const events: ClaudeEvent[] = [...this.#stream.close()];
    if (this.#compacted) {
      this.#compacted = false;
      events.push({ type: 'compacted', ok: true });
    }
    const memory = { error: this.#error, interruptNoted: this.#interruptNoted, cwd: this.#cwd };
    events.push(translateResult(raw, { ...memory, lastLine: this.#lastLine }));
    this.#usage.clear();
    this.#error = undefined;
    this.#interruptNoted = false;
    return events;
  }

  #reset(): readonly ClaudeEvent[] {
    this.#lastLine = undefined;
    const todos = this.#todos.reset();
    return todos === undefined ? [{ type: 'sessionChanged' }] : [{ type: 'sessionChanged' }, todos];
  }
}

function unknown(message: WireMessage): readonly ClaudeEvent[] {
  return [{ type: 'unknownMessage', raw: cappedJson(message as unknown as JsonValue) }];
}

/** A heartbeat has an id of its own, and names the call that it belongs to as its parent. */
function toolProgress(raw: RawProgress): readonly ClaudeEvent[] {
  const own = asText(raw.tool_use_id);
  const parent = asText(raw.parent_tool_use_id);
  const toolUseId = raw.heartbeat === true ? (parent ?? own) : own;
  const seconds = asNumber(raw.elapsed_time_seconds);
  return toolUseId === undefined || seconds === undefined
    ? NONE
    : [{ type: 'toolProgress', toolUseId, elapsedMs: Math.round(seconds * 1000) }];
}

function messageState(raw: Raw<'command_uuid' | 'state'>): readonly ClaudeEvent[] {
  const uuid = asText(raw.command_uuid);
  const state = asText(raw.state);
  return uuid === undefined || state === undefined || !LIFECYCLE.has(state)
    ? NONE
    : [{ type: 'messageState', uuid, state: state as 'queued' | 'started' | 'completed' | 'cancelled' }];
}

function authStatus(raw: Raw<'error'>): readonly ClaudeEvent[] {
  const error = asText(raw.error);
  return error === undefined ? NONE : [{ type: 'notice', level: 'error', text: cappedText(error, 4000) }];
}
