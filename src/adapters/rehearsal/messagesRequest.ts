import type { JsonObject, JsonValue } from '../../base/json.ts';

/** The parts of a Messages API request that the rehearsal model looks at; everything else is ignored. */
export interface MessagesRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly maxTokens: number;
  readonly system: string;
  readonly messages: readonly RequestMessage[];
  readonly toolNames: readonly string[];
  readonly thinks: boolean;
  /** The JSON schema that the answer must follow, when one is asked for. */
  readonly answerSchema: JsonObject | undefined;
  readonly sessionId: string | undefined;
}

interface RequestMessage {
  readonly role: string;
  readonly blocks: readonly RequestBlock[];
}

export type RequestBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'toolUse'; readonly id: string; readonly name: string; readonly input: JsonObject }
  | { readonly type: 'toolResult'; readonly id: string; readonly text: string; readonly isError: boolean }
  | { readonly type: 'other' };

/** Reads a request body; undefined when it is not a Messages API request at all. */
export function readMessagesRequest(body: JsonValue): MessagesRequest | undefined {
  if (!isObject(body) || !Array.isArray(body['messages'])) {
    return undefined;
  }
  const outputConfig = objectIn(body, 'output_config');
  const format = objectIn(outputConfig, 'format') ?? objectIn(body, 'output_format');
  return {
    model: textIn(body, 'model'),
    stream: body['stream'] === true,
    maxTokens: typeof body['max_tokens'] === 'number' ? body['max_tokens'] : Number.POSITIVE_INFINITY,
    system: plainText(body['system']),
    messages: body['messages'].filter(isObject).map(message => ({
      role: textIn(message, 'role'),
      blocks: readBlocks(message['content']),
    })),
    toolNames: listIn(body, 'tools').map(tool => textIn(tool, 'name')),
    thinks: isObject(body['thinking']) && body['thinking']['type'] !== 'disabled',
    answerSchema: objectIn(format, 'schema'),
    sessionId: sessionIdIn(textIn(objectIn(body, 'metadata') ?? {}, 'user_id')),
  };
}

function readBlocks(content: JsonValue | undefined): RequestBlock[] {
  if (typeof content === 'string') {
    return [{ type: 'text', text: content }];
  }
  return Array.isArray(content) ? content.filter(isObject).map(readBlock) : [];
}

function readBlock(block: JsonObject): RequestBlock {
  switch (block['type']) {
    case 'text':
      return { type: 'text', text: textIn(block, 'text') };
    case 'tool_use':
      return {
        type: 'toolUse',
        id: textIn(block, 'id'),
        name: textIn(block, 'name'),
        input: objectIn(block, 'input') ?? {},
      };
    case 'tool_result':
      return {
        type: 'toolResult',
        id: textIn(block, 'tool_use_id'),
        text: plainText(block['content']),
        isError: block['is_error'] === true,
      };
    default:
      return { type: 'other' };
  }
}

/** The text of content that is a string or a list of blocks. */
function plainText(content: JsonValue | undefined): string {
  if (typeof content === 'string') {
    return content;
  }
  const parts = Array.isArray(content) ? content.filter(isObject) : [];
  return parts.map(part => textIn(part, 'text') || textIn(part, 'tool_name') || `[${textIn(part, 'type')}]`).join('\n');
}

/** Newer versions of Claude Code send JSON, older ones `user_…_session_<id>`. */
function sessionIdIn(userId: string): string | undefined {
  const id = /"session_id":"([^"]+)"/.exec(userId) ?? /_session_(.+)$/.exec(userId);
  return id?.[1];
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectIn(parent: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = parent?.[key];
  return isObject(value) ? value : undefined;
}

function listIn(parent: JsonObject, key: string): JsonObject[] {
  const value = parent[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textIn(parent: JsonObject, key: string): string {
  const value = parent[key];
  return typeof value === 'string' ? value : '';
}
