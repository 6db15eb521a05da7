import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/event.ts';
import type { NewId } from '../base/ids.ts';
import type { Failure } from '../base/panelError.ts';
import type { GrantStore } from '../core/security/grantStore.ts';
import type { UserKey } from '../core/security/userKey.ts';
import type { HostRegistry } from '../core/tasks/hostRegistry.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import type { TaskRequests } from '../core/tasks/taskRequest.ts';
import { prepareDataFolder } from './dataFolder.ts';
import { allMigrations } from './migrations/allMigrations.ts';
import { openDatabase } from './openDatabase.ts';
import { refuseOldNode } from './panelDatabase.ts';
import { SqlitePanelStore } from './sqlitePanelStore.ts';

interface PanelStoreOptions {
  /** The folder of the workspace; the data stands in `.claude-panel` in it. */
  readonly folder: string;
  /** Which program writes, such as `/claude-panel/vscode/4321`; no other program may have the same. */
  readonly source: string;
  readonly clock: Clock;
  /** Ids of events. Ones that sort by time, such as `newOrderedUuid`, make commits several times smaller. */
  readonly newId: NewId;
  /** Tells files that this user's programs wrote from all others. */
  readonly userKey: UserKey;
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
  /** Copies the file, as of one moment, while it is in use. `path` must not exist yet. */
  copyTo(path: string): Promise<void>;
  /** Bytes on disk. */
  sizeBytes(): number;
  /** Reads the whole file; takes about a second for a gigabyte. */
  check(): Failure | undefined;
}

/** Opens the data of a workspace, or starts it. Throws a `StoreError` with a remedy when that cannot be. */
export function openPanelStore(options: PanelStoreOptions): PanelStore {
  const { folder, clock, nativeBinding, userKey } = options;
  // First, so that a program which cannot go on leaves no folder behind.
  refuseOldNode(process.versions.node);
  const opening = {
    path: prepareDataFolder(folder),
    migrations: allMigrations,
    now: () => clock.now(),
    nativeBinding,
    userKey,
  };
  const { database, notices } = openDatabase(opening);
  try {
    return new SqlitePanelStore({ ...options, database, notices, opening });
  } catch (error) {
    database.dispose();
    throw error;
  }
}
