import { statSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/event.ts';
import type { NewId } from '../base/ids.ts';
import { type Failure, toFailure } from '../base/panelError.ts';
import type { GrantStore } from '../core/security/grantStore.ts';
import type { HostRegistry } from '../core/tasks/hostRegistry.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import type { TaskRequests } from '../core/tasks/taskRequest.ts';
import { suspect } from './damagedFile.ts';
import { prepareDataFolder } from './dataFolder.ts';
import { DataVersionWatcher } from './dataVersionWatcher.ts';
import { allMigrations } from './migrations/allMigrations.ts';
import { findDamage, openDatabase } from './openDatabase.ts';
import { SqliteGrantStore } from './sqliteGrantStore.ts';
import { SqliteHostRegistry } from './sqliteHostRegistry.ts';
import { SqlitePanelLog } from './sqlitePanelLog.ts';
import { SqliteTaskRequests } from './sqliteTaskRequests.ts';
import { damaged } from './storeError.ts';

export interface PanelStoreOptions {
  /** The folder of the workspace; the data stands in `.claude-panel` in it. */
  readonly folder: string;
  /** Which program writes, such as `/claude-panel/vscode/4321`. */
  readonly source: string;
  readonly clock: Clock;
  readonly newId: NewId;
  /** The native file of the database driver, when it is not beside the driver. */
  readonly nativeBinding?: string;
}

/** The data of one workspace, shared with every other program that has it open. */
export interface PanelStore extends Disposable {
  readonly log: PanelLog;
  readonly requests: TaskRequests;
  readonly hosts: HostRegistry;
  readonly grants: GrantStore;
  /** What the user should know about the file, such as that a damaged one was set aside. */
  readonly notices: readonly Failure[];
  /** A new notice, while the store is open. */
  readonly onDidNotice: Event<Failure>;
  /** Hears of the commits of other processes now, not with the next look. */
  poll(): void;
  /** Bytes on disk. */
  sizeBytes(): number;
  /** Reads the whole file; takes about a second for a gigabyte. */
  check(): Failure | undefined;
}

/** Opens the data of a workspace, or starts it. Throws a `StoreError` with a remedy when that cannot be. */
export function openPanelStore(options: PanelStoreOptions): PanelStore {
  const { folder, source, clock, newId, nativeBinding } = options;
  const path = prepareDataFolder(folder);
  const { database, notices } = openDatabase({
    path,
    migrations: allMigrations,
    now: () => clock.now(),
    nativeBinding,
  });
  const owned = new DisposableStore();
  owned.add(database);
  try {
    return assemble();
  } catch (error) {
    owned.dispose();
    throw error;
  }

  function assemble(): PanelStore {
    const known: Failure[] = [...notices];
    const noticed = owned.add(new Emitter<Failure>());
    const notice = (error: unknown): void => {
      const failure = toFailure(error);
      // The same trouble comes back with every look at the file; it is said once.
      if (!known.some(other => other.reason === failure.reason && other.detail === failure.detail)) {
        known.push(failure);
        noticed.fire(failure);
      }
    };
    const log = owned.add(
      new SqlitePanelLog({
        database,
        source,
        clock,
        newId,
        onError: error => {
          watcher.lookAgain();
          notice(error);
        },
      }),
    );
    const requests = owned.add(new SqliteTaskRequests(database));
    const watcher = owned.add(
      new DataVersionWatcher({
        database,
        clock,
        onChange: () => {
          log.catchUp();
          requests.catchUp();
        },
        onError: notice,
      }),
    );
    return {
      log,
      requests,
      hosts: new SqliteHostRegistry(database),
      grants: new SqliteGrantStore(database),
      notices: known,
      onDidNotice: noticed.event,
      poll: () => watcher.poll(),
      sizeBytes: () => sizeOf(path) + sizeOf(`${path}-wal`) + sizeOf(`${path}-shm`),
      check: () => {
        try {
          const finding = findDamage(database);
          if (finding === undefined) {
            return undefined;
          }
          suspect(path);
          return toFailure(damaged(path, finding));
        } catch (error) {
          return toFailure(error);
        }
      },
      dispose: () => owned.dispose(),
    };
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
