import type { JsonValue } from '../../../base/json.ts';
import type { ClaudeEvent } from '../claudeEvents.ts';
import { cappedJson, cappedText } from './cappedJson.ts';
import { asRaw, asRaws, asText, type Raw } from './rawFields.ts';
import type { TodoTracker } from './todoTracker.ts';

export type RawUser = Raw<
  'message' | 'parent_tool_use_id' | 'uuid' | 'isReplay' | 'isSynthetic' | 'tool_use_result' | 'tool_result_meta'
>;
type RawBlock = Raw<'type' | 'text' | 'tool_use_id' | 'content' | 'is_error'>;

const MAX_OUTPUT = 100_000;
const LOCAL_OUTPUT = /^<local-command-(stdout|stderr)>([\s\S]*)<\/local-command-\1>$/;

interface UserMessage {
  readonly events: readonly ClaudeEvent[];
  /** The calls that have ended. */
  readonly endedTools: readonly string[];
  /** Texts that Claude Code put in itself. */
  readonly syntheticTexts: readonly string[];
}

/** Results of tool calls, and texts in the name of the user: typed ones that are replayed, and made-up ones. */
export function translateUser(raw: RawUser, todos: TodoTracker): UserMessage {
  const message: Raw<'content'> = asRaw(raw.message) ?? {};
  const parentToolUseId = asText(raw.parent_tool_use_id);
  const parent = parentToolUseId === undefined ? {} : { parentToolUseId };
  const uuid = asText(raw.uuid);
  const isTyped = raw.isReplay === true && raw.isSynthetic !== true;
  const events: ClaudeEvent[] = [];
  const endedTools: string[] = [];
  const syntheticTexts: string[] = [];
  // The structured twin belongs to the only result of a message; with several, nothing says to which.
  const blocks = blocksOf(message.content);
  const results = blocks.filter(block => block.type === 'tool_result').length;

  for (const block of blocks) {
    const toolUseId = asText(block.tool_use_id);
    const text = asText(block.text);
    if (block.type === 'tool_result' && toolUseId !== undefined) {
      const isError = block.is_error === true;
      const result = results === 1 ? raw.tool_use_result : undefined;
      const decision = decisionOf(raw.tool_result_meta, toolUseId);
      endedTools.push(toolUseId);
      events.push({
        type: 'toolEnded',
        toolUseId,
        isError,
        output: cappedText(outputText(block.content), MAX_OUTPUT),
        ...(result === undefined ? {} : { result: cappedJson(result) }),
        ...(decision === undefined ? {} : { decision }),
        ...parent,
      });
      const changed = todos.ended(toolUseId, isError, result);
      if (changed !== undefined) {
        events.push(changed);
      }
    } else if (text !== undefined && text !== '') {
      const event = userText(text, uuid, isTyped, parent);
      if (event !== undefined) {
        events.push(event);
      }
      if (!isTyped) {
        syntheticTexts.push(text);
      }
    }
  }
  return { events, endedTools, syntheticTexts };
}

function userText(
  text: string,
  uuid: string | undefined,
  isTyped: boolean,
  parent: { parentToolUseId?: string },
): ClaudeEvent | undefined {
  const local = LOCAL_OUTPUT.exec(text);
  if (local !== null) {
    const output = (local[2] ?? '').trim();
    const level = local[1] === 'stderr' ? 'warning' : 'info';
    return output === '' ? undefined : { type: 'notice', level, text: cappedText(output, MAX_OUTPUT) };
  }
  return {
    type: 'userText',
    text: cappedText(text, MAX_OUTPUT),
    ...(uuid === undefined ? {} : { uuid }),
    synthetic: !isTyped,
    ...parent,
  };
}

function blocksOf(content: JsonValue | undefined): readonly RawBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : asRaws<keyof RawBlock>(content);
}

function outputText(content: JsonValue | undefined): string {
  if (typeof content === 'string') {
    return content;
  }
  const parts = asRaws<'type' | 'text'>(content).map(
    block => asText(block.text) ?? `[${asText(block.type) ?? 'data'}]`,
  );
  return parts.join('\n');
}

function decisionOf(meta: JsonValue | undefined, toolUseId: string): string | undefined {
  const entry = asRaws<'id' | 'permission_decision'>(meta).find(candidate => candidate.id === toolUseId);
  const decision: Raw<'decision' | 'source' | 'reason_type'> = asRaw(entry?.permission_decision) ?? {};
  const word = asText(decision.decision);
  const source = asText(decision.source);
  const reason = asText(decision.reason_type);
  if (word === undefined || source === undefined) {
    return word;
  }
  return reason === undefined || reason === source ? `${word}:${source}` : `${word}:${source}:${reason}`;
}
