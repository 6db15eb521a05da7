import path from 'node:path';
import type { UndoTarget } from '../../core/checkpoints/checkpointFact.ts';
import type { UndoSpan } from '../../core/checkpoints/checkpoints.ts';
import { mergedSpans, overlap, type SnapshotSpan, withKnownEnds } from '../../core/checkpoints/snapshotSpans.ts';
import type { UndoPlan } from '../../core/checkpoints/undoPlan.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { isLive, type Task } from '../../core/tasks/task.ts';
import { noSnapshots } from './undoErrors.ts';
import { changingRuns, reportedPaths, subjectOf, type UndoSubject } from './undoSubjects.ts';
import type { OtherTask, WorkspacePlan } from './undoView.ts';
import { isInside, type WorkspaceSnapshots } from './workspaceSnapshots.ts';

interface PlannerParts {
  readonly log: PanelLog;
  readonly snapshots: WorkspaceSnapshots;
}

type EndedSpan = UndoSpan & { readonly root: string };

const TASKS_LOOKED_AT = 500;

/** Finds out what an undo would do: from which snapshots, and whose work it may be. */
export class UndoPlanner {
  readonly #parts: PlannerParts;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /** @param paths absolute; only these, and what is below them */
  async plan(target: UndoTarget, paths: readonly string[] | undefined, signal?: AbortSignal): Promise<WorkspacePlan> {
    const { log, snapshots } = this.#parts;
    const subject = subjectOf(log, target);
    const { spans, notes } = await this.spans(subject, signal);
    if (spans.length === 0) {
      throw noSnapshots(subject.title);
    }
    const doubts = await this.#doubts(subject, signal);
    const plans: UndoPlan[] = [];
    for (const root of new Set(spans.map(span => span.root))) {
      const chosen = paths === undefined ? undefined : pathsBelow(root, paths);
      if (chosen === undefined || chosen.length > 0) {
        plans.push(
          await snapshots.of(root).planUndoOf(
            spans.filter(span => span.root === root),
            {
              isDoubtful: one => doubts.some(doubt => doubt.isDoubtful(root, one)),
              ...(chosen === undefined || chosen.includes('') ? {} : { paths: chosen }),
            },
          ),
        );
      }
    }
    const touched = new Set(plans.flatMap(plan => plan.items.map(item => path.join(plan.root, item.path))));
    return {
      kind: 'undo',
      target,
      title: subject.title,
      taskIds: subject.taskIds,
      plans,
      isWhole: paths === undefined,
      isLastRun: target.kind === 'task' && target.runs === 'last' && hasEarlierRuns(log, target.id),
      running: this.running(plans, touched),
      shared: doubts
        .map(({ task, changed }) => ({ ...named(task), paths: [...changed].filter(one => touched.has(one)) }))
        .filter(other => other.paths.length > 0),
      notes: [...subject.notes, ...notes],
    };
  }

  /** With two ends each, oldest first, and none overlapping another of the same folder. */
  async spans(
    subject: UndoSubject,
    signal?: AbortSignal,
  ): Promise<{ readonly spans: readonly EndedSpan[]; readonly notes: readonly string[] }> {
    const known = withKnownEnds(subject.spans);
    const notes = known.some(({ isLate }) => isLate)
      ? [
          'A run ended without a snapshot after it, because its program was ended from outside or the disk was full: what you changed afterwards counts as its work.',
        ]
      : [];
    const spans: EndedSpan[] = [];
    for (const { root, before, after } of byFolder(known)) {
      spans.push({ root, before, after: after ?? (await this.#parts.snapshots.of(root).lookAt(signal)).id });
    }
    return { spans, notes };
  }

  running(plans: readonly UndoPlan[], touched: ReadonlySet<string>): readonly OtherTask[] {
    const roots = plans.map(({ root }) => root);
    return this.#parts.log.tasks
      .unfinished()
      .filter(({ status, cwd }) => isLive(status) && roots.some(root => root === cwd || isInside(root, cwd)))
      .map(task => ({ ...named(task), paths: [...reportedPaths(task)].filter(one => touched.has(one)) }))
      .sort((one, other) => other.paths.length - one.paths.length);
  }

  /** What other tasks changed in the same time. */
  async #doubts(subject: UndoSubject, signal: AbortSignal | undefined): Promise<readonly Doubt[]> {
    const { log } = this.#parts;
    const own = new Set<string>();
    for (const id of subject.taskIds) {
      for (const one of reportedPathsOf(log, id)) {
        own.add(one);
      }
    }
    const doubts: Doubt[] = [];
    for (const task of log.tasks.list({ limit: TASKS_LOOKED_AT })) {
      const shared = (task.snapshots ?? []).filter(span => subject.spans.some(other => overlap(span, other)));
      if (!subject.taskIds.includes(task.id) && shared.length > 0) {
        doubts.push(await this.#doubt(task, shared, own, signal));
      }
    }
    return doubts;
  }

  async #doubt(
    task: Task,
    shared: readonly SnapshotSpan[],
    own: ReadonlySet<string>,
    signal: AbortSignal | undefined,
  ): Promise<Doubt> {
    const { spans } = await this.spans({ title: task.title, taskIds: [task.id], spans: shared, notes: [] }, signal);
    const changed = new Set<string>();
    for (const { root, before, after } of spans) {
      // Snapshots that are gone leave what the task reported.
      const paths = await this.#parts.snapshots
        .of(root)
        .changedPaths({ before, after })
        .catch(() => []);
      for (const one of paths) {
        changed.add(path.join(root, one));
      }
    }
    const reported = reportedPaths(task);
    for (const one of reported) {
      changed.add(one);
    }
    return {
      task,
      changed,
      isDoubtful: (root, one) => {
        const place = path.join(root, one);
        const isOursAlone = own.has(place) && !reported.has(place);
        return changed.has(place) && !isOursAlone;
      },
    };
  }
}

interface Doubt {
  readonly task: Task;
  /** Absolute. */
  readonly changed: ReadonlySet<string>;
  readonly isDoubtful: (root: string, path: string) => boolean;
}

function byFolder(spans: readonly SnapshotSpan[]): readonly SnapshotSpan[] {
  const roots = [...new Set(spans.map(({ root }) => root))];
  return roots.flatMap(root => mergedSpans(spans.filter(span => span.root === root)));
}

function reportedPathsOf(log: PanelLog, id: string): ReadonlySet<string> {
  const task = log.tasks.get(id);
  return task === undefined ? new Set() : reportedPaths(task);
}

function named({ id, title }: Task): { readonly id: string; readonly title: string } {
  return { id, title };
}

function hasEarlierRuns(log: PanelLog, id: string): boolean {
  const task = log.tasks.get(id);
  return task !== undefined && changingRuns(task).earlier;
}

/** Relative to the root, with `/`; the root itself is empty text. */
function pathsBelow(root: string, paths: readonly string[]): readonly string[] {
  return paths
    .filter(one => one === root || isInside(root, one) || isInside(one, root))
    .map(one => (isInside(root, one) ? path.relative(root, one).split(path.sep).join('/') : ''));
}
