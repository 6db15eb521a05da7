import type { ClaudeEvent } from '../claude/claudeEvents.ts';
import type { Task } from './task.ts';
import type { TaskFact } from './taskFact.ts';
import type { TaskSession } from './taskSession.ts';

type TurnEnded = Extract<ClaudeEvent, { readonly type: 'turnEnded' }>;

/**
 * Tells how full the conversation is after a turn: at once from what the turn reported, and exactly when Claude Code
 * answers before it ends. `task` gives the task with all that was reported so far.
 */
export async function readContext(
  session: Pick<TaskSession, 'contextUsage'> | undefined,
  turn: TurnEnded,
  task: () => Task,
  emit: (facts: readonly TaskFact[]) => void,
): Promise<void> {
  const { contextTokens, model } = task();
  const window = windowOf(turn, model);
  if (window > 0 && contextTokens !== undefined) {
    emit([{ type: 'claude-panel.task.context', data: { tokens: contextTokens, window } }]);
  }
  const usage = await session?.contextUsage().catch(() => undefined);
  if (usage !== undefined && usage.window > 0) {
    emit([{ type: 'claude-panel.task.context', data: { tokens: usage.tokens, window: usage.window } }]);
  }
}

/** That of the task's own model; sub-agents may use another one. 0 when nothing was told. */
function windowOf({ models }: TurnEnded, model: string | undefined): number {
  const own = model === undefined ? undefined : models[model]?.contextWindow;
  const only = Object.values(models).length === 1 ? Object.values(models)[0]?.contextWindow : undefined;
  return own ?? only ?? 0;
}
