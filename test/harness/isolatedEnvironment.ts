import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** What a calling VS Code, npm or Claude Code leaves in the environment; a test must not see its developer's account. */
const inherited =
  /^(VSCODE_|ELECTRON_|CODE_SERVER|npm_|ANTHROPIC_|CLAUDE|AWS_|GOOGLE_|NODE_OPTIONS$|NODE_ENV$|VITEST|TEST_RECORD_FILE$)/i;

/**
 * This process's environment without what would leak into a test, and with a home and Claude Code's files inside `folder`.
 * Everything started with it carries the mark of the test run.
 */
export function isolatedEnvironment(
  folder: string,
  extra: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const claude = path.join(folder, 'claude');
  const home = path.join(folder, 'home');
  for (const made of [claude, home]) mkdirSync(made, { recursive: true });
  const kept = Object.entries(process.env).filter(([name]) => !inherited.test(name));
  const merged = {
    ...Object.fromEntries(kept),
    CLAUDE_CONFIG_DIR: claude,
    // VS Code and Claude Code start login shells, which would read the developer's own profile.
    HOME: home,
    USERPROFILE: home,
    CLAUDE_PANEL_HOME: path.join(home, '.claude-panel'),
    CLAUDE_PANEL_TEST_RUN: process.env['CLAUDE_PANEL_TEST_RUN'],
    ...extra,
  };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
