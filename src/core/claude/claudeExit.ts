import {
  type ClaudeError,
  claudeExitedEarly,
  claudeTooOld,
  sandboxUnavailable,
  sessionInUse,
  sessionNotFound,
  unreadableMcpConfig,
} from './claudeErrors.ts';

interface EarlyExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderrTail: string;
}

/**
 * Why Claude Code ended without a result. For these it has no word but a line on stderr; a phrase that is missed only
 * makes the message less exact.
 */
export function errorOfExit(exit: EarlyExit): ClaudeError {
  const { code, signal, stderrTail } = exit;
  const session = /Session ID ([0-9a-f-]+) is already in use/i.exec(stderrTail);
  if (session !== null) {
    return sessionInUse(session[1]);
  }
  const missing = /No conversation found with session ID:? *([0-9a-f-]+)?/i.exec(stderrTail);
  if (missing !== null) {
    return sessionNotFound(missing[1]);
  }
  const config = /Invalid MCP configuration:?\s*([\s\S]*)/i.exec(stderrTail);
  if (config !== null) {
    return unreadableMcpConfig('of this task', (config[1] ?? '').trim());
  }
  const option = /unknown option '([^']+)'/.exec(stderrTail);
  if (option !== null) {
    return claudeTooOld('on this machine', `that knows ${option[1]}`);
  }
  if (/sandbox.*(unavailable|not available|required)/i.test(stderrTail) && code === 1) {
    return sandboxUnavailable(stderrTail.trim());
  }
  return claudeExitedEarly(code, signal, stderrTail);
}
