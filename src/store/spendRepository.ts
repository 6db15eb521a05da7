import type { PanelDatabase, Prepared } from './panelDatabase.ts';

/** The table `spend`: what each task cost on each day. A task's own cost is a running total, so increments are kept. */
export class SpendRepository {
  readonly #add: Prepared<unknown>;
  readonly #since: Prepared<{ usd: number }>;

  constructor(database: PanelDatabase) {
    this.#add = database.prepare(
      `insert into spend (day, task_id, usd) values (?, ?, ?)
       on conflict (day, task_id) do update set usd = usd + excluded.usd`,
    );
    this.#since = database.prepare('select coalesce(sum(usd), 0) as usd from spend where day >= ?');
  }

  add(day: string, taskId: string, usd: number): void {
    this.#add.run(day, taskId, usd);
  }

  since(day: string): number {
    return this.#since.get(day)?.usd ?? 0;
  }
}
