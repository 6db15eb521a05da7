import path from 'node:path';
import { isChainOver } from '../../core/chains/chainRun.ts';
import type { TakenSnapshots, UndoTarget } from '../../core/checkpoints/checkpointFact.ts';
import { type SnapshotSpan, withTaken } from '../../core/checkpoints/snapshotSpans.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { isLive, type Task } from '../../core/tasks/task.ts';
import { stillRunning, unknownTarget } from './undoErrors.ts';

/** What a target consists of. */
export interface UndoSubject {
  readonly title: string;
  readonly taskIds: readonly string[];
  readonly spans: readonly SnapshotSpan[];
  readonly notes: readonly string[];
}

const EVENTS_AT_ONCE = 500;

/** @throws UndoError `unknownTarget`, `stillRunning` */
export function subjectOf(log: PanelLog, target: UndoTarget): UndoSubject {
  switch (target.kind) {
    case 'task': {
      const task = log.tasks.get(target.id);
      if (task === undefined) {
        throw unknownTarget(target.id);
      }
      if (isLive(task.status)) {
        throw stillRunning(task.title);
      }
      return { title: task.title, taskIds: [task.id], spans: spansOf(task, target.runs), notes: [] };
    }
    case 'chain': {
      const chain = log.chains.get(target.id);
      if (chain === undefined) {
        throw unknownTarget(target.id);
      }
      if (!isChainOver(chain.status)) {
        throw stillRunning(chain.command.title);
      }
      const taskIds = Object.values(chain.steps).flatMap(step => tasksOf(step));
      return { title: chain.command.title, taskIds, spans: spansOfEvents(log, target.id), notes: [] };
    }
    case 'since': {
      const tasks = log.tasks
        .list({ limit: 1000 })
        .filter(task => !isLive(task.status) && (task.snapshots ?? []).some(span => endsAfter(span, target.at)));
      const chains = log.chains
        .list({ limit: 1000 })
        .filter(({ status }) => isChainOver(status))
        .map(chain => ({ title: chain.command.title, spans: spansOfEvents(log, chain.id) }))
        .filter(({ spans }) => spans.some(span => endsAfter(span, target.at)));
      const began = [...tasks.map(({ title, snapshots: spans = [] }) => ({ title, spans })), ...chains];
      return {
        title: `everything since ${new Date(target.at).toLocaleString()}`,
        taskIds: tasks.map(({ id }) => id),
        // What the programs and actions of a chain wrote is in no snapshot of a task.
        spans: began.flatMap(({ spans }) => spans.filter(span => endsAfter(span, target.at))),
        notes: began
          .filter(({ spans }) => spans.some(s => endsAfter(s, target.at) && s.beforeAt < target.at))
          .map(({ title }) => `"${title}" began before that time; all of that run is undone.`),
      };
    }
  }
}

/** Which runs of a task changed something, or may have. */
export function changingRuns({ snapshots = [] }: Task): { readonly last: boolean; readonly earlier: boolean } {
  const last = lastAttempt(snapshots);
  const mayHave = snapshots.filter(({ changed }) => changed !== 0);
  return {
    last: mayHave.some(({ attempt }) => attempt === last),
    earlier: mayHave.some(({ attempt }) => attempt !== last),
  };
}

function lastAttempt(spans: readonly SnapshotSpan[]): number {
  return Math.max(...spans.map(({ attempt }) => attempt));
}

/** Of all its runs, or of the last one. When that is undone, what the others left is there again. */
function spansOf({ snapshots = [], undone }: Task, runs: 'last' | undefined): readonly SnapshotSpan[] {
  const last = lastAttempt(snapshots);
  if (runs === 'last') {
    return snapshots.filter(({ attempt }) => attempt === last);
  }
  return undone?.part === 'lastRun' ? snapshots.filter(({ attempt }) => attempt !== last) : snapshots;
}

/** The absolute paths that the edit tools of a task reported. What its shell commands wrote is not among them. */
export function reportedPaths({ files, cwd }: Task): ReadonlySet<string> {
  return new Set(files.map(file => path.resolve(cwd, file.path)));
}

/** Those of a chain are in the log alone. */
export function spansOfEvents(log: PanelLog, subject: string): readonly SnapshotSpan[] {
  let spans: readonly SnapshotSpan[] = [];
  for (let after = 0; ; ) {
    const events = log.events({ after, limit: EVENTS_AT_ONCE, subject });
    for (const event of events) {
      if (event.type === 'claude-panel.checkpoint.taken') {
        spans = withTaken(spans, event.data as TakenSnapshots, { at: Date.parse(event.time) });
      }
    }
    const last = events.at(-1);
    if (last === undefined || events.length < EVENTS_AT_ONCE) {
      return spans;
    }
    after = last.seq;
  }
}

function endsAfter({ afterAt }: SnapshotSpan, at: number): boolean {
  return afterAt === undefined || afterAt >= at;
}

function tasksOf(step: object): readonly string[] {
  const own = 'taskIds' in step && Array.isArray(step.taskIds) ? (step.taskIds as readonly string[]) : [];
  const items = 'items' in step && Array.isArray(step.items) ? step.items : [];
  return [...own, ...items.flatMap((item: { readonly status: object }) => tasksOf(item.status))];
}
