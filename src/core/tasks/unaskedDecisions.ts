import type { JsonObject } from '../../base/json.ts';
import type { PanelLog } from './panelLog.ts';
import type { Task } from './task.ts';
import type { ToolEntry } from './transcript.ts';

/** A tool call that was allowed or denied without asking anybody. */
export interface UnaskedDecision {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly taskId: string;
  readonly taskTitle: string;
  readonly folder: string;
  readonly tool: string;
  readonly input: JsonObject;
  readonly allowed: boolean;
  /** What decided: `a rule`, `the permission mode`, `a hook`, or Claude Code's own word. */
  readonly decidedBy: string;
  readonly profile: string;
  readonly permissionMode: string;
}

/** Of so many tasks, and of so many last entries of each, so that a long history costs no more. */
const MOST_TASKS = 200;
const MOST_ENTRIES = 1000;

/** Newest first. What a person or a deadline decided is an approval, and not here. */
export function unaskedDecisions(log: PanelLog, limit: number): readonly UnaskedDecision[] {
  const tasks = [false, true].flatMap(archived => log.tasks.list({ archived, limit: MOST_TASKS }));
  return tasks
    .flatMap(task => decisionsOf(log, task))
    .sort((one, other) => other.at - one.at)
    .slice(0, limit);
}

function decisionsOf(log: PanelLog, task: Task): readonly UnaskedDecision[] {
  const { total } = log.tasks.transcript(task.id, { from: 0, count: 1 });
  const from = Math.max(0, total - MOST_ENTRIES);
  const { entries } = log.tasks.transcript(task.id, { from, count: MOST_ENTRIES });
  return entries.flatMap(entry => (entry.kind === 'tool' ? (decisionOf(entry, task) ?? []) : []));
}

function decisionOf(entry: ToolEntry, task: Task): UnaskedDecision | undefined {
  const [verdict, source = '', reason = source] = entry.decision?.split(':') ?? [];
  if ((verdict !== 'accept' && verdict !== 'reject') || source.startsWith('user')) {
    return undefined;
  }
  return {
    at: entry.ended ?? entry.at,
    taskId: task.id,
    taskTitle: task.title,
    folder: task.cwd,
    tool: entry.name,
    input: entry.input,
    allowed: verdict === 'accept',
    decidedBy: DECIDERS[reason] ?? reason,
    profile: task.profile.name,
    permissionMode: task.permissionMode ?? task.profile.permissionMode,
  };
}

const DECIDERS: Readonly<Record<string, string>> = {
  rule: 'a rule',
  mode: 'the permission mode',
  hook: 'a hook',
  subcommandResults: 'the rules for each part of the command',
  config: 'the rules and the permission mode',
};
