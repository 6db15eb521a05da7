import { describeSettled } from '../../core/approvals/answerDecision.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import type { UnaskedDecision } from '../../core/tasks/unaskedDecisions.ts';
import { oneLine } from './shownText.ts';
import { toolHeadline } from './toolHeadline.ts';

const LONGEST_FIELD = 2000;

/** The decisions of a workspace as a text to read: what was asked, why, who decided what, and which rule was saved. */
export function ledgerText(
  decisions: readonly Approval[],
  pending: readonly Approval[],
  folder: string,
  unasked: readonly UnaskedDecision[] = [],
): string {
  const entries = [
    ...decisions.map(approval => ({ at: settledAt(approval), text: entry(approval, outcome(approval)) })),
    ...unasked.map(decision => ({ at: decision.at, text: unaskedEntry(decision) })),
  ].sort((one, other) => other.at - one.at);
  const parts = [
    `Decisions in ${folder}`,
    `${decisions.length} decided, ${pending.length} open, ${unasked.length} decided without asking. Newest first. Times are local.`,
    ...pending.map(approval => entry(approval, 'open')),
    ...entries.map(({ text }) => text),
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
    case 'gate':
      return `Gate: ${oneLine(subject.message, LONGEST_FIELD)}`;
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
    ...editLines(approval),
    ...ruleLines(approval),
  ].join('\n');
}

function settledAt({ status, created }: Approval): number {
  return status.state === 'pending' ? created : status.at;
}

function unaskedEntry(decision: UnaskedDecision): string {
  const { tool, input, folder, taskTitle, taskId, at, allowed, decidedBy, profile, permissionMode } = decision;
  const { headline, target } = toolHeadline({ toolName: tool, displayName: tool, input, folder });
  const shown = (text: string): string => oneLine(text, LONGEST_FIELD);
  return [
    target === '' ? shown(headline) : `${shown(headline)}: ${shown(target)}`,
    `  task     ${shown(taskTitle)} (${taskId})`,
    `  decided  ${allowed ? 'allowed' : 'denied'} without asking by ${shown(decidedBy)}, ${localTime(at)}`,
    `  profile  ${shown(profile)}, mode ${shown(permissionMode)}`,
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

/** What ran is what was allowed, not what was asked for. */
function editLines({ status }: Approval): readonly string[] {
  const edited = status.state === 'answered' ? status.answer.updatedInput : undefined;
  return edited === undefined ? [] : [`  ran with ${oneLine(JSON.stringify(edited), LONGEST_FIELD)}`];
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
