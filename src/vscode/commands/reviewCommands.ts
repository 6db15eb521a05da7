import * as vscode from 'vscode';
import type { ReviewNode } from '../review/reviewNode.ts';
import type { ReviewSession } from '../review/reviewSession.ts';
import type { Command, CommandContext, Commands } from './commandContext.ts';
import { pickTask } from './pickTask.ts';

/** The review of a task's changes. Commands of rows take the row, or that which is selected. */
export const reviewCommands: Commands<
  | 'reviewChanges'
  | 'reviewOpenAll'
  | 'reviewOpenChange'
  | 'reviewAccept'
  | 'reviewPutBack'
  | 'reviewReopen'
  | 'reviewAcceptAll'
  | 'reviewAddComment'
  | 'reviewRemoveComment'
  | 'reviewSendComments'
  | 'reviewClose'
> = {
  reviewChanges: async (context, given) => {
    const task = await pickTask(await context.services(), given, {
      title: vscode.l10n.t('Review the changes of which task?'),
      fits: ({ snapshots = [] }) => snapshots.length > 0,
      nothing: vscode.l10n.t('No task has changes that could be reviewed.'),
    });
    if (task !== undefined) {
      await context.review.open(task.id);
    }
  },
  reviewOpenAll: ({ review }) => review.openAll(),
  reviewOpenChange: ofRow((review, node) => review.openChange(node)),
  reviewAccept: ofRow((review, node) => review.accept(node)),
  reviewPutBack: ofRow((review, node) => review.putBack(node)),
  reviewReopen: ofRow((review, node) => review.reopen(node)),
  reviewAcceptAll: ({ review }) => review.acceptAll(),
  // These two come from VS Code's own comment widgets only.
  reviewAddComment: ({ review }, given) => review.comments.add(given as vscode.CommentReply),
  reviewRemoveComment: ({ review }, given) => review.comments.remove(given as vscode.CommentThread),
  reviewSendComments: ({ review }) => review.sendComments(),
  reviewClose: ({ review }) => review.close(),
};

function ofRow(act: (review: ReviewSession, node: ReviewNode | undefined) => Promise<void>): Command {
  return ({ review }: CommandContext, given) => act(review, isNode(given) ? given : undefined);
}

function isNode(given: unknown): given is ReviewNode {
  return typeof given === 'object' && given !== null && 'kind' in given && 'file' in given;
}
