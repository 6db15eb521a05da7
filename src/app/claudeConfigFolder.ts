import { homedir } from 'node:os';
import path from 'node:path';

/** Where Claude Code keeps what belongs to the user: settings, commands, skills and agents. Absolute. */
export function claudeConfigFolder(environment: NodeJS.ProcessEnv): string {
  const chosen = environment['CLAUDE_CONFIG_DIR'] ?? '';
  return chosen === '' ? path.join(homedir(), '.claude') : path.resolve(chosen);
}
