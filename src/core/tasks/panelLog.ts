import type { Event } from '../../base/event.ts';
import type { Approval } from '../approvals/approval.ts';
import type { ChainRun } from '../chains/chainRun.ts';
import type { LogEvent } from '../events/cloudEvent.ts';
import type { LogFact } from './logFact.ts';
import type { Task } from './task.ts';
import type { TranscriptEntry } from './transcript.ts';

/** Facts about one subject, to be appended together. */
export interface Entry {
  readonly subject: string;
  readonly facts: readonly LogFact[];
}

/** The state as one transaction sees it. */
export interface LogState {
  task(id: string): Task | undefined;
  approval(id: string): Approval | undefined;
  chain(id: string): ChainRun | undefined;
}

/** What one commit changed: its events, and the rows as they are after it. */
export interface Commit {
  readonly events: readonly LogEvent<LogFact>[];
  readonly tasks: readonly Task[];
  readonly approvals: readonly Approval[];
  readonly chains: readonly ChainRun[];
  readonly transcript: readonly { readonly taskId: string; readonly index: number; readonly entry: TranscriptEntry }[];
}

/**
 * The log and the rows that it changes, in one transaction each time.
 * The engine is SQLite (`store`); `core` has an in-memory one; one contract suite runs over both.
 */
export interface PanelLog {
  append(entries: readonly Entry[]): Commit;
  /** Reads, decides and appends in one transaction, so that of two answers only the first counts. */
  decide<T>(decision: (state: LogState) => { readonly entries: readonly Entry[]; readonly value: T }): T;

  readonly tasks: TaskQueries;
  readonly approvals: ApprovalQueries;
  readonly chains: ChainQueries;
  /** Events after a position, oldest first. */
  events(query: {
    readonly after: number;
    readonly limit: number;
    readonly subject?: string;
  }): readonly LogEvent<LogFact>[];
  lastSequence(): number;

  /**
   * Commits of this process at once, those of others within 100 ms. Every event comes once, in order of `seq`.
   * In a commit of another process the rows are as they are now, which may be newer than its events.
   */
  readonly onDidCommit: Event<Commit>;
}

export interface TaskQueries {
  get(id: string): Task | undefined;
  /**
   * Newest first. `before` is a creation time, for paging: a page goes on past its limit while creation times are equal,
   * so that the next one misses nothing.
   */
  list(query?: { readonly archived?: boolean; readonly before?: number; readonly limit?: number }): readonly Task[];
  /** Tasks in no final state, oldest first. */
  unfinished(): readonly Task[];
  count(query?: { readonly archived?: boolean; readonly before?: number }): number;
  transcript(
    id: string,
    range: { readonly from: number; readonly count: number },
  ): { readonly total: number; readonly entries: readonly TranscriptEntry[] };
  transcriptEntry(id: string, entryId: string): TranscriptEntry | undefined;
  /** What all tasks have cost since the beginning of the user's day in which this time lies, in US dollars. */
  costSince(time: number): number;
}

export interface ChainQueries {
  get(id: string): ChainRun | undefined;
  /** Newest first; those that a step of another chain started are among them. Pages as in the list of tasks. */
  list(query?: { readonly before?: number; readonly limit?: number }): readonly ChainRun[];
  /** Chains in no final state, oldest first. */
  unfinished(): readonly ChainRun[];
}

export interface ApprovalQueries {
  get(id: string): Approval | undefined;
  /** Oldest first. */
  pending(): readonly Approval[];
  ofTask(taskId: string): readonly Approval[];
  /** Newest first: all that is settled (answered, expired, withdrawn). `before` is the time of that; pages as in `list`. */
  ledger(query?: { readonly limit?: number; readonly before?: number }): readonly Approval[];
}
