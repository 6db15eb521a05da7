import process from 'node:process';

/** What a calling VS Code, npm or Claude Code leaves in the environment and would confuse the one that is started. */
const LEAKED = /^(VSCODE_|ELECTRON_|CODE_SERVER|npm_|INIT_CWD$|NODE_OPTIONS$|CLAUDECODE$|CLAUDE_CODE_ENTRYPOINT$)/i;

/**
 * The user's environment, for VS Code.
 * @param {Record<string, string>} added
 * @returns {Record<string, string | undefined>}
 */
export function hostEnvironment(added) {
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !LEAKED.test(name))), ...added };
}
