import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { MessagesRequest } from './messagesRequest.ts';

/**
 * Requests that Claude Code makes beside the conversation: it checks a key or model, summarises, names a session, suggests.
 * They must never consume a scripted turn.
 */
export type SideRequestKind =
  | 'check'
  | 'summary'
  | 'structured'
  | 'suggestion'
  | 'commandPrefix'
  | 'commandFiles'
  | 'label';

const SUMMARY =
  /^CRITICAL: Respond with TEXT ONLY|^Your task is to create a detailed summary of (?:the|this) conversation/;
const SUGGESTION = /^\[SUGGESTION MODE/;
const SIDE_QUESTION = /^(?:<system-reminder>\s*)?This is a side question from the user/;
const LABEL = /^(?:Previous: |Describe (?:your|the agent's) most recent action)/;
// Versions up to 2.0 have a small model look at each command.
const COMMAND_PREFIX = /^<policy_spec>/;
const COMMAND_FILES = /^Command: [\s\S]*\nOutput: /;

export function sideRequestKind(request: MessagesRequest): SideRequestKind | undefined {
  if (request.maxTokens <= 16) {
    return 'check';
  }
  const text = lastText(request);
  if (SUMMARY.test(text)) {
    return 'summary';
  }
  if (SUGGESTION.test(text)) {
    return 'suggestion';
  }
  if (SIDE_QUESTION.test(text) || LABEL.test(text)) {
    return 'label';
  }
  const hasTools = request.toolNames.length > 0;
  if (request.answerSchema !== undefined && !hasTools) {
    return 'structured';
  }
  // The conversation itself always brings tools or a budget for thinking; a helper request of Claude Code has neither.
  // Requests without a session come from other programs, and are conversations of their own.
  const isHelper = !hasTools && !request.thinks && request.messages.length === 1 && request.sessionId !== undefined;
  return isHelper ? helperKind(text) : undefined;
}

function helperKind(text: string): SideRequestKind {
  if (COMMAND_PREFIX.test(text)) {
    return 'commandPrefix';
  }
  return COMMAND_FILES.test(text) ? 'commandFiles' : 'label';
}

/** An answer that Claude Code accepts when the scenario has none. */
export function sideAnswer(kind: SideRequestKind, request: MessagesRequest): string {
  switch (kind) {
    case 'check':
      return 'OK';
    case 'summary':
      return '<analysis>The rehearsal so far.</analysis>\n<summary>\nThe person rehearsed a task with the rehearsal model. Nothing is left to do.\n</summary>';
    case 'suggestion':
      return 'run the tests';
    case 'commandPrefix':
      return 'none';
    case 'commandFiles':
      return '<is_displaying_contents>\nfalse\n</is_displaying_contents>\n\n<filepaths>\n</filepaths>';
    case 'structured':
      return JSON.stringify(sampleOf(request.answerSchema ?? {}, titleFrom(lastText(request))));
    case 'label':
      return titleFrom(lastText(request));
  }
}

function lastText(request: MessagesRequest): string {
  const blocks = request.messages.findLast(message => message.role === 'user')?.blocks ?? [];
  return blocks.findLast(block => block.type === 'text')?.text.trim() ?? '';
}

const TITLE_WORDS = 6;

function titleFrom(text: string): string {
  const session = /<session>([\s\S]*?)<\/session>/.exec(text)?.[1] ?? text;
  const words = session.replace(/<[^>]*>/g, ' ').match(/[\p{L}\p{N}'’./_-]+/gu) ?? [];
  const title = words.slice(0, TITLE_WORDS).join(' ');
  return title === '' ? 'Rehearsal' : title.charAt(0).toUpperCase() + title.slice(1);
}

/** A small value that a JSON schema accepts, for the plain schemas of side requests. */
function sampleOf(schema: JsonObject, text: string): JsonValue {
  const choices = schema['enum'];
  if (Array.isArray(choices)) {
    return choices[0] ?? null;
  }
  switch (schema['type']) {
    case 'object': {
      const properties = Object.entries((schema['properties'] as JsonObject | undefined) ?? {});
      return Object.fromEntries(properties.map(([name, value]) => [name, sampleOf(value as JsonObject, text)]));
    }
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 0;
    case 'null':
      return null;
    default:
      return text;
  }
}
