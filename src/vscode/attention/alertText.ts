import { hasHiddenCharacters } from '../../base/visibleText.ts';
import type { Approval, ApprovalChoice } from '../../core/approvals/approval.ts';
import type { ApprovalCard } from '../../protocol/approvalView.ts';
import { approvalLine } from '../presenters/ledgerText.ts';
import { oneLine, withoutLinks } from '../presenters/shownText.ts';

/** VS Code shows that much of a notification without cutting it. */
const LONGEST_TEXT = 300;
const LONGEST_TITLE = 60;

/** Tools whose headline and target say what the call does; of others a notification cannot show the whole input. */
const TOLD_BY_TARGET: ReadonlySet<string> = new Set([
  'Bash',
  'PowerShell',
  'Read',
  'Glob',
  'Grep',
  'WebFetch',
  'WebSearch',
]);

/** What a notification about a question says, and the answer that it may offer with one press. */
interface ApprovalAlert {
  readonly text: string;
  /** Only where a person can read in it what would be allowed, and only the answer that saves nothing. */
  readonly allow: ApprovalChoice | undefined;
}

export function approvalAlert(approval: Approval, card: ApprovalCard, workspace: string): ApprovalAlert {
  const { body } = card;
  const diff = body.kind === 'tool' ? body.diff : undefined;
  const size = diff === undefined ? '' : ` (+${diff.added} −${diff.removed})`;
  const line = `${approvalLine(approval)}${size}`;
  const isTold = tellsAll(approval, line, diff !== undefined);
  return {
    text: withoutLinks(`${oneLine(approval.taskTitle, LONGEST_TITLE)} (${workspace}): ${oneLine(line, LONGEST_TEXT)}`),
    allow: isTold
      ? approval.choices.find(choice => choice.id === 'allowOnce' || choice.id === 'approveGate')
      : undefined,
  };
}

function tellsAll({ subject }: Approval, line: string, hasDiff: boolean): boolean {
  if (subject.kind === 'gate') {
    return line.length <= LONGEST_TEXT && !line.includes('⏎') && !hasHiddenCharacters(subject.message);
  }
  if (subject.kind !== 'tool' || line.length > LONGEST_TEXT || line.includes('⏎') || line.includes('](')) {
    return false;
  }
  const { toolName, input } = subject;
  const isTold = hasDiff || TOLD_BY_TARGET.has(toolName) || Object.keys(input).length <= 1;
  return isTold && !hasHiddenCharacters(JSON.stringify(input));
}
