import type { Clock } from '../../base/clock.ts';
import { type AnswerDecision, decideAnswer } from '../approvals/answerDecision.ts';
import type { Approval, ApprovalAnswer } from '../approvals/approval.ts';
import type { Actor } from '../events/actor.ts';
import type { PanelLog } from './panelLog.ts';
import type { Task } from './task.ts';
import { alreadyAnswered, badAnswer, unknownApproval } from './taskErrors.ts';
import type { TaskFact } from './taskFact.ts';

/** Where every surface answers what waits for a person. The first answer wins, whichever process it comes from. */
export class ApprovalDesk {
  readonly #log: PanelLog;
  readonly #clock: Clock;

  constructor(parts: { readonly log: PanelLog; readonly clock: Clock }) {
    this.#log = parts.log;
    this.#clock = parts.clock;
  }

  /**
   * Answers an approval and gives it back as it is then.
   * @throws TaskError `unknownApproval`, `alreadyAnswered` (its message says by whom) or `badAnswer`.
   */
  answer(id: string, answer: ApprovalAnswer, by: Actor): Approval {
    const decision = this.#log.decide<AnswerDecision | undefined>(state => {
      const approval = state.approval(id);
      if (approval === undefined) {
        return { entries: [], value: undefined };
      }
      const value = decideAnswer(approval, answer, by, this.#clock.now());
      const subject = approval.taskId ?? approval.id;
      const task = approval.taskId === undefined ? undefined : state.task(approval.taskId);
      return { entries: value.kind === 'accepted' ? [{ subject, facts: [value.fact, ...goOn(task, by)] }] : [], value };
    });
    const approval = this.#log.approvals.get(id);
    if (decision === undefined || approval === undefined) {
      throw unknownApproval(id);
    }
    if (decision.kind === 'alreadySettled') {
      throw alreadyAnswered(decision.how);
    }
    if (decision.kind === 'invalid') {
      throw badAnswer(decision.why);
    }
    return approval;
  }

  /** Denies what is past its deadline. Any process may call it: an approval is settled once. */
  expireOverdue(): void {
    const now = this.#clock.now();
    const overdue = this.#log.approvals
      .pending()
      .filter(approval => approval.deadline !== undefined && approval.deadline <= now);
    for (const { id } of overdue) {
      this.#settle(id, approval => ({
        type: 'claude-panel.approval.expired',
        data: { approvalId: approval.id, at: now },
      }));
    }
  }

  /** Takes back a question that nobody needs to answer any more. */
  withdraw(id: string, why: string): void {
    const at = this.#clock.now();
    this.#settle(id, approval => ({
      type: 'claude-panel.approval.withdrawn',
      data: { approvalId: approval.id, at, why },
    }));
  }

  #settle(id: string, fact: (approval: Approval) => Parameters<PanelLog['append']>[0][number]['facts'][number]): void {
    this.#log.decide(state => {
      const approval = state.approval(id);
      const isOpen = approval?.status.state === 'pending';
      return {
        entries: isOpen ? [{ subject: approval.taskId ?? approval.id, facts: [fact(approval)] }] : [],
        value: undefined,
      };
    });
  }
}

/** An answer to a task that lost its process lets it go on: the resumed session asks again and finds the answer there. */
function goOn(task: Task | undefined, by: Actor): readonly TaskFact[] {
  return task?.status.state === 'paused' && task.status.cause !== 'person'
    ? [{ type: 'claude-panel.task.continued', data: { by } }]
    : [];
}
