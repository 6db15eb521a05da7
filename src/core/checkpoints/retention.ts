/** A stored snapshot, as far as keeping it is concerned. */
export interface Retained {
  readonly id: string;
  readonly at: number;
  /** Taken only to look at what is there now. */
  readonly isPassing: boolean;
}

export interface RetentionRules {
  /** Older ones go; milliseconds since the epoch. */
  readonly olderThan: number;
  /** Of the disk, in bytes. */
  readonly maxBytes: number;
  /** Newer ones stay, however much room they take; milliseconds since the epoch. */
  readonly safeSince: number;
  /** These stay, whatever else is said. */
  readonly keep: ReadonlySet<string>;
}

/** What the snapshots of a folder take. */
export interface DiskUsage {
  readonly bytes: number;
  /** When each snapshot was taken, in milliseconds since the epoch; the oldest first. */
  readonly taken: readonly number[];
  /** When those were taken that a person may have removed: not the newest one, and none that is needed. */
  readonly removable: readonly number[];
}

/** The ones that go because of their age, or because they were only for a look. Pure. */
export function outdated<R extends Retained>(all: readonly R[], { olderThan, keep }: RetentionRules): readonly R[] {
  return all.filter(({ id, at, isPassing }) => (isPassing || at < olderThan) && !keep.has(id));
}

/**
 * The ones that go next while the disk use is above what is set: the older half of those that nobody needs, so that a
 * few rounds are enough. Empty when there is nothing more that may go. Pure.
 */
export function nextToGo<R extends Retained>(all: readonly R[], { keep, safeSince }: RetentionRules): readonly R[] {
  const free = all.filter(({ id, at }) => !keep.has(id) && at < safeSince).sort((one, other) => one.at - other.at);
  return free.slice(0, Math.ceil(free.length / 2));
}
