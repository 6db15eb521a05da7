import type { HostRecord, HostRegistry } from '../core/tasks/hostRegistry.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface HostRow {
  readonly id: string;
  readonly surface: string;
  readonly pid: number;
  readonly process_started: string;
  readonly machine: string;
  readonly started: number;
  readonly seen: number;
  readonly takes_queued: number;
}

/** The table `hosts`: the programs that can own tasks, and when each last said that it lives. */
export class SqliteHostRegistry implements HostRegistry {
  readonly #add: Prepared<unknown>;
  readonly #renew: Prepared<unknown>;
  readonly #remove: Prepared<unknown>;
  readonly #list: Prepared<HostRow>;

  constructor(database: PanelDatabase) {
    this.#add = database.prepare(
      `insert or replace into hosts (id, surface, pid, process_started, machine, started, seen, takes_queued)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#renew = database.prepare('update hosts set seen = ? where id = ?');
    this.#remove = database.prepare('delete from hosts where id = ?');
    this.#list = database.prepare('select * from hosts order by started, rowid');
  }

  add({ id, surface, process, machine, started, seen, takesQueued }: HostRecord): void {
    const times = [Math.round(started), Math.round(seen)];
    this.#add.run(id, surface, process.pid, process.started, machine, ...times, takesQueued ? 1 : 0);
  }

  renew(id: string, seen: number): void {
    this.#renew.run(Math.round(seen), id);
  }

  remove(id: string): void {
    this.#remove.run(id);
  }

  list(): readonly HostRecord[] {
    return this.#list.all().map(row => ({
      id: row.id,
      surface: row.surface,
      process: { pid: row.pid, started: row.process_started },
      machine: row.machine,
      started: row.started,
      seen: row.seen,
      takesQueued: row.takes_queued === 1,
    }));
  }
}
