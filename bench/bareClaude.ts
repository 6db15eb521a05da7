import { launchOptions } from '../src/app/launchOptions.ts';
import { newUuid } from '../src/base/ids.ts';
import { planLaunch } from '../src/core/claude/claudeLaunch.ts';
import { parseVersion } from '../src/core/claude/claudeVersion.ts';
import type { Task } from '../src/core/tasks/task.ts';

/** The flags of a task that ran, for a session of its own. */
export function bareFlags(task: Task): readonly string[] {
  const version = parseVersion(task.cliVersion ?? '');
  if (version === undefined) {
    throw new Error('the task does not know its version');
  }
  const fresh = { ...task, sessionId: newUuid() };
  return planLaunch(launchOptions(fresh, { version, resume: false, resumeInterruptedTurn: false, environment: {} }), {})
    .args;
}

/** A prompt as Claude Code reads it from its input, one line. */
export function promptLine(text: string): string {
  const message = { role: 'user', content: [{ type: 'text', text }] };
  return `${JSON.stringify({ type: 'user', message, parent_tool_use_id: null, session_id: '' })}\n`;
}
