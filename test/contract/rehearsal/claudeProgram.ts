import { existsSync, globSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const NO_CLAUDE =
  'Claude Code was not found: set CLAUDE_PANEL_CLAUDE, install it below .toolchain, or put it on the PATH.';

/** The real Claude Code, if this machine has one. */
export function findClaude(): string | undefined {
  const given = process.env['CLAUDE_PANEL_CLAUDE'];
  if (given !== undefined && given !== '') {
    return given;
  }
  const name = process.platform === 'win32' ? 'claude.exe' : 'claude';
  const vendored = globSync(`.toolchain/*/node_modules/@anthropic-ai/claude-code-*/${name}`);
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, name));
  // Absolute, because it is started in another folder.
  return [...vendored, ...onPath].map(file => resolve(file)).find(file => existsSync(file));
}
