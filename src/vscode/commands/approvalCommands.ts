import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import type { Approval, ApprovalChoice } from '../../core/approvals/approval.ts';
import { presentChoice } from '../presenters/approvalCard.ts';
import { approvalLine } from '../presenters/ledgerText.ts';
import { oneLine } from '../presenters/shownText.ts';
import { completeAnswer } from './answerFlow.ts';
import type { CommandContext, Commands } from './commandContext.ts';
import { type Choice, pickOne } from './guardedPick.ts';
import { escapeIcons } from './pickTask.ts';

const LONGEST_LINE = 2000;
/** A longer target cannot be read in a list, so the list offers to show it whole. */
const READABLE_LINE = 120;

/** Everything that waits for a person, from the palette. */
export const approvalCommands: Commands<
  | 'focusInbox'
  | 'nextApproval'
  | 'previousApproval'
  | 'approve'
  | 'deny'
  | 'answerQuestion'
  | 'showProposal'
  | 'editProposal'
  | 'allowEdited'
  | 'leaveProposal'
> = {
  focusInbox: async context => {
    await context.start();
    const first = context.current()?.log.approvals.pending()[0];
    await context.views.reveal(first === undefined ? { kind: 'list' } : { kind: 'approval', approvalId: first.id });
  },
  nextApproval: context => step(context, 1),
  previousApproval: context => step(context, -1),
  approve: (context, given) =>
    answer(context, given, {
      title: vscode.l10n.t('Approve what?'),
      nothing: vscode.l10n.t('Nothing waits for an approval.'),
      fits: ({ subject }) => subject.kind !== 'question',
      offers: choice => choice.grants,
    }),
  deny: (context, given) =>
    answer(context, given, {
      title: vscode.l10n.t('Deny what?'),
      nothing: vscode.l10n.t('Nothing waits for an answer.'),
      fits: () => true,
      offers: choice => !choice.grants,
    }),
  answerQuestion: (context, given) =>
    answer(context, given, {
      title: vscode.l10n.t('Answer which question?'),
      nothing: vscode.l10n.t('No question waits for an answer.'),
      fits: ({ subject }) => subject.kind === 'question' || subject.kind === 'elicitation' || subject.kind === 'plan',
      offers: () => true,
    }),
  showProposal: async (context, given) => {
    const services = await context.services();
    const approval = await pickApproval(services, given, {
      title: vscode.l10n.t('Open what is proposed by which question?'),
      nothing: vscode.l10n.t('Nothing waits for an answer.'),
      fits: () => true,
    });
    if (approval !== undefined) {
      await context.proposals.open(approval.id, false);
    }
  },
  editProposal: ({ proposals }, given) => proposals.editOpen(uriOf(given)),
  allowEdited: ({ proposals }, given) => proposals.allowEdited(uriOf(given)),
  leaveProposal: async ({ proposals, views }, given) => {
    await proposals.leave(uriOf(given));
    await views.reveal({ kind: 'list' });
  },
};

interface Wanted {
  readonly title: string;
  readonly nothing: string;
  readonly fits: (approval: Approval) => boolean;
}

async function step({ services, views, cursor }: CommandContext, by: 1 | -1): Promise<void> {
  const pending = (await services()).log.approvals.pending();
  const at = pending.findIndex(({ id }) => id === cursor.approvalId);
  const next = at < 0 ? (by === 1 ? 0 : pending.length - 1) : (at + by + pending.length) % pending.length;
  const approval = pending[next];
  if (approval === undefined) {
    vscode.window.showInformationMessage(vscode.l10n.t('Nothing waits for an answer.'));
    return;
  }
  cursor.approvalId = approval.id;
  await views.reveal({ kind: 'approval', approvalId: approval.id });
}

async function answer(
  context: CommandContext,
  given: unknown,
  wanted: Wanted & { readonly offers: (choice: ApprovalChoice) => boolean },
): Promise<void> {
  const services = await context.services();
  const approval = await pickApproval(services, given, wanted);
  if (approval === undefined) {
    return;
  }
  const choice = await pickChoice(approval, approval.choices.filter(wanted.offers));
  if (choice === 'show') {
    await context.proposals.open(approval.id, false);
    return;
  }
  const complete = choice === undefined ? undefined : await completeAnswer(approval, choice);
  if (complete !== undefined) {
    services.approvals.answer(approval.id, complete, services.actor('palette'));
  }
}

async function pickApproval({ log }: PanelServices, given: unknown, wanted: Wanted): Promise<Approval | undefined> {
  if (typeof given === 'string') {
    return log.approvals.get(given);
  }
  const pending = log.approvals.pending().filter(wanted.fits);
  if (pending.length === 0) {
    vscode.window.showInformationMessage(wanted.nothing);
    return undefined;
  }
  return pickOne(
    pending.map(approval => ({
      label: escapeIcons(oneLine(approval.taskTitle, LONGEST_LINE)),
      description: new Date(approval.created).toLocaleTimeString(),
      detail: escapeIcons(approvalLine(approval)),
      value: approval,
    })),
    { title: wanted.title },
  );
}

/** Always a second step, with the exact rule of each answer: nothing is allowed by picking a question. */
function pickChoice(
  approval: Approval,
  offered: readonly ApprovalChoice[],
): Promise<ApprovalChoice | 'show' | undefined> {
  const line = approvalLine(approval);
  const items: Choice<ApprovalChoice | 'show'>[] = offered.map(choice => {
    const { label, rule, savedIn } = presentChoice(choice);
    return {
      label,
      ...(rule === undefined
        ? {}
        : { detail: escapeIcons(vscode.l10n.t('Saves: {0} ({1})', rule, savedIn ?? vscode.l10n.t('this task'))) }),
      value: choice,
    };
  });
  const isReadable = line.length <= READABLE_LINE && !line.includes('⏎') && approval.subject.kind === 'tool';
  const show: Choice<'show'> = {
    label: `$(eye) ${vscode.l10n.t('Show All of It')}`,
    description: isReadable ? '' : vscode.l10n.t('it is longer than this list shows'),
    value: 'show',
  };
  return pickOne([...(isReadable ? [] : [show]), ...items, ...(isReadable ? [show] : [])], {
    title: oneLine(line, READABLE_LINE),
    placeholder: oneLine(approval.why, LONGEST_LINE),
  });
}

function uriOf(given: unknown): vscode.Uri | undefined {
  return given instanceof vscode.Uri ? given : undefined;
}
