import { hasHiddenCharacters } from '../../base/visibleText.ts';
import { type ClaudeAsk, forSession, type PermissionSuggestion } from '../claude/claudeAsk.ts';
import type { ApprovalChoice } from './approval.ts';
import { formatSuggestion, savedIn } from './permissionWords.ts';

type RuleSuggestion = Extract<PermissionSuggestion, { readonly rules: unknown }>;
type ToolAsk = Extract<ClaudeAsk, { readonly kind: 'tool' }>;

const ALLOW_ONCE: ApprovalChoice = { id: 'allowOnce', label: 'Allow', grants: true, updates: [] };
const DENY: ApprovalChoice = { id: 'deny', label: 'Deny', grants: false, updates: [] };

/** The answers to a tool call, each with exactly what it would save. */
export function toolChoices(ask: ToolAsk): readonly ApprovalChoice[] {
  // A rule that cannot be read cannot be agreed to.
  const suggestions = ask.suggestions.filter(suggestion => !hasHiddenCharacters(formatSuggestion(suggestion)));
  if (ask.requiresUser || ask.onceOnly) {
    return [ALLOW_ONCE, DENY];
  }
  const rules = suggestions.filter(isAllowRule);
  // With a rule on offer, a wider mode is not slipped in beside it.
  const forTask = (rules.length > 0 ? suggestions.filter(other => other.type !== 'setMode') : suggestions).map(
    forSession,
  );
  const forProject = rules.map(rule => ({ ...rule, destination: 'localSettings' as const }));
  return [
    ALLOW_ONCE,
    ...(forTask.length > 0
      ? [withRule({ id: 'allowTask', label: 'Allow for this task', grants: true, updates: forTask })]
      : []),
    ...(forProject.length > 0
      ? [withRule({ id: 'allowProject', label: 'Allow in this project', grants: true, updates: forProject })]
      : []),
    DENY,
  ];
}

function isAllowRule(suggestion: PermissionSuggestion): suggestion is RuleSuggestion {
  return suggestion.type === 'addRules' && suggestion.behavior === 'allow';
}

function withRule(choice: ApprovalChoice): ApprovalChoice {
  const first = choice.updates[0];
  return first === undefined
    ? choice
    : { ...choice, rule: choice.updates.map(formatSuggestion).join('; '), savedIn: savedIn(first) };
}
