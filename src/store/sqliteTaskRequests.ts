import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/event.ts';
import type { Actor } from '../core/events/actor.ts';
import type { TaskRequest, TaskRequestBody, TaskRequests } from '../core/tasks/taskRequest.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface RequestRow {
  readonly id: string;
  readonly task_id: string;
  readonly body: string;
  readonly requested_by: string;
  readonly created: number;
}

/** The table `requests`: wishes of viewers to the owners of tasks, across processes. */
export class SqliteTaskRequests implements TaskRequests, Disposable {
  readonly #database: PanelDatabase;
  readonly #emitter = new Emitter<void>();
  readonly #add: Prepared<unknown>;
  readonly #open: Prepared<RequestRow>;
  readonly #settle: Prepared<unknown>;
  readonly #forget: Prepared<unknown>;
  readonly #revision: Prepared<{ revision: number }>;
  #seenRevision: number;

  readonly onDidChange: Event<void> = this.#emitter.event;

  constructor(database: PanelDatabase) {
    this.#database = database;
    const next = '(select coalesce(max(revision), 0) + 1 from requests)';
    this.#add = database.prepare(
      `insert into requests (id, task_id, kind, body, requested_by, created, revision)
       values (?, ?, ?, ?, ?, ?, ${next}) on conflict (id) do nothing`,
    );
    this.#open = database.prepare(
      `select id, task_id, body, requested_by, created from requests
       where state = 'open' and task_id in (select value from json_each(?)) order by created, rowid`,
    );
    this.#settle = database.prepare(
      `update requests set state = ?, revision = ${next} where id = ? and state = 'open'`,
    );
    // The newest revision stays, so that none is given twice.
    this.#forget = database.prepare(
      `delete from requests where state <> 'open' and created < ? and revision < (select max(revision) from requests)`,
    );
    this.#revision = database.prepare('select coalesce(max(revision), 0) as revision from requests');
    this.#seenRevision = this.#lastRevision();
  }

  add({ id, taskId, body, by, created }: TaskRequest): void {
    const values = [id, taskId, body.kind, JSON.stringify(body), JSON.stringify(by), Math.round(created)];
    this.#change(() => this.#add.run(...values));
  }

  open(taskIds: readonly string[]): readonly TaskRequest[] {
    return this.#open.all(JSON.stringify(taskIds)).map(row => ({
      id: row.id,
      taskId: row.task_id,
      body: JSON.parse(row.body) as TaskRequestBody,
      by: JSON.parse(row.requested_by) as Actor,
      created: row.created,
    }));
  }

  settle(id: string, outcome: 'done' | 'void'): void {
    this.#change(() => this.#settle.run(outcome, id));
  }

  /** Removes what was done or became void and is older than this time: the log has what came of it. */
  forgetSettled(before: number): void {
    this.#database.write(() => this.#forget.run(Math.round(before)));
  }

  /** Tells listeners when another process added or settled something since the last time. */
  catchUp(): void {
    const revision = this.#lastRevision();
    if (revision !== this.#seenRevision) {
      this.#seenRevision = revision;
      this.#emitter.fire();
    }
  }

  dispose(): void {
    this.#emitter.dispose();
  }

  #change(statement: () => number): void {
    if (this.#database.write(statement) > 0) {
      this.#seenRevision = this.#lastRevision();
      this.#emitter.fire();
    }
  }

  #lastRevision(): number {
    return this.#revision.get()?.revision ?? 0;
  }
}
