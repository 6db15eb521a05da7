import { EXIT } from '../../app/following/exitCode.ts';
import { describeSettled } from '../../core/approvals/answerDecision.ts';
import type { Approval, ApprovalAnswer } from '../../core/approvals/approval.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { unaskedDecisions } from '../../core/tasks/unaskedDecisions.ts';
import { approvalTitle } from '../answering/approvalCard.ts';
import type { CommandAction } from '../commandSpec.ts';
import { lookIntoPanel } from '../panelSession.ts';
import { oneLine } from '../terminal/plainText.ts';

const MOST_DECISIONS = 1000;

interface Row {
  readonly at: number;
  readonly asked: boolean;
  readonly task: string;
  readonly what: string;
  readonly target: unknown;
  readonly decision: string;
  /** Why it was asked, and Claude Code's own word for the kind of reason. */
  readonly why?: string;
  readonly reason?: string;
  readonly rule?: string;
  /** What the person said, answered, or put in the place of the input. */
  readonly message?: string;
  readonly answers?: ApprovalAnswer['answers'];
  readonly ranWith?: unknown;
  readonly profile?: string;
  readonly permissionMode?: string;
}

/** Every decision about what a task may do, newest first: by a person, and by rules, modes and hooks without asking. */
export const ledger: CommandAction = (context, given) => {
  const { terminal } = context;
  const json = given.flag('json');
  const print = (rows: readonly Row[]): number => {
    for (const line of json ? [JSON.stringify(rows, undefined, 2)] : rows.map(lineOf)) {
      terminal.line(line);
    }
    if (!json && rows.length === 0) {
      terminal.say('Nothing was decided yet.');
    }
    return EXIT.succeeded;
  };
  return lookIntoPanel(
    context,
    given,
    () => print([]),
    async panel => {
      await panel.start();
      return print(rowsOf(panel.log));
    },
  );
};

function rowsOf(log: PanelLog): readonly Row[] {
  const unasked = unaskedDecisions(log, MOST_DECISIONS).map(
    (decision): Row => ({
      at: decision.at,
      asked: false,
      task: decision.taskTitle,
      what: decision.tool,
      target: decision.input,
      decision: `${decision.allowed ? 'allowed' : 'denied'} by ${decision.decidedBy}`,
      profile: decision.profile,
      permissionMode: decision.permissionMode,
    }),
  );
  const asked = log.approvals.ledger({ limit: MOST_DECISIONS }).map(askedRow);
  return [...unasked, ...asked].sort((one, other) => other.at - one.at).slice(0, MOST_DECISIONS);
}

function askedRow(approval: Approval): Row {
  const { status, subject, choices, why, reasonType } = approval;
  const answer: Partial<ApprovalAnswer> = status.state === 'answered' ? status.answer : {};
  const { message, answers, updatedInput } = answer;
  const rule = choices.find(({ id }) => id === answer.choice)?.rule;
  return {
    at: status.state === 'pending' ? approval.created : status.at,
    asked: true,
    task: approval.taskTitle,
    what: approvalTitle(subject),
    target: 'input' in subject ? subject.input : {},
    decision: describeSettled(approval),
    why,
    ...(reasonType === undefined ? {} : { reason: reasonType }),
    ...(rule === undefined ? {} : { rule }),
    ...(message === undefined || message === '' ? {} : { message }),
    ...(answers === undefined ? {} : { answers }),
    ...(updatedInput === undefined ? {} : { ranWith: updatedInput }),
  };
}

function lineOf(row: Row): string {
  const { at, task, what, target, decision, why, reason, rule, profile, permissionMode } = row;
  const ground = [
    ...(why === undefined ? [] : [why]),
    ...(reason === undefined ? [] : [`[${reason}]`]),
    ...(profile === undefined ? [] : [`profile ${profile}, mode ${permissionMode}`]),
  ].join(' ');
  const saved = rule === undefined ? '' : ` [${rule}]`;
  const text = `${what}  ${shortJson(target)}  ${decision}${wordsOf(row)} (${ground})${saved}  ${task}`;
  return `${new Date(at).toISOString()}  ${oneLine(text)}`;
}

function wordsOf({ message, answers, ranWith }: Row): string {
  const words = [...(message === undefined ? [] : [message]), ...Object.values(answers ?? {}).flat()].join(', ');
  return `${words === '' ? '' : ` Said: ${words.replace(/\.$/, '')}.`}${ranWith === undefined ? '' : ` Ran with: ${shortJson(ranWith)}.`}`;
}

function shortJson(value: unknown): string {
  return JSON.stringify(value).slice(0, 300);
}
