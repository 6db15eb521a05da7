import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FileState, PathChange } from '../core/checkpoints/checkpoint.ts';
import { inRoot } from '../core/checkpoints/systemPath.ts';
import type { ConflictChoice, ConflictReason } from '../core/checkpoints/undoPlan.ts';
import type { Actor } from '../core/events/actor.ts';
import { type FileText, fileBytes, readFileText } from '../core/review/fileText.ts';
import { type Hunk, hunksOf, withHunk, withoutHunk } from '../core/review/hunks.ts';
import type { ReviewDecision, ReviewFact } from '../core/review/reviewFact.ts';
import {
  decisionOf,
  fileDecision,
  NOTHING_REVIEWED,
  type ReviewState,
  reduceReview,
  undoOfFile,
} from '../core/review/reviewState.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import { couldNotPutBack, hunkGone, notText } from './reviewErrors.ts';
import type { ReviewedFile, TaskReview } from './taskReview.ts';
import type { UndoService } from './undo/undoService.ts';
import type { WorkspacePlan } from './undo/undoView.ts';
import type { WorkspaceSnapshots } from './undo/workspaceSnapshots.ts';

/** Asked for a path that is not as it was left; nothing when the person cancels. */
type ChooseForConflict = (
  path: string,
  reason: ConflictReason,
  choices: readonly ConflictChoice[],
) => Promise<ConflictChoice | undefined>;

interface Parts {
  readonly log: PanelLog;
  readonly undo: Pick<UndoService, 'changes' | 'content' | 'plan' | 'planRedo' | 'apply'>;
  readonly snapshots: Pick<WorkspaceSnapshots, 'of'>;
}

type Where = Pick<ReviewedFile, 'root' | 'path'>;

const EVENTS_AT_ONCE = 500;

/** The changes of a task, file by file and hunk by hunk, and what a person decides about them. */
export class ReviewService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws TaskError, UndoError `noSnapshots` */
  async of(taskId: string, signal?: AbortSignal): Promise<TaskReview> {
    const { log, undo } = this.#parts;
    const folders = await undo.changes({ kind: 'task', id: taskId }, signal);
    const state = this.#state(taskId);
    const files: ReviewedFile[] = [];
    for (const { root, changes } of folders) {
      for (const change of changes.flatMap(withoutRename)) {
        files.push(await this.#file(root, change, state));
      }
    }
    const task = log.tasks.get(taskId);
    return {
      taskId,
      title: task?.title ?? '',
      files,
      open: files.filter(({ decision }) => decision === 'open').length,
      isPartial: (task?.snapshots ?? []).some(({ notCovered }) => notCovered > 0),
    };
  }

  content(root: string, blob: string): Promise<Uint8Array> {
    return this.#parts.undo.content(root, blob);
  }

  /** Notes a decision; `hunk` is the id of one. */
  decide(taskId: string, where: Where & { readonly hunk?: string }, decision: ReviewDecision, by: Actor): void {
    this.#note(taskId, {
      root: where.root,
      path: where.path,
      ...(where.hunk === undefined ? {} : { hunk: where.hunk }),
      decision,
      by,
    });
  }

  /** Takes one hunk out of the file as it is now, and notes it. @throws ReviewError `hunkGone`, `notText` */
  async putBackHunk(taskId: string, where: Where, hunk: Hunk, by: Actor): Promise<void> {
    await this.#change(where, text => withoutHunk(text, hunk));
    this.decide(taskId, { ...where, hunk: hunk.id }, 'putBack', by);
  }

  /** Makes a hunk again that was put back. @throws ReviewError `hunkGone`, `notText` */
  async makeHunkAgain(taskId: string, where: Where, hunk: Hunk, by: Actor): Promise<void> {
    await this.#change(where, text => withHunk(text, hunk));
    this.decide(taskId, { ...where, hunk: hunk.id }, 'open', by);
  }

  /** Puts a whole file back as it was before the task. False when the person cancelled. */
  async putBackFile(taskId: string, where: Where, by: Actor, choose: ChooseForConflict): Promise<boolean> {
    const plan = await this.#parts.undo.plan(
      { kind: 'task', id: taskId },
      { paths: [path.join(where.root, where.path)] },
    );
    const undoId = await this.#apply(plan, by, choose);
    if (undoId !== undefined) {
      this.#note(taskId, { root: where.root, path: where.path, decision: 'putBack', by, undoId });
    }
    return undoId !== undefined;
  }

  /** Makes the change of a whole file again that was put back. False when the person cancelled. */
  async makeFileAgain(taskId: string, where: Where, by: Actor, choose: ChooseForConflict): Promise<boolean> {
    const undoId = undoOfFile(this.#state(taskId), where);
    if (
      undoId !== undefined &&
      (await this.#apply(await this.#parts.undo.planRedo(undoId), by, choose)) === undefined
    ) {
      return false;
    }
    this.decide(taskId, where, 'open', by);
    return true;
  }

  async #apply(plan: WorkspacePlan, by: Actor, choose: ChooseForConflict): Promise<string | undefined> {
    const choices = new Map<string, ConflictChoice>();
    for (const { items } of plan.plans) {
      for (const { path: file, action } of items) {
        if (action.kind === 'conflict') {
          const choice = await choose(file, action.reason, action.choices);
          if (choice === undefined) {
            return undefined;
          }
          choices.set(file, choice);
        }
      }
    }
    // Of the task as a whole nothing is undone, so the record does not stand under it.
    const { undoId, results } = await this.#parts.undo.apply(
      { ...plan, taskIds: [] },
      { by, choose: (_root, { path: file }) => choices.get(file) ?? 'keepMine', signal: new AbortController().signal },
    );
    const [failure] = results.flatMap(({ failed }) => failed);
    if (failure !== undefined) {
      throw couldNotPutBack(failure.path, failure.failure);
    }
    return undoId;
  }

  async #change({ root, path: file }: Where, change: (text: string) => string | undefined): Promise<void> {
    const place = inRoot(root, file);
    const isFile = await lstat(place).then(
      stat => stat.isFile(),
      () => false,
    );
    if (!isFile) {
      throw hunkGone(file);
    }
    const current = await readFile(place);
    const read = readFileText(current);
    if (read === undefined) {
      throw notText(file);
    }
    const text = change(read.text);
    if (text === undefined) {
      throw hunkGone(file);
    }
    await this.#parts.snapshots.of(root).replaceContent(file, current, fileBytes({ ...read, text }));
  }

  async #file(root: string, change: PathChange, state: ReviewState): Promise<ReviewedFile> {
    const where = { root, path: change.path };
    const found = change.isBinary ? [] : await this.#hunks(root, change.before, change.after);
    const hunks = found.map(hunk => ({ ...hunk, decision: decisionOf(state, { ...where, hunk: hunk.id }) }));
    return {
      ...where,
      kind: change.before === undefined ? 'added' : change.after === undefined ? 'deleted' : 'modified',
      before: change.before,
      after: change.after,
      hunks,
      added: change.added,
      removed: change.removed,
      decision: fileDecision(state, where, hunks),
    };
  }

  /** Those of a file that was there before and is still there; what came or went is put back as a whole. */
  async #hunks(root: string, before: FileState | undefined, after: FileState | undefined): Promise<readonly Hunk[]> {
    const [one, other] = [await this.#text(root, before), await this.#text(root, after)];
    return one === undefined || other === undefined ? [] : hunksOf(one.text, other.text);
  }

  async #text(root: string, state: FileState | undefined): Promise<FileText | undefined> {
    return state?.kind === 'file' ? readFileText(await this.content(root, state.blob)) : undefined;
  }

  #note(taskId: string, data: ReviewFact['data']): void {
    this.#parts.log.append([{ subject: taskId, facts: [{ type: 'claude-panel.review.decided', data }] }]);
  }

  #state(taskId: string): ReviewState {
    let state = NOTHING_REVIEWED;
    for (let after = 0; ; ) {
      const events = this.#parts.log.events({ after, limit: EVENTS_AT_ONCE, subject: taskId });
      for (const event of events) {
        if (event.type === 'claude-panel.review.decided') {
          state = reduceReview(state, { type: event.type, data: event.data as ReviewFact['data'] });
        }
      }
      const last = events.at(-1);
      if (last === undefined || events.length < EVENTS_AT_ONCE) {
        return state;
      }
      after = last.seq;
    }
  }
}

/** A rename is a file that went and one that came. */
function withoutRename(change: PathChange): readonly PathChange[] {
  if (change.kind !== 'renamed' || change.from === undefined || change.before === undefined) {
    return [change];
  }
  const { before, from, ...came } = change;
  return [
    { path: from, kind: 'deleted', before, isBinary: change.isBinary, added: 0, removed: change.removed },
    { ...came, kind: 'added' },
  ];
}
