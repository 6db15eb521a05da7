/**
 * One process, told apart from a later one with the same number. Comparable only on the machine it was read on, and
 * only for equality. A process number alone is never a reason to end something.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the operating system gives it. */
  readonly started: string;
}

/** A process as the operating system lists it. */
export interface ProcessInfo extends ProcessIdentity {
  readonly parentPid: number;
  /** Grows with the time of the start; only comparable within one listing. */
  readonly order: number;
  /** For people and logs. Never a reason to end something. */
  readonly name: string;
}

export function isSameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return a.pid === b.pid && a.started === b.started;
}

/** True while exactly this process runs; a zombie does not. */
export async function isAlive(table: Pick<ProcessTable, 'identify'>, identity: ProcessIdentity): Promise<boolean> {
  const found = await table.identify(identity.pid);
  return found !== undefined && isSameProcess(found, identity);
}

/** The process that this code runs in. */
export async function ownIdentity(table: Pick<ProcessTable, 'identify'>): Promise<ProcessIdentity> {
  const found = await table.identify(process.pid).catch(() => undefined);
  // A machine that cannot tell when its processes started still has one of this number now.
  return found ?? { pid: process.pid, started: 'unknown' };
}

/** A variable in the environment of a process and of all that it starts. */
export interface EnvironmentMarker {
  readonly name: string;
  readonly value: string;
}

/** The processes of this machine. One implementation per operating system. */
export interface ProcessTable {
  /** All that run now, zombies left out. */
  list(): Promise<readonly ProcessInfo[]>;
  identify(pid: number): Promise<ProcessIdentity | undefined>;
  /**
   * Those that carry the marker, wherever in the tree they are by now; this process is never among them.
   * Empty where the operating system does not show environments (Windows).
   */
  findByMarker(marker: EnvironmentMarker): Promise<readonly ProcessIdentity[]>;
  /** Ends at once those that still are who they were; resolves with how many it signalled. Never this process. */
  kill(identities: readonly ProcessIdentity[]): Promise<number>;
}
