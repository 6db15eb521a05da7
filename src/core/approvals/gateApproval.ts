import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonicalJson.ts';
import type { Approval } from './approval.ts';

interface GateQuestion {
  readonly id: string;
  readonly chainId: string;
  readonly stepId: string;
  readonly title: string;
  readonly folder: string;
  readonly message: string;
  readonly shown?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When it counts as denied. */
  readonly deadline?: number | undefined;
}

/** The question of a chain's gate. Pure. */
export function gateApproval(question: GateQuestion): Approval {
  const { id, chainId, stepId, title, folder, message, shown, now, deadline } = question;
  const essence = { kind: 'gate', chainId, stepId, message, shown: shown ?? null };
  return {
    id,
    taskTitle: title,
    folder,
    subject: { kind: 'gate', message, chainId, stepId, ...(shown === undefined ? {} : { shown }) },
    fingerprint: createHash('sha256').update(canonicalJson(essence)).digest('hex'),
    why: `The chain has a gate at its step "${stepId}".`,
    blocks: 'The steps after it wait; the chain fails when it is denied.',
    choices: [
      { id: 'approveGate', label: 'Approve', grants: true, updates: [] },
      { id: 'deny', label: 'Deny', grants: false, updates: [] },
    ],
    created: now,
    ...(deadline === undefined ? {} : { deadline }),
    status: { state: 'pending' },
  };
}
