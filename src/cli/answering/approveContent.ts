import type { PanelServices } from '../../app/panelServices.ts';
import type { CommandContext } from '../commandContext.ts';
import { ApprovalPrompt } from './approvalPrompt.ts';
import { LineReader } from './lineReader.ts';

/** Shows what files of the workspace would start or grant. Without a person at this terminal it stays open for another. */
export async function approveContent(
  { terminal, interrupts, clock }: CommandContext,
  panel: PanelServices,
  { approvalId, what }: { readonly approvalId: string; readonly what: 'task' | 'command' },
): Promise<boolean> {
  const approval = panel.log.approvals.get(approvalId);
  if (approval === undefined) {
    return false;
  }
  if (!terminal.isInteractive) {
    terminal.say(
      'Files of this workspace would start programs or grant rights. Nobody has approved their content yet.',
    );
    terminal.say(`Look at it with: claude-panel approvals ${approvalId}`);
    terminal.say(`Approve it with: claude-panel approve ${approvalId}`);
    terminal.say(`Then run the ${what} again.`);
    return false;
  }
  const abort = new AbortController();
  const elsewhere = panel.log.onDidCommit(({ approvals }) => {
    if (approvals.some(other => other.id === approvalId && other.status.state !== 'pending')) {
      abort.abort();
    }
  });
  const signals = interrupts.listen(() => abort.abort());
  try {
    const reader = new LineReader({ terminal, interrupts, clock });
    const answer = await new ApprovalPrompt({ terminal, reader, clock }).ask(approval, abort.signal);
    if (answer !== undefined && panel.log.approvals.get(approvalId)?.status.state === 'pending') {
      panel.approvals.answer(approvalId, answer, panel.actor('commandLine'));
    }
  } finally {
    signals.dispose();
    elsewhere.dispose();
  }
  const { status } = panel.log.approvals.get(approvalId) ?? {};
  return status?.state === 'answered' && status.answer.choice === 'approveContent';
}
