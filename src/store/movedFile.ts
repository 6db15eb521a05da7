import { statSync } from 'node:fs';
import type { ChainRun } from '../core/chains/chainRun.ts';
import type { Actor } from '../core/events/actor.ts';
import type { Entry, PanelLog } from '../core/tasks/panelLog.ts';
import type { Task } from '../core/tasks/task.ts';
import type { PanelDatabase } from './panelDatabase.ts';

/** Which file of this machine it is: a copy, or one that came with a repository, is another. */
interface FileIdentity {
  readonly inode: string;
  /** When it was made, in nanoseconds; nothing where the file system does not know. */
  readonly born?: string;
}

const KEY = 'file';
const PRODUCT: Actor = { surface: 'product', name: 'control panel', hostId: '' };

/** Writes down which file it is, when that was just made by this program. */
export function claimFile(database: PanelDatabase): void {
  database
    .prepare('insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value')
    .run(KEY, JSON.stringify(identityOf(database.path)));
}

/**
 * A list that was copied, or that somebody else wrote, must not act by itself: its unfinished tasks may be running where it
 * came from, and its approvals were given elsewhere. Pauses the tasks, stops the chains, forgets the rest, and returns how much that was.
 */
export function settleMovedFile(database: PanelDatabase, log: PanelLog): number {
  const known = database.prepare<{ value: string }>('select value from meta where key = ?').get(KEY)?.value;
  const isNew = known === undefined && log.lastSequence() === 0;
  if (known !== undefined && isSame(parse(known), identityOf(database.path))) {
    return 0;
  }
  const changes = isNew ? 0 : quieten(database, log);
  claimFile(database);
  return changes;
}

function quieten(database: PanelDatabase, log: PanelLog): number {
  dropTriggers(database);
  const entries = [...log.tasks.unfinished().map(pauseOf), ...log.chains.unfinished().map(stopOf)];
  log.append(entries);
  return database.write(() => {
    database.prepare("update requests set state = 'void' where state = 'open'").run();
    database.prepare('delete from hosts').run();
    return entries.length + database.prepare('delete from grants').run();
  });
}

/** There are none of ours; one of somebody else could bring back what is forgotten here. */
function dropTriggers(database: PanelDatabase): void {
  const triggers = database.prepare<{ name: string }>("select name from sqlite_schema where type = 'trigger'").all();
  for (const { name } of triggers) {
    database.execute(`drop trigger "${name.replaceAll('"', '""')}"`);
  }
}

function pauseOf({ id }: Task): Entry {
  return {
    subject: id,
    facts: [
      { type: 'claude-panel.task.paused', data: { cause: 'person', by: PRODUCT } },
      {
        type: 'claude-panel.task.notice',
        data: {
          level: 'warning',
          text: 'This task list was copied here or came from somewhere else, so this task was paused.',
          remedy: 'Continue it if you know it and it does not run elsewhere.',
        },
      },
    ],
  };
}

/** A person who knows it runs its steps again. */
function stopOf({ id }: ChainRun): Entry {
  return { subject: id, facts: [{ type: 'claude-panel.chain.stopped', data: { by: PRODUCT } }] };
}

function identityOf(path: string): FileIdentity {
  const { ino, birthtimeNs, ctimeNs } = statSync(path, { bigint: true });
  // Where the time of birth is not known, the time of the last change is given in its place.
  const isKnown = birthtimeNs > 0n && birthtimeNs !== ctimeNs;
  return { inode: String(ino), ...(isKnown ? { born: String(birthtimeNs) } : {}) };
}

/** Some file systems keep only one of the two. */
function isSame(one: FileIdentity, other: FileIdentity): boolean {
  return one.inode === other.inode || (one.born !== undefined && one.born === other.born);
}

function parse(text: string): FileIdentity {
  try {
    const { inode, born } = JSON.parse(text) as Partial<Record<keyof FileIdentity, unknown>>;
    return { inode: String(inode), ...(typeof born === 'string' ? { born } : {}) };
  } catch {
    return { inode: '' };
  }
}
