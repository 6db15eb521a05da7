import { statSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import type { Event } from '../base/event.ts';
import type { NewId } from '../base/ids.ts';
import { type Failure, toFailure } from '../base/panelError.ts';
import type { GrantStore } from '../core/security/grantStore.ts';
import type { HostRegistry } from '../core/tasks/hostRegistry.ts';
import { suspect } from './damagedFile.ts';
import { prepareDataFolder } from './dataFolder.ts';
import { DataVersionWatcher } from './dataVersionWatcher.ts';
import { recoverFile } from './fileGuard.ts';
import { settleMovedFile } from './movedFile.ts';
import { NoticeBoard } from './noticeBoard.ts';
import { clearPlace, findDamage, type OpenOptions, openSoundDatabase } from './openDatabase.ts';
import type { PanelDatabase } from './panelDatabase.ts';
import { SqliteGrantStore } from './sqliteGrantStore.ts';
import { SqliteHostRegistry } from './sqliteHostRegistry.ts';
import { SqlitePanelLog } from './sqlitePanelLog.ts';
import { SqliteTaskRequests } from './sqliteTaskRequests.ts';
import { damaged, moved, removed } from './storeError.ts';

interface Parts {
  readonly folder: string;
  readonly source: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly database: PanelDatabase;
  readonly notices: readonly Failure[];
  /** How the file was opened, to open it again in the same way. */
  readonly opening: OpenOptions;
}

/** How often it is looked whether the file is still there. */
const LOOK_MS = 1000;
const NEXT_TRY_MS = 5_000;
/** A wish that was settled is of no use any more; a day helps to find out what happened. */
const SETTLED_REQUESTS_KEPT_MS = 24 * 60 * 60_000;

/** The store over one open file. Its shape is that of `PanelStore`. */
export class SqlitePanelStore implements Disposable {
  readonly #parts: Parts;
  readonly #database: PanelDatabase;
  readonly #board: NoticeBoard;
  readonly #watcher: DataVersionWatcher;
  readonly #owned = new DisposableStore();
  #noTryBefore = 0;

  readonly log: SqlitePanelLog;
  readonly requests: SqliteTaskRequests;
  readonly hosts: HostRegistry;
  readonly grants: GrantStore;

  constructor(parts: Parts) {
    const { database, clock, source, newId, notices } = parts;
    this.#parts = parts;
    this.#database = this.#owned.add(database);
    this.#board = this.#owned.add(new NoticeBoard(notices));
    this.log = this.#owned.add(
      new SqlitePanelLog({ database, source, clock, newId, onError: error => this.#onDeliveryFailed(error) }),
    );
    this.requests = this.#owned.add(new SqliteTaskRequests(database));
    this.hosts = new SqliteHostRegistry(database);
    this.grants = new SqliteGrantStore(database);
    this.#watcher = this.#owned.add(
      new DataVersionWatcher({ database, clock, onChange: () => this.#catchUp(), onError: this.#board.add }),
    );
    this.#settleMoved();
    this.#tidyUp();
    this.#owned.add(clock.every(LOOK_MS, () => this.#lookAfterFile()));
  }

  get notices(): readonly Failure[] {
    return this.#board.notices;
  }

  get onDidNotice(): Event<Failure> {
    return this.#board.onDidNotice;
  }

  poll(): void {
    this.#watcher.poll();
  }

  copyTo(path: string): Promise<void> {
    return this.#database.copyTo(path);
  }

  sizeBytes(): number {
    return ['', '-wal', '-shm'].reduce((sum, end) => sum + sizeOf(this.#database.path + end), 0);
  }

  check(): Failure | undefined {
    try {
      const finding = findDamage(this.#database);
      if (finding === undefined) {
        return undefined;
      }
      suspect(this.#database.path);
      return toFailure(damaged(this.#database.path, finding));
    } catch (error) {
      return toFailure(error);
    }
  }

  dispose(): void {
    if (!this.#owned.isDisposed) {
      this.#lookAfterFile();
      this.#owned.dispose();
    }
  }

  #catchUp(): void {
    this.log.catchUp();
    this.requests.catchUp();
  }

  #onDeliveryFailed(error: unknown): void {
    this.#watcher.lookAgain();
    this.#board.add(error);
  }

  #settleMoved(): void {
    if (settleMovedFile(this.#database, this.log) > 0) {
      this.#board.add(moved(this.#database.path));
    }
  }

  /** Not needed to work: it is done the next time when it cannot be done now. */
  #tidyUp(): void {
    try {
      this.requests.forgetSettled(this.#parts.clock.now() - SETTLED_REQUESTS_KEPT_MS);
    } catch (error) {
      this.#board.add(error);
    }
  }

  #lookAfterFile(): void {
    const { folder, source, clock, opening } = this.#parts;
    const database = this.#database;
    if (!database.isOpen || database.inTransaction || clock.now() < this.#noTryBefore) {
      return;
    }
    try {
      const recovery = database.isMoved
        ? recoverFile({
            database,
            source,
            prepareFolder: () => void prepareDataFolder(folder),
            clearPlace: () => {
              const notice = clearPlace(opening);
              if (notice !== undefined) {
                this.#board.add(notice);
              }
            },
            open: () => openSoundDatabase(opening),
          })
        : undefined;
      if (recovery !== undefined) {
        this.log.goOnAfter(recovery.common);
        this.#catchUp();
        this.#settleMoved();
        this.log.append(recovery.lost);
        this.#board.add(removed(database.path));
      }
    } catch (error) {
      this.#noTryBefore = clock.now() + NEXT_TRY_MS;
      this.#board.add(error);
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
