import type { Approval } from '../../core/approvals/approval.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';

/** Whether a question is answered in the end with a choice that grants what was asked. */
export async function untilGranted(
  log: Pick<PanelLog, 'approvals' | 'onDidCommit'>,
  approvalId: string,
): Promise<boolean> {
  const approval = await untilSettled(log, approvalId);
  const status = approval?.status;
  return (
    status?.state === 'answered' &&
    approval?.choices.some(({ id, grants }) => grants && id === status.answer.choice) === true
  );
}

/**
 * Waits until somebody has answered a question, or nobody can any more. What was granted is noted by a listener of the
 * same commit, so this resolves on a later turn.
 */
export function untilSettled(
  log: Pick<PanelLog, 'approvals' | 'onDidCommit'>,
  approvalId: string,
): Promise<Approval | undefined> {
  return new Promise(resolve => {
    const look = (): boolean => {
      const approval = log.approvals.get(approvalId);
      if (approval?.status.state === 'pending') {
        return false;
      }
      setImmediate(() => resolve(approval));
      return true;
    };
    if (look()) {
      return;
    }
    const subscription = log.onDidCommit(() => {
      if (look()) {
        subscription.dispose();
      }
    });
  });
}
