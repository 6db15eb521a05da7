import path from 'node:path';
import * as vscode from 'vscode';
import type { TaskReview } from '../../app/taskReview.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { visibleText } from '../../base/visibleText.ts';
import { REVIEW_VIEW_ID } from '../contributions/views.ts';
import { oneLine } from '../presenters/shownText.ts';
import { countsOf, firstChangedLine, hunkLabel, nodeContext, nodeId, nodesOf, type ReviewNode } from './reviewNode.ts';

const LONGEST_TITLE = 80;

const ICONS = { open: undefined, accepted: 'pass', putBack: 'discard' } as const;

/** The files and hunks of the task under review, as a list like that of source control. */
export class ReviewTree implements vscode.TreeDataProvider<ReviewNode>, Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<ReviewNode>;
  #review: TaskReview | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    this.#view = this.#owned.add(
      vscode.window.createTreeView(REVIEW_VIEW_ID, { treeDataProvider: this, showCollapseAll: true }),
    );
  }

  get selected(): ReviewNode | undefined {
    return this.#view.selection[0];
  }

  show(review: TaskReview | undefined): void {
    this.#review = review;
    this.#changed.fire();
    this.#view.description = review === undefined ? '' : oneLine(review.title, LONGEST_TITLE);
    this.#view.message = review === undefined ? '' : messageOf(review);
    this.#view.badge =
      review === undefined || review.open === 0
        ? undefined
        : {
            value: review.open,
            tooltip: vscode.l10n.t('{0} of {1} files to review', review.open, review.files.length),
          };
  }

  getChildren(parent?: ReviewNode): ReviewNode[] {
    return [...nodesOf(this.#review, parent)];
  }

  getTreeItem(node: ReviewNode): vscode.TreeItem {
    const item = node.kind === 'file' ? fileItem(node) : hunkItem(node);
    item.id = nodeId(node);
    item.contextValue = nodeContext(node);
    item.command = { command: 'claudePanel.reviewOpenChange', title: vscode.l10n.t('Open Change'), arguments: [node] };
    return item;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

function messageOf({ files, open, isPartial }: TaskReview): string {
  const sum = countsOf({
    added: files.reduce((all, { added }) => all + added, 0),
    removed: files.reduce((all, { removed }) => all + removed, 0),
  });
  const counted =
    files.length === 0
      ? vscode.l10n.t('The task changed no file.')
      : vscode.l10n.t('{0} of {1} files reviewed. {2}', files.length - open, files.length, sum);
  return isPartial ? `${counted} ${vscode.l10n.t('Some files are in no snapshot, so they are not listed.')}` : counted;
}

function fileItem({ file }: Extract<ReviewNode, { kind: 'file' }>): vscode.TreeItem {
  const shown = visibleText(file.path);
  const folder = path.posix.dirname(shown);
  const item = new vscode.TreeItem(
    path.posix.basename(shown),
    file.hunks.length > 1 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  const state = stateWord(file.decision);
  const kind = KIND_WORDS[file.kind]();
  item.description = [folder === '.' ? '' : folder, countsOf(file), file.kind === 'modified' ? '' : kind, state]
    .filter(part => part !== '')
    .join(' · ');
  item.resourceUri = vscode.Uri.file(path.join(file.root, file.path));
  const icon = ICONS[file.decision];
  if (icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(icon);
  }
  item.tooltip = [shown, [kind, countsOf(file), state].filter(part => part !== '').join(', ')].join('\n');
  item.accessibilityInformation = {
    label: [shown, kind, countsOf(file), state].filter(part => part !== '').join(', '),
  };
  return item;
}

function hunkItem({ hunk }: Extract<ReviewNode, { kind: 'hunk' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(hunkLabel(hunk));
  const line = vscode.l10n.t('line {0}', firstChangedLine(hunk));
  const state = stateWord(hunk.decision);
  item.description = [line, countsOf(hunk), state].filter(part => part !== '').join(' · ');
  item.iconPath = new vscode.ThemeIcon(ICONS[hunk.decision] ?? 'diff');
  item.tooltip = visibleText(hunk.lines.join('\n'));
  item.accessibilityInformation = {
    label: [hunkLabel(hunk), line, countsOf(hunk), state].filter(part => part !== '').join(', '),
  };
  return item;
}

const KIND_WORDS = {
  added: () => vscode.l10n.t('new'),
  modified: () => vscode.l10n.t('changed'),
  deleted: () => vscode.l10n.t('deleted'),
} as const;

function stateWord(decision: 'open' | 'accepted' | 'putBack'): string {
  switch (decision) {
    case 'open':
      return '';
    case 'accepted':
      return vscode.l10n.t('accepted');
    case 'putBack':
      return vscode.l10n.t('put back');
  }
}
