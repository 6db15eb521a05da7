import type { Task } from '../../core/tasks/task.ts';
import { isFinal } from '../../core/tasks/task.ts';
import { formatCount, formatDollars, formatDuration } from '../terminal/quantities.ts';
import { stateWords } from './stateWords.ts';

/** The end of a task in one line, such as `Succeeded in 12.0 s · $0.0132 · 2 files changed`. */
export function summaryLine(task: Task): string {
  const words = stateWords(task.status);
  const capital = words.charAt(0).toUpperCase() + words.slice(1);
  const tokens = Object.values(task.models).reduce((sum, model) => sum + model.outputTokens, 0);
  const parts = [
    task.workedMs > 0 ? `${capital} after ${formatDuration(task.workedMs)}` : capital,
    task.costUsd > 0 ? formatDollars(task.costUsd) : '',
    tokens > 0 ? `${formatCount(tokens)} tokens written` : '',
    counted(task.toolCount, 'tool call'),
    counted(task.files.length, 'file', ' changed'),
    task.deniedCount > 0 ? `${task.deniedCount} denied` : '',
  ];
  return `${parts.filter(part => part !== '').join(' · ')}.`;
}

function counted(count: number, noun: string, suffix = ''): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}${suffix}`;
}

/** How a task that ended badly says so, and what can be done. */
export function endDetail(task: Task): readonly string[] {
  const { status } = task;
  if (!isFinal(status)) {
    return status.state === 'paused' ? [`Continue it with: claude-panel resume ${task.id}`] : [];
  }
  switch (status.state) {
    case 'failed':
      return [status.failure.message, status.failure.detail ?? '', status.failure.remedy ?? ''].filter(Boolean);
    case 'timedOut':
      return [`It reached its limit of ${status.minutes} min.`, `Continue with: claude-panel resume ${task.id}`];
    case 'overBudget':
      return [
        `It reached its limit of ${status.limit === 'usd' ? formatDollars(status.limitValue) : `${status.limitValue} turns`}.`,
      ];
    case 'stopped':
      return status.leftOver > 0 ? [`${status.leftOver} of its processes could not be ended.`] : [];
    case 'succeeded':
      return [];
  }
}
