import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { CommandFailed } from '../setup/failure.mjs';
import { findOnPath } from '../setup/findOnPath.mjs';
import { run } from '../setup/run.mjs';

const ANSWER_TIMEOUT_MS = 15_000;
/** Any of these says that the user has set up how Claude Code gets at a model. */
const ACCOUNT_VARIABLES = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_AUTH_TOKEN',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_CODE_USE_BEDROCK',
  'CLAUDE_CODE_USE_FOUNDRY',
  'CLAUDE_CODE_USE_VERTEX',
];

/** The user's own Claude Code. @returns {string | undefined} */
export function findUsersClaude() {
  const file = process.platform === 'win32' ? 'claude.exe' : 'claude';
  const places = [path.join('.local', 'bin', file), path.join('.claude', 'local', file)];
  return findOnPath('claude') ?? places.map(place => path.join(os.homedir(), place)).find(place => existsSync(place));
}

/**
 * Whether Claude Code has an account to use. Only Claude Code itself looks at what it keeps about the account.
 * @param {string} claude program
 */
export async function hasAccount(claude) {
  if (ACCOUNT_VARIABLES.some(name => process.env[name])) return true;
  try {
    // It fails, besides printing so, when nobody is logged in.
    await run(claude, ['auth', 'status'], { title: 'claude auth status', timeoutMs: ANSWER_TIMEOUT_MS });
    return true;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return !error.message.includes('"loggedIn"') && credentialsFileExists();
  }
}

/** For a Claude Code too old to answer. */
function credentialsFileExists() {
  const folder = process.env.CLAUDE_CONFIG_DIR ?? path.join(os.homedir(), '.claude');
  return existsSync(path.join(folder, '.credentials.json'));
}
