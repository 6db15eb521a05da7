/** What a command can name as an action; the actions themselves are in `builtInActions`, which needs the services. */
export const ACTION_NAMES: readonly string[] = [
  'dependency-audit',
  'secret-scan',
  'merge-findings',
  'findings-report',
  'check-agent',
  'write-agent',
  'save-document',
  'standup-facts',
  'backup',
  'undo-plan',
  'undo',
  'health-status',
  'god-mode-grants',
];
