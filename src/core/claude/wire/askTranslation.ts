import type { JsonObject, JsonValue } from '../../../base/json.ts';
import type {
  AskedQuestion,
  ClaudeAsk,
  PermissionDestination,
  PermissionRule,
  PermissionSuggestion,
} from '../claudeAsk.ts';
import { asObject, asRaw, asRaws, asText, asTexts, type Raw } from './rawFields.ts';

type RawCanUseTool = Raw<
  | 'tool_name'
  | 'display_name'
  | 'title'
  | 'description'
  | 'input'
  | 'tool_use_id'
  | 'agent_id'
  | 'permission_suggestions'
  | 'blocked_path'
  | 'decision_reason'
  | 'decision_reason_type'
  | 'requires_user_interaction'
  | 'suppress_always_allow_rule'
  | 'mcp_server'
>;
type RawElicitation = Raw<
  'mcp_server_name' | 'message' | 'title' | 'requested_schema' | 'property_order' | 'mode' | 'url'
>;
type RawHook = Raw<'callback_id' | 'tool_use_id' | 'input'>;
type RawQuestion = Raw<'question' | 'header' | 'multiSelect' | 'options'>;
type RawSuggestion = Raw<'type' | 'rules' | 'behavior' | 'destination' | 'mode' | 'directories'>;

/**
 * What Claude Code wants to know, or undefined for a request that is not known or lacks what an answer needs.
 * Some versions give the main thread the id of the session as its agent.
 */
export function translateAsk(requestId: string, request: JsonObject, sessionId?: string): ClaudeAsk | undefined {
  switch ((request as Raw<'subtype'>).subtype) {
    case 'can_use_tool':
      return canUseTool(requestId, request as RawCanUseTool, sessionId);
    case 'elicitation':
      return elicitation(requestId, request as RawElicitation);
    case 'hook_callback':
      return hookCallback(requestId, request as RawHook);
    default:
      return undefined;
  }
}

function canUseTool(requestId: string, raw: RawCanUseTool, sessionId: string | undefined): ClaudeAsk | undefined {
  const toolName = asText(raw.tool_name);
  const input = asObject(raw.input);
  if (toolName === undefined || input === undefined) {
    return undefined;
  }
  const agentId = asText(raw.agent_id);
  const common = {
    requestId,
    toolName,
    // Older versions do not say which call it is; the request itself is unique as well.
    toolUseId: asText(raw.tool_use_id) ?? requestId,
    ...(agentId === undefined || agentId === sessionId ? {} : { agentId }),
    input,
  };
  const questions = toolName === 'AskUserQuestion' ? readQuestions((input as Raw<'questions'>).questions) : [];
  if (questions.length > 0) {
    return { kind: 'question', ...common, questions };
  }
  if (toolName === 'ExitPlanMode') {
    const { plan, planFilePath } = input as Raw<'plan' | 'planFilePath'>;
    const planFile = asText(planFilePath);
    return { kind: 'plan', ...common, plan: asText(plan) ?? '', ...(planFile === undefined ? {} : { planFile }) };
  }
  const reason = readReason(raw);
  return {
    kind: 'tool',
    ...common,
    ...textField('displayName', raw.display_name),
    ...textField('title', raw.title),
    ...textField('description', raw.description),
    suggestions: asRaws<keyof RawSuggestion>(raw.permission_suggestions).flatMap(readSuggestion),
    ...(reason === undefined ? {} : { reason }),
    ...textField('blockedPath', raw.blocked_path),
    requiresUser: raw.requires_user_interaction === true,
    onceOnly: raw.suppress_always_allow_rule === true,
    ...textField('mcpServer', asObject(raw.mcp_server)?.['name']),
  };
}

function elicitation(requestId: string, raw: RawElicitation): ClaudeAsk {
  return {
    kind: 'elicitation',
    requestId,
    server: asText(raw.mcp_server_name) ?? '',
    message: asText(raw.message) ?? '',
    ...textField('title', raw.title),
    schema: asObject(raw.requested_schema) ?? {},
    propertyOrder: asTexts(raw.property_order),
    ...textField('url', raw.url),
  };
}

function hookCallback(requestId: string, raw: RawHook): ClaudeAsk | undefined {
  const callbackId = asText(raw.callback_id);
  if (callbackId === undefined) {
    return undefined;
  }
  const input = asObject(raw.input) ?? {};
  return {
    kind: 'hook',
    requestId,
    callbackId,
    event: asText((input as Raw<'hook_event_name'>).hook_event_name) ?? '',
    ...textField('toolUseId', raw.tool_use_id),
    input,
  };
}

function textField<Name extends string>(name: Name, value: JsonValue | undefined): { [key in Name]?: string } {
  const text = asText(value);
  return text === undefined ? {} : ({ [name]: text } as { [key in Name]?: string });
}

function readReason(raw: RawCanUseTool): { text?: string; type?: string } | undefined {
  const reason = { ...textField('text', raw.decision_reason), ...textField('type', raw.decision_reason_type) };
  return Object.keys(reason).length === 0 ? undefined : reason;
}

function readQuestions(value: JsonValue | undefined): readonly AskedQuestion[] {
  return asRaws<keyof RawQuestion>(value).flatMap(raw => {
    const question = asText(raw.question);
    return question === undefined
      ? []
      : [
          {
            question,
            header: asText(raw.header) ?? '',
            multiSelect: raw.multiSelect === true,
            options: asRaws<'label' | 'description'>(raw.options).flatMap(option => {
              const label = asText(option.label);
              return label === undefined ? [] : [{ label, description: asText(option.description) ?? '' }];
            }),
          },
        ];
  });
}

const DESTINATIONS = new Set(['userSettings', 'projectSettings', 'localSettings', 'session', 'cliArg']);
const BEHAVIORS = new Set(['allow', 'deny', 'ask']);

/** A suggestion of a kind that is not known grants something that cannot be shown, so it is not offered. */
function readSuggestion(raw: RawSuggestion): readonly PermissionSuggestion[] {
  const destination = asText(raw.destination) as PermissionDestination | undefined;
  if (destination === undefined || !DESTINATIONS.has(destination)) {
    return [];
  }
  switch (raw.type) {
    case 'addRules':
    case 'replaceRules':
    case 'removeRules': {
      const behavior = asText(raw.behavior) as 'allow' | 'deny' | 'ask' | undefined;
      const rules = readRules(raw.rules);
      return behavior === undefined || !BEHAVIORS.has(behavior) || rules === undefined
        ? []
        : [{ type: raw.type, rules, behavior, destination }];
    }
    case 'setMode': {
      const mode = asText(raw.mode);
      return mode === undefined ? [] : [{ type: 'setMode', mode, destination }];
    }
    case 'addDirectories':
    case 'removeDirectories':
      return [{ type: raw.type, directories: asTexts(raw.directories), destination }];
    default:
      return [];
  }
}

/** Undefined when one of them cannot be read: a rule without its content would grant the whole tool. */
function readRules(value: JsonValue | undefined): readonly PermissionRule[] | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    return undefined;
  }
  const rules: PermissionRule[] = [];
  for (const item of value) {
    const raw = asRaw(item) as Raw<'toolName' | 'ruleContent'> | undefined;
    const toolName = asText(raw?.toolName);
    const content = raw?.ruleContent;
    if (toolName === undefined || (content !== undefined && typeof content !== 'string')) {
      return undefined;
    }
    rules.push(content === undefined ? { toolName } : { toolName, ruleContent: content });
  }
  return rules;
}
