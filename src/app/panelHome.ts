import os from 'node:os';
import path from 'node:path';
import { noHome } from './userKeyError.ts';

/**
 * The folder of the control panel that belongs to the user, not to a workspace: nothing in it comes from a repository.
 * @throws UserKeyError `noHome`
 */
export function panelHome(environment: NodeJS.ProcessEnv): string {
  const chosen = environment['CLAUDE_PANEL_HOME'] ?? '';
  return path.isAbsolute(chosen) ? chosen : path.join(homeFolder(), chosen === '' ? '.claude-panel' : chosen);
}

function homeFolder(): string {
  try {
    return os.homedir();
  } catch (error) {
    // A container may run under a number that is no account.
    throw noHome(error);
  }
}
