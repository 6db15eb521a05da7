import type { ForkOrigin, ModelTotals, Task } from './task.ts';

/*
 * Claude Code counts the whole conversation, so a forked session begins with what its original had cost.
 * Seen with 2.1.329: the first result of a fork reports the sum of both. A fork is shown with what it cost itself.
 */

type Totals = Pick<ForkOrigin, 'costUsd' | 'models'>;

/** What Claude Code itself would report for this task now: the base of a fork that is made now. */
export function reportedTotals(task: Pick<Task, 'costUsd' | 'models' | 'forkOf'>): Totals {
  const { costUsd, models, forkOf } = task;
  return forkOf === undefined
    ? { costUsd, models }
    : { costUsd: costUsd + forkOf.costUsd, models: sumOfModels(models, forkOf.models) };
}

export function sumOfModels(some: ModelTotals, others: ModelTotals): ModelTotals {
  const names = new Set([...Object.keys(others), ...Object.keys(some)]);
  const sums = [...names].map(
    name => [name, { ...others[name], ...some[name], ...sum(some[name], others[name]) }] as const,
  );
  return Object.fromEntries(sums);
}

function sum(a: ModelTotals[string] | undefined, b: ModelTotals[string] | undefined): ModelTotals[string] {
  const add = (key: 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheCreationTokens' | 'costUsd'): number =>
    (a?.[key] ?? 0) + (b?.[key] ?? 0);
  return {
    inputTokens: add('inputTokens'),
    outputTokens: add('outputTokens'),
    cacheReadTokens: add('cacheReadTokens'),
    cacheCreationTokens: add('cacheCreationTokens'),
    costUsd: add('costUsd'),
  };
}

export function costSinceFork(task: Pick<Task, 'forkOf'>, reportedUsd: number): number {
  return Math.max(0, reportedUsd - (task.forkOf?.costUsd ?? 0));
}

export function modelsSinceFork(task: Pick<Task, 'forkOf'>, reported: ModelTotals): ModelTotals {
  const base = task.forkOf?.models;
  return base === undefined ? reported : rest(reported, base);
}

/**
 * What was known of a session and is missing in what its new process begins with. Claude Code notes its totals when it
 * ends in good order (seen with 2.1.329): a run that was killed, or goes on while its session is forked, is not in them.
 */
export function notCarried(known: Totals, carried: Totals): Totals {
  return { costUsd: Math.max(0, known.costUsd - carried.costUsd), models: rest(known.models, carried.models) };
}

function rest(totals: ModelTotals, base: ModelTotals): ModelTotals {
  const entries = Object.entries(totals).map(([model, total]) => {
    const before = base[model];
    const left = (now: number, then: number | undefined): number => Math.max(0, now - (then ?? 0));
    return [
      model,
      {
        ...total,
        inputTokens: left(total.inputTokens, before?.inputTokens),
        outputTokens: left(total.outputTokens, before?.outputTokens),
        cacheReadTokens: left(total.cacheReadTokens, before?.cacheReadTokens),
        cacheCreationTokens: left(total.cacheCreationTokens, before?.cacheCreationTokens),
        costUsd: left(total.costUsd, before?.costUsd),
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}
