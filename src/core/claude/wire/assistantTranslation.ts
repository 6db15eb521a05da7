import type { JsonObject, JsonValue } from '../../../base/json.ts';
import type { ClaudeEvent } from '../claudeEvents.ts';
import { cappedJson, cappedText } from './cappedJson.ts';
import { asObject, asRaw, asRaws, asText, type Raw } from './rawFields.ts';
import { readUsage } from './tokenUsage.ts';
import type { UsageLedger } from './usageLedger.ts';

export type RawAssistant = Raw<'message' | 'parent_tool_use_id' | 'error' | 'aborted' | 'uuid'>;
type RawMessage = Raw<'id' | 'model' | 'content' | 'usage' | 'stop_reason'>;
type RawBlock = Raw<'type' | 'text' | 'thinking' | 'id' | 'name' | 'input' | 'tool_use_id' | 'content' | 'is_error'>;

/** The name that Claude Code gives in place of a model to what it writes itself. */
const SYNTHETIC = '<synthetic>';

const MAX_TEXT = 1_000_000;
const MAX_OUTPUT = 100_000;

interface AssistantMessage {
  readonly messageId: string;
  readonly events: readonly ClaudeEvent[];
  /** Claude Code's word for a failure that this message tells of. */
  readonly error: string | undefined;
  readonly tools: readonly { readonly toolUseId: string; readonly name: string; readonly input: JsonObject }[];
  readonly isMainThread: boolean;
  /** The name of this line in the stored conversation. */
  readonly line: string | undefined;
}

/** One finished block of an answer; several messages share one id. */
export function translateAssistant(raw: RawAssistant, usage: UsageLedger): AssistantMessage {
  const message: RawMessage = asRaw(raw.message) ?? {};
  const messageId = asText(message.id) ?? asText(raw.uuid) ?? '';
  const parentToolUseId = asText(raw.parent_tool_use_id);
  const parent = parentToolUseId === undefined ? {} : { parentToolUseId };
  const isSynthetic = message.model === SYNTHETIC;
  const error = asText(raw.error);
  const events: ClaudeEvent[] = [];
  const tools: { toolUseId: string; name: string; input: JsonObject }[] = [];

  for (const block of blocksOf(message.content)) {
    const text = asText(block.text);
    const thinking = asText(block.thinking);
    const toolUseId = asText(block.id);
    const name = asText(block.name);
    if (block.type === 'text' && text !== undefined && text !== '') {
      events.push({
        type: 'text',
        messageId,
        text: cappedText(text, MAX_TEXT),
        ...parent,
        ...(isSynthetic ? { synthetic: true } : {}),
        ...(error === undefined ? {} : { error }),
        ...(raw.aborted === true ? { aborted: true } : {}),
      });
    } else if (block.type === 'thinking' && thinking !== undefined && thinking !== '') {
      events.push({ type: 'thinking', messageId, text: cappedText(thinking, MAX_TEXT), ...parent });
    } else if (toolUseId !== undefined && name !== undefined && isToolUse(block.type)) {
      const input = asObject(block.input) ?? {};
      tools.push({ toolUseId, name, input });
      events.push({
        type: 'toolStarted',
        messageId,
        toolUseId,
        name,
        input: cappedJson(input) as JsonObject,
        ...parent,
      });
    } else if (isToolResult(block.type)) {
      const ended = endOfTool(block);
      if (ended !== undefined) {
        events.push({ ...ended, ...parent });
      }
    }
  }
  if (!isSynthetic && asText(message.id) !== undefined && asObject(message.usage) !== undefined) {
    const final = typeof message.stop_reason === 'string';
    const model = asText(message.model) ?? '';
    const reported = usage.report(messageId, model, readUsage(message.usage), final, parentToolUseId);
    if (reported !== undefined) {
      events.push(reported);
    }
  }
  return { messageId, events, error, tools, isMainThread: parentToolUseId === undefined, line: asText(raw.uuid) };
}

function blocksOf(content: JsonValue | undefined): readonly RawBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : asRaws<keyof RawBlock>(content);
}

/** `tool_use`, and the calls that run at the API or in a remote MCP server. */
function isToolUse(type: JsonValue | undefined): boolean {
  return typeof type === 'string' && type.endsWith('tool_use');
}

/** The result of a call that ran at the API comes in the answer itself: `web_search_tool_result` and its like. */
function isToolResult(type: JsonValue | undefined): boolean {
  return typeof type === 'string' && type.endsWith('_tool_result');
}

function endOfTool(block: RawBlock): Extract<ClaudeEvent, { readonly type: 'toolEnded' }> | undefined {
  const toolUseId = asText(block.tool_use_id);
  const kind = asText((asRaw(block.content) as Raw<'type'> | undefined)?.type);
  return toolUseId === undefined
    ? undefined
    : {
        type: 'toolEnded',
        toolUseId,
        isError: block.is_error === true || kind?.endsWith('_error') === true,
        output: cappedText(outputText(block.content), MAX_OUTPUT),
      };
}

function outputText(content: JsonValue | undefined): string {
  return typeof content === 'string' ? content : content === undefined ? '' : JSON.stringify(cappedJson(content));
}
