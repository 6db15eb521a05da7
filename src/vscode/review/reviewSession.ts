import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import type { TaskReview } from '../../app/taskReview.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Actor } from '../../core/events/actor.ts';
import { commentMessage } from '../../core/review/commentMessage.ts';
import type { ContextKeys } from '../attention/contextKeys.ts';
import { openAllChanges, openChange, reviewedDocument } from './changedDocuments.ts';
import { chooseForConflict } from './conflictChoice.ts';
import { changeDirtyDocument } from './dirtyDocument.ts';
import { ReviewComments } from './reviewComments.ts';
import { nodeId, type ReviewNode } from './reviewNode.ts';
import { ReviewTree } from './reviewTree.ts';

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly keys: ContextKeys;
  readonly fail: (error: unknown) => void;
}

/** The review of one task's changes: the list, the diffs, and the comments. */
export class ReviewSession implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #ofReview = this.#owned.add(new DisposableStore());
  readonly #parts: Parts;
  readonly #tree = this.#owned.add(new ReviewTree());
  readonly #comments: ReviewComments;
  #review: TaskReview | undefined;
  #lastRefresh = 0;
  /** Ids of nodes that are being put back or made again: a second press on one means nothing. */
  readonly #underWay = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#comments = this.#owned.add(
      new ReviewComments({
        documentOf: uri => reviewedDocument(this.#review, uri),
        onDidChange: count => parts.keys.set('hasComments', count > 0),
      }),
    );
  }

  get comments(): ReviewComments {
    return this.#comments;
  }

  /** Shows the changes of a task: all of them in one editor, and the list beside it. */
  async open(taskId: string): Promise<void> {
    if (this.#review?.taskId !== taskId && !(await this.#leave())) {
      return;
    }
    const services = await this.#parts.services();
    this.#review = await services.review.of(taskId);
    this.#lastRefresh += 1;
    this.#parts.keys.set('reviewing', true);
    this.#tree.show(this.#review);
    this.#follow(services, taskId);
    if (this.#review.files.length > 0) {
      await openAllChanges(this.#review);
    }
    await vscode.commands.executeCommand('claudePanel.review.focus');
  }

  async openAll(): Promise<void> {
    if (this.#review !== undefined) {
      await openAllChanges(this.#review);
    }
  }

  async openChange(node: ReviewNode | undefined): Promise<void> {
    const chosen = node ?? this.#tree.selected;
    if (this.#review !== undefined && chosen !== undefined) {
      await openChange(chosen);
    }
  }

  async accept(node: ReviewNode | undefined): Promise<void> {
    const chosen = node ?? this.#tree.selected;
    if (chosen !== undefined) {
      await this.#accept([chosen]);
    }
  }

  async acceptAll(): Promise<void> {
    const open = this.#review?.files.filter(({ decision }) => decision === 'open') ?? [];
    await this.#accept(open.map(file => ({ kind: 'file', file })));
  }

  /** Puts a file or hunk back as it was before the task. */
  async putBack(node: ReviewNode | undefined): Promise<void> {
    await this.#change(node, async (chosen, { taskId }, { service, by }) => {
      if (chosen.kind === 'file') {
        await service.putBackFile(taskId, chosen.file, by, chooseForConflict);
      } else if (await changeDirtyDocument(chosen.file, chosen.hunk, 'putBack')) {
        service.decide(taskId, { ...chosen.file, hunk: chosen.hunk.id }, 'putBack', by);
      } else {
        await service.putBackHunk(taskId, chosen.file, chosen.hunk, by);
      }
    });
  }

  /** Takes a decision back; a change that was put back is made again. */
  async reopen(node: ReviewNode | undefined): Promise<void> {
    await this.#change(node, async (chosen, { taskId }, { service, by }) => {
      if (chosen.kind === 'file' && chosen.file.decision === 'putBack') {
        await service.makeFileAgain(taskId, chosen.file, by, chooseForConflict);
      } else if (chosen.kind === 'file') {
        service.decide(taskId, chosen.file, 'open', by);
      } else if (chosen.hunk.decision !== 'putBack' || (await changeDirtyDocument(chosen.file, chosen.hunk, 'again'))) {
        service.decide(taskId, { ...chosen.file, hunk: chosen.hunk.id }, 'open', by);
      } else {
        await service.makeHunkAgain(taskId, chosen.file, chosen.hunk, by);
      }
    });
  }

  /** Sends all comments to the task as one message. */
  async sendComments(): Promise<void> {
    const drafts = await this.#comments.drafts();
    if (this.#review === undefined || drafts.length === 0) {
      return;
    }
    const { tasks, actor } = await this.#parts.services();
    const by = actor('palette');
    tasks.sendMessage(this.#review.taskId, commentMessage(drafts), by, by.hostId);
    this.#comments.clear();
    vscode.window.showInformationMessage(vscode.l10n.t('The comments are on their way to the task.'));
  }

  async close(): Promise<void> {
    if (await this.#leave()) {
      this.#review = undefined;
      this.#ofReview.clear();
      this.#parts.keys.set('reviewing', false);
      this.#tree.show(undefined);
    }
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** False when the person stays because of comments that were not sent. */
  async #leave(): Promise<boolean> {
    const { count } = this.#comments;
    if (count === 0) {
      return true;
    }
    const discard = vscode.l10n.t('Discard Comments');
    const pressed = await vscode.window.showWarningMessage(
      count === 1
        ? vscode.l10n.t('One comment was not sent to the task.')
        : vscode.l10n.t('{0} comments were not sent to the task.', count),
      { modal: true },
      discard,
    );
    if (pressed === discard) {
      this.#comments.clear();
    }
    return pressed === discard;
  }

  async #change(
    node: ReviewNode | undefined,
    change: (
      node: ReviewNode,
      review: TaskReview,
      how: { readonly service: PanelServices['review']; readonly by: Actor },
    ) => Promise<void>,
  ): Promise<void> {
    const chosen = node ?? this.#tree.selected;
    const review = this.#review;
    const id = chosen === undefined ? '' : nodeId(chosen);
    if (chosen === undefined || review === undefined || this.#underWay.has(id)) {
      return;
    }
    this.#underWay.add(id);
    try {
      const { review: service, actor } = await this.#parts.services();
      await change(chosen, review, { service, by: actor('palette') });
      await this.#refresh();
    } finally {
      this.#underWay.delete(id);
    }
  }

  async #accept(nodes: readonly ReviewNode[]): Promise<void> {
    const { review: service, actor } = await this.#parts.services();
    for (const node of this.#review === undefined ? [] : nodes) {
      const where = node.kind === 'hunk' ? { ...node.file, hunk: node.hunk.id } : node.file;
      service.decide(this.#review?.taskId ?? '', where, 'accepted', actor('palette'));
    }
    await this.#refresh();
  }

  #follow({ log }: PanelServices, taskId: string): void {
    this.#ofReview.clear();
    this.#ofReview.add(
      log.onDidCommit(({ events }) => {
        const isOurs = events.some(
          ({ subject, type }) =>
            subject === taskId &&
            (type === 'claude-panel.review.decided' ||
              type === 'claude-panel.checkpoint.taken' ||
              type === 'claude-panel.checkpoint.undone' ||
              type === 'claude-panel.checkpoint.redone'),
        );
        if (isOurs) {
          this.#refresh().catch(this.#parts.fail);
        }
      }),
    );
  }

  async #refresh(): Promise<void> {
    const taskId = this.#review?.taskId;
    if (taskId === undefined) {
      return;
    }
    this.#lastRefresh += 1;
    const refresh = this.#lastRefresh;
    const fresh = await (await this.#parts.services()).review.of(taskId);
    // One that began earlier may end later, with what was true before. A list that is drawn anew loses a press on it.
    const isNewest = this.#review?.taskId === taskId && refresh === this.#lastRefresh;
    if (isNewest && !isDeepStrictEqual(fresh, this.#review)) {
      this.#review = fresh;
      this.#tree.show(fresh);
    }
  }
}
