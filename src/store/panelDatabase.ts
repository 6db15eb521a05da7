import { statSync } from 'node:fs';
import Driver from 'better-sqlite3';
import type { Disposable } from '../base/disposable.ts';
import { suspect } from './damagedFile.ts';
import { toStoreError } from './sqliteFailure.ts';
import { closed, nodeTooOld, StoreError } from './storeError.ts';

type SqlValue = string | number | null;

/** A statement that is compiled once, when it is first used. */
export interface Prepared<Row> {
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
  /** How many rows changed. */
  run(...values: SqlValue[]): number;
}

interface Connection {
  readonly driver: Driver.Database;
  readonly immediate: (work: () => unknown) => unknown;
  readonly deferred: (work: () => unknown) => unknown;
  /** Which file it is, whatever its name is by now. */
  readonly inode: bigint | undefined;
}

interface ConnectionOptions {
  /** The driver's native file, when it is not beside the driver. */
  readonly nativeBinding?: string | undefined;
  readonly readOnly?: boolean;
}

const FIRST_NODE = 22;
const BUSY_TIMEOUT_MS = 3000;

/** One connection to the file. Whatever SQLite reports leaves it as a `StoreError`. */
export class PanelDatabase implements Disposable {
  readonly path: string;
  #connection: Connection;

  /** Opens the file, or makes an empty one; with `readOnly` it must be there, and closing it leaves its log alone. */
  constructor(path: string, options: ConnectionOptions = {}) {
    const { nativeBinding, readOnly = false } = options;
    refuseOldNode(process.versions.node);
    this.path = path;
    this.#connection = this.#guard(() => {
      const native = nativeBinding === undefined ? {} : { nativeBinding };
      const driver = new Driver(path, { timeout: BUSY_TIMEOUT_MS, readonly: readOnly, ...native });
      const { immediate, deferred } = driver.transaction((work: () => unknown) => work());
      return { driver, immediate, deferred, inode: inodeOf(path) };
    });
  }

  get inTransaction(): boolean {
    return this.#connection.driver.inTransaction;
  }

  get isOpen(): boolean {
    return this.#connection.driver.open;
  }

  /** Whether the file was removed or replaced by another: what is written then is lost when the last program closes it. */
  get isMoved(): boolean {
    return inodeOf(this.path) !== this.#connection.inode;
  }

  prepare<Row = unknown>(sql: string): Prepared<Row> {
    let compiled: { readonly by: Connection; readonly statement: Driver.Statement<SqlValue[], Row> } | undefined;
    const statement = (): Driver.Statement<SqlValue[], Row> => {
      const by = this.#connection;
      if (compiled?.by !== by) {
        compiled = { by, statement: by.driver.prepare<SqlValue[], Row>(sql) };
      }
      return compiled.statement;
    };
    return {
      get: (...values) => this.#use(() => statement().get(...values)),
      all: (...values) => this.#use(() => statement().all(...values)),
      run: (...values) => this.#use(() => statement().run(...values).changes),
    };
  }

  /** Runs the work as one transaction that locks out other writers from its start. */
  write<T>(work: () => T): T {
    return this.#use(() => this.#connection.immediate(work) as T);
  }

  /** Runs the work on one unchanging view of the file. */
  read<T>(work: () => T): T {
    return this.inTransaction ? work() : this.#use(() => this.#connection.deferred(work) as T);
  }

  execute(sql: string): void {
    this.#use(() => this.#connection.driver.exec(sql));
  }

  /** The single value of a pragma. */
  pragma(text: string): unknown {
    return this.#use(() => this.#connection.driver.pragma(text, { simple: true }));
  }

  /** Copies the whole content into another file, as of one moment, while others go on writing. */
  async copyTo(path: string): Promise<void> {
    try {
      await this.#use(() => this.#connection.driver.backup(path));
    } catch (error) {
      throw toStoreError(error, this.path);
    }
  }

  /** Goes on with the connection of another one. Statements that were prepared here are compiled again for it. */
  takeOver(other: PanelDatabase): void {
    const { driver } = this.#connection;
    this.#connection = other.#connection;
    driver.close();
  }

  dispose(): void {
    this.#connection.driver.close();
  }

  /** The driver says of a closed connection nothing but a sentence. @throws StoreError `closed` and all others */
  #use<T>(work: () => T): T {
    if (!this.isOpen) {
      throw closed(this.path);
    }
    return this.#guard(work);
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

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}
