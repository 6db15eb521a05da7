import { describe, expect, it } from 'vitest';
import type { ClaudeEvent } from '../../../../src/core/claude/claudeEvents.ts';
import { readContext } from '../../../../src/core/tasks/contextReading.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import type { TaskFact } from '../../../../src/core/tasks/taskFact.ts';

const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheCreationTokens: 0, costUsd: 0 };

function turn(windows: Record<string, number>): Extract<ClaudeEvent, { type: 'turnEnded' }> {
  return {
    type: 'turnEnded',
    outcome: { kind: 'succeeded' },
    costUsd: 0,
    usage,
    models: Object.fromEntries(
      Object.entries(windows).map(([model, contextWindow]) => [model, { ...usage, contextWindow }]),
    ),
    turns: 1,
    durationMs: 1,
    queuedTurns: 0,
    permissionDenials: 0,
    text: '',
  };
}

type Usage = { tokens: number; window: number } | undefined;

async function read(windows: Record<string, number>, task: Partial<Task>, answer: () => Promise<Usage>) {
  const facts: TaskFact[] = [];
  await readContext(
    { contextUsage: answer },
    turn(windows),
    () => task as Task,
    told => facts.push(...told),
  );
  return facts.map(({ data }) => data);
}

describe('readContext', () => {
  it('tells what Claude Code says', async () => {
    expect(await read({}, {}, () => Promise.resolve({ tokens: 5, window: 100 }))).toEqual([{ tokens: 5, window: 100 }]);
  });

  it('takes the window of the own model from the turn when Claude Code does not say', async () => {
    const task = { contextTokens: 7, model: 'opus' };
    const old = (): Promise<Usage> => Promise.resolve(undefined);
    expect(await read({ haiku: 200, opus: 1000 }, task, old)).toEqual([{ tokens: 7, window: 1000 }]);
    expect(await read({ 'opus-5': 500 }, task, old)).toEqual([{ tokens: 7, window: 500 }]);
    expect(await read({ haiku: 200, sonnet: 300 }, task, old)).toEqual([]);
  });

  it('is content with the turn when the process is gone before it answers', async () => {
    const gone = (): Promise<Usage> => Promise.reject(new Error('ended'));
    expect(await read({ opus: 1000 }, { contextTokens: 7, model: 'opus' }, gone)).toEqual([
      { tokens: 7, window: 1000 },
    ]);
  });

  it('tells nothing when nobody knows the window', async () => {
    expect(await read({ opus: 0 }, { contextTokens: 7, model: 'opus' }, () => Promise.resolve(undefined))).toEqual([]);
  });
});
