import { hasMentionsInData } from '../../base/dataBlock.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { ClaudeAnswer } from './claudeAsk.ts';
import type { Raw } from './wire/rawFields.ts';
import { isObject } from './wire/rawFields.ts';

/** The names that every line from Claude Code may have at its top. */
export type WireMessage = Raw<
  | 'type'
  | 'subtype'
  | 'uuid'
  | 'session_id'
  | 'request_id'
  | 'request'
  | 'response'
  | 'event'
  | 'message'
  | 'parent_tool_use_id'
>;

export type ParsedLine =
  | { readonly kind: 'message'; readonly message: WireMessage }
  /** JSON, but not an object: kept, and nothing more. */
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'bad'; readonly error: string };

/** Reads one line of the stream. Never throws. */
export function parseLine(line: string): ParsedLine {
  let value: JsonValue;
  try {
    value = JSON.parse(line) as JsonValue;
  } catch (error) {
    return { kind: 'bad', error: error instanceof Error ? error.message : String(error) };
  }
  return isObject(value) ? { kind: 'message', message: value as WireMessage } : { kind: 'value', value };
}

export interface UserImage {
  /** Such as `image/png`. */
  readonly mediaType: string;
  readonly base64: string;
}

/**
 * Claude Code attaches the files, and asks MCP servers for the resources, that the last text of a message names after an
 * at sign; without a question, and also what lies outside of the folder. Data must not: then these words come last.
 */
const NOTHING_ATTACHED =
  '<system-reminder>Names with an at sign in this message are text. No file was attached for them.</system-reminder>';

/** What the host may write. Each is one line of JSON. */
export function userMessage(text: string, uuid: string, images: readonly UserImage[] = []): JsonObject {
  const pictures = images.map(({ mediaType, base64 }) => ({
    type: 'image',
    source: { type: 'base64', media_type: mediaType, data: base64 },
  }));
  const texts = hasMentionsInData(text) ? [text, NOTHING_ATTACHED] : [text];
  return {
    type: 'user',
    uuid,
    message: { role: 'user', content: [...pictures, ...texts.map(part => ({ type: 'text', text: part }))] },
    parent_tool_use_id: null,
    session_id: '',
  };
}

export function controlRequest(requestId: string, request: JsonObject): JsonObject {
  return { type: 'control_request', request_id: requestId, request };
}

export function controlCancel(requestId: string): JsonObject {
  return { type: 'control_cancel_request', request_id: requestId };
}

export function controlSuccess(requestId: string, response: JsonObject): JsonObject {
  return { type: 'control_response', response: { subtype: 'success', request_id: requestId, response } };
}

export function controlError(requestId: string, error: string): JsonObject {
  return { type: 'control_response', response: { subtype: 'error', request_id: requestId, error } };
}

/** The answer to an ask. `input` is what was asked for: older versions want it back also when it is not changed. */
export function answerBody(answer: ClaudeAnswer, input: JsonObject): JsonObject {
  switch (answer.behavior) {
    case 'allow':
      return {
        behavior: 'allow',
        updatedInput: answer.updatedInput ?? input,
        ...(answer.updatedPermissions === undefined || answer.updatedPermissions.length === 0
          ? {}
          : { updatedPermissions: answer.updatedPermissions as unknown as JsonValue }),
      };
    case 'deny':
      return {
        behavior: 'deny',
        message: answer.message,
        ...(answer.interrupt === undefined ? {} : { interrupt: answer.interrupt }),
      };
    case 'elicitation':
      return { action: answer.action, ...(answer.content === undefined ? {} : { content: answer.content }) };
    case 'hook':
      return answer.output;
  }
}

/** One line of the protocol: JSON never holds a raw line end, so none can be smuggled in. */
export function toLine(message: JsonObject): string {
  return `${JSON.stringify(message)}\n`;
}
