import type { ApprovalBody, ApprovalCard } from '../../../src/protocol/approvalView.ts';
import type { ChainSummary } from '../../../src/protocol/chainView.ts';
import type { TaskDetail, TaskSummary } from '../../../src/protocol/taskView.ts';
import type { Change, ToWebview } from '../../../src/protocol/toWebview.ts';
import {
  bash,
  chain,
  chainDetail,
  chainStep,
  detail,
  facts,
  NOW,
  approval as sampleApproval,
  task,
} from '../../webview/support/samples.ts';

export { bash, chain, chainDetail, chainStep, detail, facts, NOW, task };

export function approval(
  id: string,
  change: Partial<ApprovalCard> = {},
  body: ApprovalBody = bash('npm test'),
): ApprovalCard {
  return sampleApproval(id, body, change);
}

export function snapshot(
  change: {
    readonly sequence?: number;
    readonly tasks?: TaskSummary[];
    readonly approvals?: ApprovalCard[];
    readonly chains?: ChainSummary[];
    readonly olderTasks?: number;
  } = {},
): ToWebview {
  return {
    type: 'snapshot',
    protocol: 1,
    surface: 'sidebar',
    sequence: change.sequence ?? 10,
    tasks: change.tasks ?? [],
    approvals: change.approvals ?? [],
    chains: change.chains ?? [],
    facts: facts({ olderTasks: change.olderTasks ?? 0 }),
  };
}

export function changes(sequence: number, ...list: Change[]): ToWebview {
  return { type: 'changes', sequence, changes: list };
}

export function detailMessage(id: string, change: Partial<TaskDetail> = {}): ToWebview {
  return { type: 'detail', detail: detail(id, change) };
}
