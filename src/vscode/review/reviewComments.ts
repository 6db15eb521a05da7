import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { ReviewComment } from '../../core/review/commentMessage.ts';
import { REVIEW_COMMENTS_ID } from '../contributions/views.ts';

/** Which file of the review a document shows, and which of its two sides. */
export type ReviewedDocument = { readonly path: string; readonly side: 'before' | 'after' } | undefined;

/** What a person writes at lines of a change, until it is sent to the task. */
export class ReviewComments implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #controller: vscode.CommentController;
  readonly #threads = new Set<vscode.CommentThread>();
  readonly #documentOf: (uri: vscode.Uri) => ReviewedDocument;
  readonly #onDidChange: (count: number) => void;

  constructor(parts: {
    readonly documentOf: (uri: vscode.Uri) => ReviewedDocument;
    readonly onDidChange: (count: number) => void;
  }) {
    this.#documentOf = parts.documentOf;
    this.#onDidChange = parts.onDidChange;
    this.#controller = this.#owned.add(
      vscode.comments.createCommentController(REVIEW_COMMENTS_ID, vscode.l10n.t('Review of a task')),
    );
    this.#controller.options = {
      prompt: vscode.l10n.t('Comment for the task'),
      placeHolder: vscode.l10n.t('What should Claude do differently here?'),
    };
    this.#controller.commentingRangeProvider = {
      provideCommentingRanges: document =>
        this.#documentOf(document.uri) === undefined
          ? []
          : [new vscode.Range(0, 0, Math.max(0, document.lineCount - 1), 0)],
    };
  }

  get count(): number {
    return [...this.#threads].reduce((sum, thread) => sum + thread.comments.length, 0);
  }

  /** Keeps what was just written in a thread. */
  add({ thread, text }: vscode.CommentReply): void {
    if (text.trim() === '') {
      return;
    }
    const comment: vscode.Comment = {
      body: plainMarkdown(text),
      mode: vscode.CommentMode.Preview,
      author: { name: vscode.l10n.t('You') },
      label: vscode.l10n.t('not sent yet'),
      contextValue: 'draft',
    };
    thread.comments = [...thread.comments, comment];
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    this.#texts.set(comment, text);
    this.#threads.add(thread);
    this.#onDidChange(this.count);
  }

  /** Throws a thread away that was not sent. */
  remove(thread: vscode.CommentThread): void {
    this.#threads.delete(thread);
    thread.dispose();
    this.#onDidChange(this.count);
  }

  /** Everything that was not sent, with the lines that it is about. */
  async drafts(): Promise<readonly ReviewComment[]> {
    const drafts: ReviewComment[] = [];
    for (const thread of this.#threads) {
      const shown = this.#documentOf(thread.uri);
      const document = await vscode.workspace.openTextDocument(thread.uri);
      const start = thread.range?.start.line ?? 0;
      const end = Math.max(start, thread.range?.end.line ?? start);
      const lines = Array.from({ length: end - start + 1 }, (_, index) =>
        start + index < document.lineCount ? document.lineAt(start + index).text : '',
      );
      const path = shown?.path ?? vscode.workspace.asRelativePath(thread.uri);
      for (const comment of thread.comments) {
        drafts.push({
          path: shown?.side === 'before' ? `${path} (before your change)` : path,
          startLine: start + 1,
          endLine: end + 1,
          code: lines.join('\n'),
          text: this.#texts.get(comment) ?? '',
        });
      }
    }
    return drafts;
  }

  /** After they were sent: nothing is left in the editors. */
  clear(): void {
    for (const thread of this.#threads) {
      thread.dispose();
    }
    this.#threads.clear();
    this.#onDidChange(0);
  }

  dispose(): void {
    this.clear();
    this.#owned.dispose();
  }

  readonly #texts = new Map<vscode.Comment, string>();
}

/** The words as they were typed, whatever they look like to Markdown. */
function plainMarkdown(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(text);
}
