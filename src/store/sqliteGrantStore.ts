import type { Grant, GrantStore } from '../core/security/grantStore.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface GrantRow {
  readonly fingerprint: string;
  readonly kind: string;
  readonly headline: string;
  readonly scope_path: string | null;
  readonly approved_by: string;
  readonly at: number;
}

/** The table `grants`: content of the workspace that was approved once. */
export class SqliteGrantStore implements GrantStore {
  readonly #find: Prepared<unknown>;
  readonly #add: Prepared<unknown>;
  readonly #list: Prepared<GrantRow>;
  readonly #remove: Prepared<unknown>;

  constructor(database: PanelDatabase) {
    this.#find = database.prepare('select 1 from grants where fingerprint = ?');
    this.#add = database.prepare(
      `insert into grants (fingerprint, kind, headline, scope_path, approved_by, at) values (?, ?, ?, ?, ?, ?)
       on conflict (fingerprint) do nothing`,
    );
    this.#list = database.prepare('select * from grants order by at desc, rowid desc');
    this.#remove = database.prepare('delete from grants where fingerprint = ?');
  }

  isGranted(fingerprint: string): boolean {
    return this.#find.get(fingerprint) !== undefined;
  }

  grant({ fingerprint, kind, headline, scopePath, by, at }: Grant): void {
    this.#add.run(fingerprint, kind, headline, scopePath ?? null, by, Math.round(at));
  }

  list(): readonly Grant[] {
    return this.#list.all().map(row => ({
      fingerprint: row.fingerprint,
      kind: row.kind,
      headline: row.headline,
      ...(row.scope_path === null ? {} : { scopePath: row.scope_path }),
      by: row.approved_by,
      at: row.at,
    }));
  }

  revoke(fingerprint: string): void {
    this.#remove.run(fingerprint);
  }
}
