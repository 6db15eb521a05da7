import type { PanelServices } from '../../app/panelServices.ts';
import type { UndoTarget } from '../../core/checkpoints/checkpointFact.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { findByPrefix } from '../idPrefix.ts';
import { badValue, optionDoesNotFit, unknownId } from '../usageError.ts';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What to undo: a task or chain by its id, everything since a time, or the task that ended last. */
export function undoTarget(panel: PanelServices, given: GivenArguments, now: number): UndoTarget {
  const id = given.operand(0);
  const since = given.text('since');
  if (since !== undefined) {
    if (id !== undefined) {
      throw optionDoesNotFit('--since', `One task or chain was named: ${id}.`, 'Give an ID, or --since.');
    }
    onlyForTasks(given, 'A time names no task.');
    return { kind: 'since', at: timeOf('--since', since, now) };
  }
  const runs = given.flag('last-run') || given.text('fork') !== undefined ? ({ runs: 'last' } as const) : {};
  if (id === undefined) {
    return { ...panel.undo.last(), ...runs };
  }
  const { log } = panel;
  const task = log.tasks.get(id) ?? findByPrefix('task', id, log.tasks.list());
  if (task !== undefined) {
    return { kind: 'task', id: task.id, ...runs };
  }
  const chain = log.chains.get(id) ?? findByPrefix('chain', id, log.chains.list());
  if (chain === undefined) {
    throw unknownId('task', id, 'claude-panel undo --list shows what can be undone.');
  }
  onlyForTasks(given, `${chain.id} is a chain, which has no conversation and no runs.`);
  return { kind: 'chain', id: chain.id };
}

function onlyForTasks(given: GivenArguments, why: string): void {
  const option = ['fork', 'last-run'].find(name => given.flag(name));
  if (option !== undefined) {
    throw optionDoesNotFit(`--${option}`, why, 'Name a task, or leave the option out.');
  }
}

/** Such as `30m`, `2h`, `1d`, or a date and time as in ISO 8601. */
export function timeOf(option: string, text: string, now: number): number {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text.trim()) ?? [];
  if (count !== undefined && unit !== undefined) {
    return now - Number(count) * (UNITS_MS[unit] ?? 0);
  }
  const time = Date.parse(text);
  if (Number.isNaN(time) || !/^\d{4}-\d\d-\d\d/.test(text)) {
    throw badValue(option, text, 'a time such as 30m, 2h, 1d or 2026-11-21T10:00');
  }
  return time;
}
