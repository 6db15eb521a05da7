import Driver from 'better-sqlite3';
import type { Disposable } from '../base/disposable.ts';
import { suspect } from './damagedFile.ts';
import { toStoreError } from './sqliteFailure.ts';
import { closed, nodeTooOld, StoreError } from './storeError.ts';

export type SqlValue = string | number | null;

/** A statement that is compiled once, when it is first used. */
export interface Prepared<Row> {
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
  /** How many rows changed. */
  run(...values: SqlValue[]): number;
}

const FIRST_NODE = 22;
const BUSY_TIMEOUT_MS = 3000;

/** One connection to the file. Whatever SQLite reports leaves it as a `StoreError`. */
export class PanelDatabase implements Disposable {
  readonly path: string;
  readonly #driver: Driver.Database;
  readonly #immediate: (work: () => unknown) => unknown;
  readonly #deferred: (work: () => unknown) => unknown;

  /** Opens the file, or makes an empty one. `nativeBinding` is the driver's native file, when it is not beside the driver. */
  constructor(path: string, nativeBinding?: string) {
    refuseOldNode(process.versions.node);
    this.path = path;
    this.#driver = this.#guard(
      () => new Driver(path, { timeout: BUSY_TIMEOUT_MS, ...(nativeBinding === undefined ? {} : { nativeBinding }) }),
    );
    const transaction = this.#driver.transaction((work: () => unknown) => work());
    this.#immediate = transaction.immediate;
    this.#deferred = transaction.deferred;
  }

  get inTransaction(): boolean {
    return this.#driver.inTransaction;
  }

  get isOpen(): boolean {
    return this.#driver.open;
  }

  prepare<Row = unknown>(sql: string): Prepared<Row> {
    let compiled: Driver.Statement<SqlValue[], Row> | undefined;
    const statement = (): Driver.Statement<SqlValue[], Row> => {
      if (!this.#driver.open) {
        throw closed(this.path);
      }
      compiled ??= this.#driver.prepare<SqlValue[], Row>(sql);
      return compiled;
    };
    return {
      get: (...values) => this.#guard(() => statement().get(...values)),
      all: (...values) => this.#guard(() => statement().all(...values)),
      run: (...values) => this.#guard(() => statement().run(...values).changes),
    };
  }

  /** Runs the work as one transaction that locks out other writers from its start. */
  write<T>(work: () => T): T {
    return this.#guard(() => this.#immediate(work) as T);
  }

  /** Runs the work on one unchanging view of the file. */
  read<T>(work: () => T): T {
    return this.#driver.inTransaction ? work() : this.#guard(() => this.#deferred(work) as T);
  }

  execute(sql: string): void {
    this.#guard(() => this.#driver.exec(sql));
  }

  /** The single value of a pragma. */
  pragma(text: string): unknown {
    return this.#guard(() => this.#driver.pragma(text, { simple: true }));
  }

  dispose(): void {
    this.#driver.close();
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const failure = toStoreError(error, this.path);
      if (failure instanceof StoreError && failure.reason === 'damaged') {
        suspect(this.path);
      }
      throw failure;
    }
  }
}

/** Merely loading the driver into an older Node.js ends the process, so this is asked first. */
export function refuseOldNode(version: string): void {
  if (Number.parseInt(version, 10) < FIRST_NODE) {
    throw nodeTooOld(version);
  }
}
