import { EXIT } from '../../app/following/exitCode.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import { approvalCard, approvalTitle } from '../answering/approvalCard.ts';
import { findApproval } from '../answering/findApproval.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { lookIntoPanel } from '../panelSession.ts';
import { alignColumns } from '../terminal/columns.ts';
import { formatAge } from '../terminal/quantities.ts';

/** The inbox: everything that waits for a person; with an id the whole card. */
export const approvals: CommandAction = (context, given) => {
  const json = given.flag('json');
  const nothing = (): number => print(context, [], json);
  const wanted = given.operand(0);
  return lookIntoPanel(context, given, nothing, async panel => {
    await panel.start();
    if (wanted === undefined) {
      return print(context, panel.log.approvals.pending(), json);
    }
    const approval = findApproval(panel.log, wanted);
    const { terminal, clock } = context;
    const lines = json ? [JSON.stringify(approval, undefined, 2)] : approvalCard(approval, terminal.paint, clock.now());
    for (const line of lines) {
      terminal.line(line);
    }
    return EXIT.succeeded;
  });
};

function print({ terminal, clock }: CommandContext, pending: readonly Approval[], json: boolean): number {
  if (json) {
    terminal.line(JSON.stringify(pending, undefined, 2));
    return EXIT.succeeded;
  }
  if (pending.length === 0) {
    terminal.say('Nothing waits for an answer.');
    return EXIT.succeeded;
  }
  const lines = alignColumns<Approval>(
    pending,
    [
      { title: 'ID', cell: approval => approval.id, paint: text => terminal.paint('bold', text) },
      { title: 'ASKS FOR', cell: approval => approvalTitle(approval.subject) },
      { title: 'WAITS', cell: approval => formatAge(clock.now() - approval.created) },
      { title: 'TASK', cell: approval => approval.taskTitle, isElastic: true },
    ],
    terminal.width,
  );
  for (const line of lines) {
    terminal.line(line);
  }
  terminal.say('See all of one with: claude-panel approvals ID. Answer with: claude-panel approve ID, or deny ID.');
  return EXIT.succeeded;
}
