import type { PermissionRule, PermissionSuggestion } from '../claude/claudeAsk.ts';

/** A rule as Claude Code writes it into settings, such as `Bash(npm run *)`. */
export function formatRule(rule: PermissionRule): string {
  return rule.ruleContent === undefined ? rule.toolName : `${rule.toolName}(${rule.ruleContent})`;
}

/** What a suggestion would change, exactly. */
export function formatSuggestion(suggestion: PermissionSuggestion): string {
  switch (suggestion.type) {
    case 'addRules':
    case 'replaceRules':
    case 'removeRules':
      return `${suggestion.type === 'removeRules' ? 'no more ' : ''}${suggestion.rules.map(formatRule).join(', ')}`;
    case 'setMode':
      return suggestion.mode === 'acceptEdits'
        ? 'mode acceptEdits: edits in the folder are not asked'
        : `mode ${suggestion.mode}`;
    case 'addDirectories':
    case 'removeDirectories':
      return `${suggestion.type === 'addDirectories' ? 'directory' : 'no more directory'} ${suggestion.directories.join(', ')}`;
  }
}

const SAVED_IN: Record<PermissionSuggestion['destination'], string> = {
  session: 'this task only',
  cliArg: 'this task only',
  localSettings: '.claude/settings.local.json',
  projectSettings: '.claude/settings.json',
  userSettings: 'your own Claude Code settings',
};

export function savedIn(suggestion: PermissionSuggestion): string {
  return SAVED_IN[suggestion.destination];
}
