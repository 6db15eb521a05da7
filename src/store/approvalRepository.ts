import type { Approval } from '../core/approvals/approval.ts';
import { describeActor } from '../core/events/actor.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface ApprovalRow {
  readonly data: string;
}

/** The table `approvals`: what waits for a person, and how it was decided. */
export class ApprovalRepository {
  readonly #get: Prepared<ApprovalRow>;
  readonly #put: Prepared<unknown>;
  readonly #pending: Prepared<ApprovalRow>;
  readonly #ofTask: Prepared<ApprovalRow>;
  readonly #ledger: Prepared<ApprovalRow>;

  constructor(database: PanelDatabase) {
    this.#get = database.prepare('select data from approvals where id = ?');
    this.#put = database.prepare(
      `insert into approvals (id, task_id, kind, state, created, deadline, answered_by, answered_at, choice, rule, why, data, updated_seq)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set state = excluded.state, answered_by = excluded.answered_by,
         answered_at = excluded.answered_at, choice = excluded.choice, rule = excluded.rule, data = excluded.data,
         updated_seq = excluded.updated_seq`,
    );
    this.#pending = database.prepare("select data from approvals where state = 'pending' order by created, rowid");
    this.#ofTask = database.prepare('select data from approvals where task_id = ? order by created, rowid');
    this.#ledger = database.prepare(
      `with settled as (
         select data, answered_at, updated_seq from approvals
         where answered_at < ?
       )
       select data from settled
       where answered_at >= coalesce((select answered_at from settled order by answered_at desc limit 1 offset ?), 0)
       order by answered_at desc, updated_seq desc`,
    );
  }

  get(id: string): Approval | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : toApproval(row);
  }

  put(approval: Approval, seq: number): void {
    const { status } = approval;
    const answer = status.state === 'answered' ? status.answer : undefined;
    this.#put.run(
      approval.id,
      approval.taskId ?? null,
      approval.subject.kind,
      status.state,
      Math.round(approval.created),
      approval.deadline === undefined ? null : Math.round(approval.deadline),
      status.state === 'answered' ? describeActor(status.by) : null,
      status.state === 'pending' ? null : Math.round(status.at),
      answer?.choice ?? null,
      approval.choices.find(choice => choice.id === answer?.choice)?.rule ?? null,
      approval.why,
      JSON.stringify(approval),
      seq,
    );
  }

  pending(): readonly Approval[] {
    return this.#pending.all().map(toApproval);
  }

  ofTask(taskId: string): readonly Approval[] {
    return this.#ofTask.all(taskId).map(toApproval);
  }

  /** A page goes on past its limit while the times are equal, so that paging by time misses nothing. */
  ledger(query: { readonly limit?: number; readonly before?: number } = {}): readonly Approval[] {
    const { before = Number.MAX_SAFE_INTEGER, limit = Number.MAX_SAFE_INTEGER } = query;
    return limit <= 0 ? [] : this.#ledger.all(before, limit - 1).map(toApproval);
  }
}

function toApproval({ data }: ApprovalRow): Approval {
  return JSON.parse(data) as Approval;
}
