import type { Approval } from '../../core/approvals/approval.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { findByPrefix } from '../idPrefix.ts';
import { ambiguousId, unknownId } from '../usageError.ts';

/**
 * The approval that an id means: its own, or that of a task or chain with exactly one open question. Beginnings of ids do.
 * @throws UsageError `unknownId`, `ambiguousId`.
 */
export function findApproval(log: PanelLog, text: string): Approval {
  const exact = log.approvals.get(text);
  if (exact !== undefined) {
    return exact;
  }
  const pending = log.approvals.pending();
  const task = log.tasks.get(text);
  const open = task === undefined ? findByPrefix('approval', text, pending) : undefined;
  if (open !== undefined) {
    return open;
  }
  const meant = task ?? findByPrefix('task', text, log.tasks.list());
  const chain =
    meant === undefined ? (log.chains.get(text) ?? findByPrefix('chain', text, log.chains.list())) : undefined;
  const ofTask = pending.filter(
    ({ taskId, subject }) =>
      (meant !== undefined && taskId === meant.id) ||
      (chain !== undefined && subject.kind === 'gate' && subject.chainId === chain.id),
  );
  if (ofTask.length === 0) {
    const settled = findByPrefix('approval', text, log.approvals.ledger());
    if (settled !== undefined) {
      return settled;
    }
    throw unknownId('open question', text, 'claude-panel approvals shows what waits for an answer.');
  }
  const [first, ...others] = ofTask;
  if (first === undefined || others.length > 0) {
    throw ambiguousId(
      'approval',
      text,
      ofTask.map(approval => approval.id),
    );
  }
  return first;
}
