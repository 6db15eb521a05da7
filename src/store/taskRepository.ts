import { isFinal, isLive, type Task } from '../core/tasks/task.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface SnapshotRow {
  readonly updated_seq: number;
  readonly snapshot: string;
  readonly prompt: string | null;
}

const CACHED_TASKS = 300;

/** The table `tasks`: a row of columns for other programs, and the whole task as JSON for this one. */
export class TaskRepository {
  readonly #version: Prepared<{ updated_seq: number }>;
  readonly #snapshot: Prepared<SnapshotRow>;
  readonly #update: Prepared<unknown>;
  readonly #insert: Prepared<unknown>;
  readonly #insertPrompt: Prepared<unknown>;
  readonly #unfinished: Prepared<{ id: string }>;
  readonly #newest: Prepared<{ id: string }>;
  readonly #count: Prepared<{ total: number }>;
  /** Parsed tasks, the least recently used first; valid as long as the row has the same `updated_seq`. */
  readonly #cache = new Map<string, { readonly seq: number; readonly task: Task }>();

  readonly #rebuild: (id: string) => Task | undefined;

  /** `rebuild` makes a task of its events, for a row that cannot be read. */
  constructor(database: PanelDatabase, rebuild: (id: string) => Task | undefined) {
    this.#rebuild = rebuild;
    this.#version = database.prepare('select updated_seq from tasks where id = ?');
    this.#snapshot = database.prepare(
      'select updated_seq, snapshot, text as prompt from tasks left join prompts on task_id = id where id = ?',
    );
    this.#update = database.prepare(
      `update tasks set title = ?, state = ?, profile = ?, session_id = ?, cwd = ?, model = ?, cost_usd = ?, created = ?,
       ended = ?, owner_host = ?, archived = ?, updated_seq = ?, snapshot = ? where id = ?`,
    );
    this.#insert = database.prepare(
      `insert into tasks (title, state, profile, session_id, cwd, model, cost_usd, created, ended, owner_host, archived,
       updated_seq, snapshot, id, created_seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertPrompt = database.prepare('insert into prompts (task_id, text) values (?, ?)');
    this.#unfinished = database.prepare('select id from tasks where ended is null order by created, created_seq');
    this.#newest = database.prepare(
      `with chosen as (
         select id, created, created_seq from tasks
         where archived between ? and ? and created < ?
       )
       select id from chosen
       where created >= coalesce((select created from chosen order by created desc limit 1 offset ?), 0)
       order by created desc, created_seq desc`,
    );
    this.#count = database.prepare(
      'select count(*) as total from tasks where archived between ? and ? and created < ?',
    );
  }

  get(id: string): Task | undefined {
    const version = this.#version.get(id)?.updated_seq;
    if (version === undefined) {
      return undefined;
    }
    const known = this.#cache.get(id);
    if (known?.seq === version) {
      this.#remember(id, known.seq, known.task);
      return known.task;
    }
    const row = this.#snapshot.get(id);
    if (row === undefined) {
      return undefined;
    }
    const task = parse(row) ?? this.#rebuild(id);
    if (task !== undefined) {
      this.#remember(id, row.updated_seq, task);
    }
    return task;
  }

  put(task: Task, seq: number): void {
    const { status, archived } = task;
    // The prompt never changes and may be large: it is not written again with every change.
    const { prompt, ...snapshot } = task;
    const values = [
      task.title,
      status.state,
      task.profile.name,
      task.sessionId ?? null,
      task.cwd,
      task.model ?? null,
      task.costUsd,
      task.created,
      isFinal(status) ? status.ended : null,
      isLive(status) ? status.owner.hostId : null,
      archived ? 1 : 0,
      seq,
      JSON.stringify(snapshot),
      task.id,
    ];
    if (this.#update.run(...values) === 0) {
      this.#insert.run(...values, seq);
      this.#insertPrompt.run(task.id, prompt);
    }
    this.#remember(task.id, seq, task);
  }

  /** After a transaction was taken back: what it remembered never happened. */
  forget(): void {
    this.#cache.clear();
  }

  unfinished(): readonly Task[] {
    return this.#unfinished.all().flatMap(({ id }) => this.get(id) ?? []);
  }

  /** A page goes on past its limit while creation times are equal, so that paging by time misses nothing. */
  newest(
    query: { readonly archived?: boolean; readonly before?: number; readonly limit?: number } = {},
  ): readonly Task[] {
    const { limit = Number.MAX_SAFE_INTEGER } = query;
    return limit <= 0 ? [] : this.#newest.all(...selection(query), limit - 1).flatMap(({ id }) => this.get(id) ?? []);
  }

  count(query: { readonly archived?: boolean; readonly before?: number } = {}): number {
    return this.#count.get(...selection(query))?.total ?? 0;
  }

  #remember(id: string, seq: number, task: Task): void {
    this.#cache.delete(id);
    this.#cache.set(id, { seq, task });
    if (this.#cache.size > CACHED_TASKS) {
      const [oldest] = this.#cache.keys();
      if (oldest !== undefined) {
        this.#cache.delete(oldest);
      }
    }
  }
}

function selection(query: { readonly archived?: boolean; readonly before?: number }): [number, number, number] {
  const { archived, before = Number.MAX_SAFE_INTEGER } = query;
  return archived === undefined ? [0, 1, before] : [Number(archived), Number(archived), before];
}

function parse({ snapshot, prompt }: SnapshotRow): Task | undefined {
  try {
    const stored = JSON.parse(snapshot) as Omit<Task, 'prompt'> | null;
    return prompt === null || typeof stored?.id !== 'string' ? undefined : { ...stored, prompt };
  } catch {
    return undefined;
  }
}
