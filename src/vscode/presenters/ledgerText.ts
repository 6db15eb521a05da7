import { describeSettled } from '../../core/approvals/answerDecision.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import { oneLine } from './shownText.ts';
import { toolHeadline } from './toolHeadline.ts';

const LONGEST_FIELD = 2000;

/** The decisions of a workspace as a text to read: what was asked, why, who decided what, and which rule was saved. */
export function ledgerText(decisions: readonly Approval[], pending: readonly Approval[], folder: string): string {
  const parts = [
    `Decisions in ${folder}`,
    `${decisions.length} decided, ${pending.length} open. Newest first. Times are local.`,
    ...pending.map(approval => entry(approval, 'open')),
    ...decisions.map(approval => entry(approval, outcome(approval))),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What an approval is about, in one line. */
export function approvalLine(approval: Approval): string {
  const { subject, folder } = approval;
  switch (subject.kind) {
    case 'tool': {
      const { headline, target } = toolHeadline({ ...subject, folder });
      return target === '' ? headline : `${headline}: ${oneLine(target, LONGEST_FIELD)}`;
    }
    case 'question':
      return `Question: ${oneLine(subject.questions.map(({ question }) => question).join(' / '), LONGEST_FIELD)}`;
    case 'plan':
      return `Plan: ${oneLine(subject.plan, LONGEST_FIELD)}`;
    case 'elicitation':
      return `${oneLine(subject.server, LONGEST_FIELD)} asks: ${oneLine(subject.message, LONGEST_FIELD)}`;
    case 'workspaceContent':
      return oneLine(subject.headline, LONGEST_FIELD);
  }
}

function entry(approval: Approval, result: string): string {
  const { taskTitle, taskId, agent, why, reasonType, created } = approval;
  const by = agent === undefined ? '' : ` (agent ${oneLine(agent, LONGEST_FIELD)})`;
  const reason = reasonType === undefined ? '' : ` [${oneLine(reasonType, LONGEST_FIELD)}]`;
  return [
    approvalLine(approval),
    `  task     ${oneLine(taskTitle, LONGEST_FIELD)}${taskId === undefined ? '' : ` (${taskId})`}${by}`,
    `  asked    ${localTime(created)}`,
    `  because  ${oneLine(why, LONGEST_FIELD)}${reason}`,
    `  answer   ${result}`,
    ...ruleLines(approval),
  ].join('\n');
}

function outcome(approval: Approval): string {
  const { status } = approval;
  const at = status.state === 'pending' ? '' : `, ${localTime(status.at)}`;
  const words = oneLine(describeSettled(approval), LONGEST_FIELD).replace(/\.$/, '');
  if (status.state !== 'answered') {
    return `${words}${at}`;
  }
  const { message, updatedInput, answers } = status.answer;
  const edited = updatedInput === undefined ? '' : ', with edits';
  const said = message === undefined || message === '' ? '' : `: ${oneLine(message, LONGEST_FIELD)}`;
  const chosen = answers === undefined ? '' : `: ${oneLine(Object.values(answers).flat().join(', '), LONGEST_FIELD)}`;
  return `${words}${at}${edited}${said}${chosen}`;
}

function ruleLines({ status, choices }: Approval): readonly string[] {
  const choice = status.state === 'answered' ? choices.find(({ id }) => id === status.answer.choice) : undefined;
  return choice?.rule === undefined
    ? []
    : [`  rule     ${oneLine(choice.rule, LONGEST_FIELD)}, kept in ${choice.savedIn ?? 'the task'}`];
}

/** Such as 2026-03-09 14:05:11. */
function localTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
