import type { Clock } from '../../base/clock.ts';
import type { NewId } from '../../base/ids.ts';
import { isChainOver } from '../../core/chains/chainRun.ts';
import {
  UNDO_SUBJECT,
  type UndoneFiles,
  type UndoneRoot,
  type UndoTarget,
} from '../../core/checkpoints/checkpointFact.ts';
import type { SnapshotSpan } from '../../core/checkpoints/snapshotSpans.ts';
import type { UndoPlan } from '../../core/checkpoints/undoPlan.ts';
import { recordOf, type UndoResult } from '../../core/checkpoints/undoResult.ts';
import type { Actor } from '../../core/events/actor.ts';
import type { Entry, PanelLog } from '../../core/tasks/panelLog.ts';
import { isLive, type Task } from '../../core/tasks/task.ts';
import { mergedChanges } from './mergedChanges.ts';
import { nothingToRedo, nothingToUndo, unknownFolder } from './undoErrors.ts';
import { UndoPlanner } from './undoPlanner.ts';
import { changingRuns, spansOfEvents, subjectOf } from './undoSubjects.ts';
import type { Choose, FolderChanges, Undoable, UndoRecordView, WorkspacePlan, WorkspaceResult } from './undoView.ts';
import type { WorkspaceSnapshots } from './workspaceSnapshots.ts';

interface UndoParts {
  readonly log: PanelLog;
  readonly snapshots: WorkspaceSnapshots;
  readonly clock: Clock;
  readonly newId: NewId;
  /** The programs that live, by id: one of them may be about to take a snapshot. */
  readonly livingHosts: () => ReadonlySet<string>;
}

/** How long a snapshot after a run may take to come, in milliseconds. */
const PATIENCE_MS = 35_000;
const EVENTS_AT_ONCE = 500;
/** Tasks, and chains, whose folders are known. */
const MOST_RUNS = 1000;

/** What a surface needs to undo, redo and review what tasks and chains changed. Methods reject with a PanelError. */
export class UndoService {
  readonly #parts: UndoParts;
  readonly #planner: UndoPlanner;

  constructor(parts: UndoParts) {
    this.#parts = parts;
    this.#planner = new UndoPlanner(parts);
  }

  /** Tasks and chains with snapshots, newest first. */
  list({ limit = 100 }: { readonly limit?: number } = {}): readonly Undoable[] {
    const { log } = this.#parts;
    const tasks = log.tasks.list({ limit }).flatMap(task => taskUndoable(task));
    const chains = log.chains.list({ limit }).flatMap(chain => {
      const spans = spansOfEvents(log, chain.id);
      const target: UndoTarget = { kind: 'chain', id: chain.id };
      return undoable(target, {
        title: chain.command.title,
        spans,
        state: isChainOver(chain.status) ? 'undoable' : 'running',
      });
    });
    return [...tasks, ...chains].sort((one, other) => other.from - one.from).slice(0, limit);
  }

  /** One task, when it has snapshots; what its last run changed is known by then. */
  async find(taskId: string): Promise<Undoable | undefined> {
    await this.#settled({ kind: 'task', id: taskId });
    const task = this.#parts.log.tasks.get(taskId);
    return task === undefined ? undefined : taskUndoable(task)[0];
  }

  /** The task that ended last and is not undone. @throws UndoError `nothingToUndo` */
  last(): Extract<UndoTarget, { readonly kind: 'task' }> {
    const [found] = this.list()
      .flatMap(({ target, state, to = 0 }) => (target.kind === 'task' && state === 'undoable' ? [{ target, to }] : []))
      .sort((one, other) => other.to - one.to);
    if (found === undefined) {
      throw nothingToUndo();
    }
    return found.target;
  }

  /**
   * What undoing would do now. Changes nothing. @param paths absolute; only these, and what is below them
   * @throws UndoError `unknownTarget`, `stillRunning`, `noSnapshots`
   */
  async plan(
    target: UndoTarget,
    { paths, signal }: { readonly paths?: readonly string[]; readonly signal?: AbortSignal } = {},
  ): Promise<WorkspacePlan> {
    await this.#settled(target);
    return this.#planner.plan(target, paths, signal);
  }

  /** What a task or chain changed, by folder; of one that runs, what has changed until now. */
  async changes(target: UndoTarget, signal?: AbortSignal): Promise<readonly FolderChanges[]> {
    const { log, snapshots } = this.#parts;
    const task = target.kind === 'task' ? log.tasks.get(target.id) : undefined;
    const isRunning = task !== undefined && isLive(task.status);
    if (!isRunning) {
      await this.#settled(target);
    }
    const subject = isRunning
      ? { title: task.title, taskIds: [task.id], spans: task.snapshots ?? [], notes: [] }
      : subjectOf(log, target);
    const { spans } = await this.#planner.spans(subject, signal);
    const folders: FolderChanges[] = [];
    for (const root of new Set(spans.map(span => span.root))) {
      const runs = [];
      for (const { before, after } of spans.filter(span => span.root === root)) {
        runs.push(await snapshots.of(root).changes({ id: before }, { id: after }, signal));
      }
      folders.push({ root, changes: mergedChanges(runs) });
    }
    return folders;
  }

  /**
   * The content of a file in a snapshot. @param blob from a FileState
   * @throws UndoError `unknownFolder` for one that the workspace has not, and of which its log knows nothing
   */
  async content(root: string, blob: string): Promise<Uint8Array> {
    const { snapshots } = this.#parts;
    if (!snapshots.knows(root) && !this.list({ limit: MOST_RUNS }).some(({ roots }) => roots.includes(root))) {
      throw unknownFolder();
    }
    return snapshots.of(root).content(blob);
  }

  /**
   * Does what a plan says, after a snapshot in each folder, and notes it in the log. An abort ends it: the result is then
   * of the folders that were done by that time, perhaps of none.
   */
  async apply(
    plan: WorkspacePlan,
    {
      choose = () => 'keepMine',
      by,
      signal,
    }: { readonly choose?: Choose; readonly by: Actor; readonly signal: AbortSignal },
  ): Promise<WorkspaceResult> {
    const { snapshots, newId } = this.#parts;
    const results: UndoResult[] = [];
    const label = { subject: `${plan.kind} of ${plan.title}`, moment: plan.kind };
    const undoId = plan.undoId ?? newId();
    const work = plan.plans.filter(hasWork);
    try {
      for (const one of work) {
        signal.throwIfAborted();
        const conflicts = one.items.filter(({ action }) => action.kind === 'conflict');
        const choices = new Map(conflicts.map(item => [item.path, choose(one.root, item)]));
        results.push(await snapshots.of(one.root).apply(one, choices, signal, label));
      }
    } catch (error) {
      if (!signal.aborted || error !== signal.reason) {
        throw error;
      }
    } finally {
      // Also when a later folder fails: a redo has to know of this. A redo that was not done to its end can be repeated.
      const isComplete = results.length === work.length;
      if (results.length > 0 && (isComplete || plan.kind === 'undo')) {
        this.#note({ ...plan, isWhole: plan.isWhole && isComplete }, undoId, by, results);
      }
    }
    return { undoId, results };
  }

  /** Undos that can be taken back, newest first. */
  redoable(): readonly UndoRecordView[] {
    return this.#records().map(({ at, data: { undoId, by, target, title, done } }) => ({
      undoId,
      by,
      target,
      title,
      done,
      at,
    }));
  }

  /** What taking an undo back would do now; the last one when none is named. @throws UndoError `nothingToRedo` */
  async planRedo(undoId?: string): Promise<WorkspacePlan> {
    const record = this.#records().find(({ data }) => undoId === undefined || data.undoId === undoId);
    if (record === undefined) {
      throw nothingToRedo();
    }
    const { target, title, taskIds, roots } = record.data;
    const plans = [];
    for (const { root, ...undo } of roots) {
      plans.push(await this.#parts.snapshots.of(root).planRedo(undo));
    }
    return {
      ...{
        kind: 'redo',
        target,
        title,
        taskIds,
        undoId: record.data.undoId,
        isWhole: true,
        isLastRun: false,
        plans,
        shared: [],
        notes: [],
      },
      running: this.#planner.running(plans, new Set()),
    };
  }

  /** Waits for a snapshot that a living program is about to take. */
  async #settled(target: UndoTarget): Promise<void> {
    const { log, livingHosts, clock } = this.#parts;
    const isOpen = (): boolean => {
      const task = target.kind === 'task' ? log.tasks.get(target.id) : undefined;
      const living = livingHosts();
      return (task?.snapshots ?? []).some(span => span.after === undefined && living.has(span.hostId));
    };
    if (target.kind !== 'task' || !isOpen()) {
      return;
    }
    await new Promise<void>(resolve => {
      const finish = (): void => {
        subscription.dispose();
        timer.dispose();
        resolve();
      };
      const subscription = log.onDidCommit(() => (isOpen() ? undefined : finish()));
      const timer = clock.after(PATIENCE_MS, finish);
    });
  }

  #note(plan: WorkspacePlan, undoId: string, by: Actor, results: readonly UndoResult[]): void {
    const count = (of: 'done' | 'kept' | 'failed'): number =>
      results.reduce((sum, result) => sum + result[of].length, 0);
    const isAll = plan.isWhole && count('kept') + count('failed') === 0;
    const data: UndoneFiles = {
      ...{ undoId, by, target: plan.target, title: plan.title, taskIds: plan.taskIds },
      ...{ done: count('done'), kept: count('kept'), failed: count('failed') },
      isWhole: isAll && !plan.isLastRun,
      ...(isAll && plan.isLastRun ? { isLastRun: true } : {}),
      roots: results.map((result): UndoneRoot => ({ root: result.root, ...recordOf(result) })),
    };
    const type = plan.kind === 'undo' ? 'claude-panel.checkpoint.undone' : 'claude-panel.checkpoint.redone';
    const short = { type, data: { ...data, roots: [] } } as const;
    const entries: Entry[] = [
      { subject: UNDO_SUBJECT, facts: [{ type, data }] },
      ...plan.taskIds.map(subject => ({ subject, facts: [short] })),
    ];
    this.#parts.log.append(entries);
  }

  #records(): readonly { readonly at: number; readonly data: UndoneFiles }[] {
    const open = new Map<string, { readonly at: number; readonly data: UndoneFiles }>();
    for (let after = 0; ; ) {
      const events = this.#parts.log.events({ after, limit: EVENTS_AT_ONCE, subject: UNDO_SUBJECT });
      for (const event of events) {
        const data = event.data as UndoneFiles;
        if (event.type === 'claude-panel.checkpoint.undone') {
          open.set(data.undoId, { at: Date.parse(event.time), data });
        } else if (event.type === 'claude-panel.checkpoint.redone') {
          open.delete(data.undoId);
        }
      }
      const last = events.at(-1);
      if (last === undefined || events.length < EVENTS_AT_ONCE) {
        return [...open.values()].reverse();
      }
      after = last.seq;
    }
  }
}

function hasWork({ items, foldersToMake, foldersToRemove }: UndoPlan): boolean {
  return items.some(({ action }) => action.kind !== 'unchanged') || foldersToMake.length + foldersToRemove.length > 0;
}

function taskUndoable(task: Task): readonly Undoable[] {
  const { status, undone, title, snapshots: spans = [] } = task;
  const isUndone = undone !== undefined && undone.part === undefined;
  const state = isLive(status) ? 'running' : isUndone ? 'undone' : 'undoable';
  const { last, earlier } = changingRuns(task);
  const hasLastRun = last && earlier && undone?.part !== 'lastRun';
  return undoable({ kind: 'task', id: task.id }, { title, spans, state, hasLastRun });
}

function undoable(
  target: UndoTarget,
  about: {
    readonly title: string;
    readonly spans: readonly SnapshotSpan[];
    readonly state: Undoable['state'];
    readonly hasLastRun?: boolean;
  },
): readonly Undoable[] {
  const { title, spans, state, hasLastRun = false } = about;
  const [first] = spans;
  const to = spans.reduce<number | undefined>((last, { afterAt }) => afterAt ?? last, undefined);
  return first === undefined
    ? []
    : [
        {
          ...{ target, title, state, hasLastRun, from: first.beforeAt },
          ...(to === undefined ? {} : { to }),
          roots: [...new Set(spans.map(({ root }) => root))],
          notCovered: Math.max(...spans.map(({ notCovered }) => notCovered)),
        },
      ];
}
