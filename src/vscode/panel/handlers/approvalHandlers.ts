import { unknownApproval } from '../../../core/tasks/taskErrors.ts';
import { readAnswer } from '../../presenters/approvalAnswer.ts';
import type { Handlers } from '../messageHandler.ts';

/** Answers that a person gives on a card. */
export const approvalHandlers: Handlers<'answerApproval' | 'openProposal'> = {
  answerApproval: async ({ approvalId, answer }, { services }) => {
    const { log, approvals, actor } = await services();
    const approval = log.approvals.get(approvalId);
    if (approval === undefined) {
      throw unknownApproval(approvalId);
    }
    approvals.answer(approvalId, readAnswer(approval, answer), actor('panel'));
  },
  openProposal: ({ approvalId, edit }, { actions }) => actions.openProposal(approvalId, edit),
};
