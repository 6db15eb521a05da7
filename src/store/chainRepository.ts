import { type ChainRun, isChainOver } from '../core/chains/chainRun.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface ChainRow {
  readonly definition: string;
  readonly snapshot: string;
}

/** The table `chains`: columns for other programs, and the whole run as JSON for this one. */
export class ChainRepository {
  readonly #get: Prepared<ChainRow>;
  readonly #update: Prepared<unknown>;
  readonly #insert: Prepared<unknown>;
  readonly #unfinished: Prepared<{ id: string }>;
  readonly #newest: Prepared<{ id: string }>;
  readonly #rebuild: (id: string) => ChainRun | undefined;

  /** `rebuild` makes a chain of its events, for a row that cannot be read. */
  constructor(database: PanelDatabase, rebuild: (id: string) => ChainRun | undefined) {
    this.#rebuild = rebuild;
    this.#get = database.prepare('select definition, snapshot from chains where id = ?');
    this.#update = database.prepare(
      'update chains set state = ?, ended = ?, owner_host = ?, updated_seq = ?, snapshot = ? where id = ?',
    );
    this.#insert = database.prepare(
      `insert into chains (state, ended, owner_host, updated_seq, snapshot, id, command, title, created, created_seq, definition)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#unfinished = database.prepare('select id from chains where ended is null order by created, created_seq');
    this.#newest = database.prepare(
      `with chosen as (select id, created, created_seq from chains where created < ?)
       select id from chosen
       where created >= coalesce((select created from chosen order by created desc limit 1 offset ?), 0)
       order by created desc, created_seq desc`,
    );
  }

  get(id: string): ChainRun | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : (parse(row) ?? this.#rebuild(id));
  }

  put(run: ChainRun, seq: number): void {
    const { status, command, inputs, ...rest } = run;
    const changing = [
      status.state,
      isChainOver(status) ? status.endedAt : null,
      status.state === 'running' ? status.owner.hostId : null,
      seq,
      JSON.stringify({ ...rest, status }),
      run.id,
    ];
    if (this.#update.run(...changing) === 0) {
      // Command and inputs never change and may be large: they are not written again with every step.
      const definition = JSON.stringify({ command, inputs });
      this.#insert.run(...changing, command.fullName, command.title, run.created, seq, definition);
    }
  }

  unfinished(): readonly ChainRun[] {
    return this.#unfinished.all().flatMap(({ id }) => this.get(id) ?? []);
  }

  /** A page goes on past its limit while creation times are equal, so that paging by time misses nothing. */
  newest(query: { readonly before?: number; readonly limit?: number } = {}): readonly ChainRun[] {
    const { before = Number.MAX_SAFE_INTEGER, limit = Number.MAX_SAFE_INTEGER } = query;
    return limit <= 0 ? [] : this.#newest.all(before, limit - 1).flatMap(({ id }) => this.get(id) ?? []);
  }
}

function parse({ definition, snapshot }: ChainRow): ChainRun | undefined {
  try {
    const run = { ...JSON.parse(snapshot), ...JSON.parse(definition) } as Partial<ChainRun>;
    return typeof run.id === 'string' && run.command !== undefined ? (run as ChainRun) : undefined;
  } catch {
    return undefined;
  }
}
