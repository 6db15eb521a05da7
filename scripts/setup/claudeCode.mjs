import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { Unavailable } from './failure.mjs';
import { installPiece } from './piece.mjs';
import { libc, PLATFORM } from './platform.mjs';

/** The pinned Claude Code's own program. @returns {Promise<string>} */
export async function installClaudeCode() {
  const folder = await installPiece('claude', 'Claude Code (about 380 MB on disk)');
  const platform = libc() === 'musl' ? `${PLATFORM}-musl` : PLATFORM;
  const file = process.platform === 'win32' ? 'claude.exe' : 'claude';
  const program = path.join(folder, 'node_modules', '@anthropic-ai', `claude-code-${platform}`, file);
  if (!existsSync(program)) throw new Unavailable(`Claude Code has no program for ${platform}`);
  return program;
}
