import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import type { LogEvent } from '../core/events/cloudEvent.ts';
import type { LogFact } from '../core/tasks/logFact.ts';
import type { Entry } from '../core/tasks/panelLog.ts';
import { EventRepository } from './eventRepository.ts';
import { claimFile } from './movedFile.ts';
import type { PanelDatabase } from './panelDatabase.ts';
import { withReplaceLock } from './replaceLock.ts';
import { toStoreError } from './sqliteFailure.ts';

interface Options {
  readonly database: PanelDatabase;
  readonly source: string;
  /** Makes the folder again, and refuses links that lead out of the workspace. */
  readonly prepareFolder: () => void;
  /** Sets aside what somebody else put in the place of the file. */
  readonly clearPlace: () => void;
  /** Opens what stands at the path now, with every check. */
  readonly open: () => PanelDatabase;
}

interface Recovery {
  readonly kind: 'restored' | 'replaced';
  /** The last event that the file of before and the present one have in common. */
  readonly common: number;
  /** What this program had written since then, to be written again. */
  readonly lost: readonly Entry[];
}

/**
 * Brings the file back when something removed it while it was in use, such as `git clean -fdx`: its content is still there
 * as long as a program has it open. When another program was faster, this one goes on with what that one brought back.
 */
export function recoverFile({ database, source, prepareFolder, clearPlace, open }: Options): Recovery | undefined {
  prepareFolder();
  return withReplaceLock(database.path, () => {
    if (!database.isMoved) {
      return undefined;
    }
    clearPlace();
    const kind = existsSync(database.path) ? 'replaced' : 'restored';
    if (kind === 'restored') {
      writeAgain(database);
    }
    const fresh = open();
    if (kind === 'restored') {
      claimFile(fresh);
    }
    const { common, lost } = difference(database, fresh, source);
    database.takeOver(fresh);
    return { kind, common, lost };
  });
}

function writeAgain(database: PanelDatabase): void {
  const { path } = database;
  // A name that nobody can have put a link at, and that no other program writes to at the same time.
  const copy = `${path}.restoring-${randomBytes(8).toString('hex')}`;
  try {
    closeSync(openSync(copy, 'wx'));
    database.prepare('vacuum into ?').run(copy);
    // What belonged to the file of before must not be taken for that of the new one.
    for (const end of ['-wal', '-shm']) {
      rmSync(path + end, { force: true });
    }
    renameSync(copy, path);
  } catch (error) {
    rmSync(copy, { force: true });
    throw toStoreError(error, path);
  }
}

function difference(before: PanelDatabase, now: PanelDatabase, source: string): Pick<Recovery, 'common' | 'lost'> {
  const [old, fresh] = [new EventRepository(before), new EventRepository(now)];
  const common = lastCommon(old, fresh);
  // Another list altogether, which somebody put there on purpose: nothing of this one belongs into it.
  const own = common === 0 ? [] : old.after(common, old.last()).filter(event => event.source === source);
  return { common, lost: own.filter(event => !fresh.has(event.id)).map(toEntry) };
}

function toEntry({ subject, type, data }: LogEvent<LogFact>): Entry {
  return { subject, facts: [{ type, data } as LogFact] };
}

/** Both logs begin alike and differ from some event on. */
function lastCommon(one: EventRepository, other: EventRepository): number {
  let [same, different] = [0, Math.min(one.last(), other.last()) + 1];
  while (different - same > 1) {
    const middle = Math.floor((same + different) / 2);
    const isSame = one.after(middle - 1, 1)[0]?.id === other.after(middle - 1, 1)[0]?.id;
    [same, different] = isSame ? [middle, different] : [same, middle];
  }
  return same;
}
