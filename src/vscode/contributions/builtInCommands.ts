import type { CommandName } from './commands.ts';

/** The entries of the palette that run a built-in command, whatever a folder shadows: entry → name of its file. */
export const BUILT_IN_COMMANDS = {
  godMode: 'god-mode',
  safeMode: 'safe-mode',
  serena: 'serena',
  securityAudit: 'security-audit',
  buildAgent: 'build-agent',
  dailyStandup: 'daily-standup',
  researchMode: 'research-mode',
  backupNow: 'backup-now',
  healthStatus: 'health-status',
  unfuckThis: 'unfuck-this',
} as const satisfies Partial<Record<CommandName, string>>;

export type BuiltInEntry = keyof typeof BUILT_IN_COMMANDS;

/** Works without asking; it is offered only to those who revealed it in their own settings. */
export const GOD_MODE = BUILT_IN_COMMANDS.godMode;
