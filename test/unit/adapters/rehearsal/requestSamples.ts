import { type Conversation, readConversation } from '../../../../src/adapters/rehearsal/conversation.ts';
import { type MessagesRequest, readMessagesRequest } from '../../../../src/adapters/rehearsal/messagesRequest.ts';
import type { JsonObject } from '../../../../src/base/json.ts';

/** Texts in the shape in which Claude Code 2.1.329 sends them. */
export const REMINDER = '<system-reminder>\nAttribution for git commits\n</system-reminder>\n';
export const ENVIRONMENT =
  '# Environment\nYou have been invoked in the following environment: \n - Primary working directory: /home/ann/shop\n - Platform: linux\n\nThe following deferred tools are now available via ToolSearch. Their schemas are NOT loaded.\nEnterPlanMode\nExitPlanMode\nTaskCreate\n\nAvailable agent types for the Agent tool:\n- Explore: Read-only search agent';
export const FOLLOW_UP =
  'The user sent a new message while you were working:\nalso do this\n\nThis is how Claude Code surfaces messages the user sends mid-turn — within the running turn.';
export const PLAN_MODE =
  'Plan mode is active. The user indicated that they do not want you to execute yet.\n\n## Plan File Info:\nNo plan file exists yet. You should create your plan at /home/ann/.claude/plans/quiet fox.md using the Write tool.\n';

export type Message = { role: string; content: string | JsonObject[] };

export function text(value: string): JsonObject {
  return { type: 'text', text: value };
}

export function person(...texts: string[]): Message {
  return { role: 'user', content: texts.map(text) };
}

export function system(value: string): Message {
  return { role: 'system', content: value };
}

/** A model round with one tool call, and its result. */
export function toolRound(name: string, input: JsonObject, result: string, isError = false): Message[] {
  const id = `toolu_${name}_${JSON.stringify(input).length}`;
  return [
    { role: 'assistant', content: [{ type: 'tool_use', id, name, input }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: result, is_error: isError }] },
  ];
}

export function assistant(value: string): Message {
  return { role: 'assistant', content: [text(value)] };
}

export function bodyOf(messages: readonly Message[], more: JsonObject = {}): JsonObject {
  return {
    model: 'claude-sonnet-5-5',
    max_tokens: 1000,
    stream: true,
    tools: [{ name: 'Bash' }, { name: 'Read' }],
    messages: messages as unknown as JsonObject[],
    ...more,
  };
}

export function requestOf(messages: readonly Message[], more: JsonObject = {}): MessagesRequest {
  const request = readMessagesRequest(bodyOf(messages, more));
  if (request === undefined) {
    throw new Error('The sample is not a request.');
  }
  return request;
}

export function conversationOf(messages: readonly Message[], more: JsonObject = {}): Conversation {
  return readConversation(requestOf(messages, more), undefined);
}
