import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Event } from '../../base/event.ts';
import type { NewId } from '../../base/ids.ts';
import type { Approval } from '../approvals/approval.ts';
import { type ChainRun, isChainOver } from '../chains/chainRun.ts';
import type { LogEvent } from '../events/cloudEvent.ts';
import { CommitQueue } from './commitQueue.ts';
import { localDay } from './localDay.ts';
import type { LogFact } from './logFact.ts';
import { type LogRows, writeEntries } from './logWriter.ts';
import { MemoryTranscript } from './memoryTranscript.ts';
import type { ApprovalQueries, ChainQueries, Commit, Entry, LogState, PanelLog, TaskQueries } from './panelLog.ts';
import { isFinal, type Task } from './task.ts';

interface Options {
  readonly source: string;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** The log without a file, for tests of everything above it. It keeps the same contract as the one in SQLite. */
export class MemoryPanelLog implements PanelLog, Disposable {
  readonly #options: Options;
  readonly #queue = new CommitQueue();
  readonly #events: LogEvent<LogFact>[] = [];
  /** In the order of creation. */
  readonly #tasks = new Map<string, Task>();
  /** In the order in which they were asked. */
  readonly #approvals = new Map<string, Approval>();
  /** In the order in which they were settled. */
  readonly #settled = new Set<string>();
  /** In the order of creation. */
  readonly #chains = new Map<string, ChainRun>();
  readonly #transcripts = new Map<string, MemoryTranscript>();
  readonly #spend = new Map<string, number>();
  #writing = false;

  readonly onDidCommit: Event<Commit> = this.#queue.onDidCommit;

  constructor(options: Options) {
    this.#options = options;
  }

  append(entries: readonly Entry[]): Commit {
    const commit = this.#write(entries);
    if (commit.events.length > 0) {
      this.#queue.deliver(commit);
    }
    return commit;
  }

  decide<T>(decision: (state: LogState) => { readonly entries: readonly Entry[]; readonly value: T }): T {
    this.#refuseNesting();
    this.#writing = true;
    let decided: { readonly entries: readonly Entry[]; readonly value: T };
    try {
      decided = decision({
        task: id => this.#tasks.get(id),
        approval: id => this.#approvals.get(id),
        chain: id => this.#chains.get(id),
      });
    } finally {
      this.#writing = false;
    }
    this.append(decided.entries);
    return decided.value;
  }

  readonly tasks: TaskQueries = {
    get: id => this.#tasks.get(id),
    list: query => {
      const { before, limit } = query ?? {};
      return pageOf(this.#newestTasks(query?.archived), task => task.created, before, limit);
    },
    unfinished: () =>
      [...this.#tasks.values()].filter(task => !isFinal(task.status)).sort((one, other) => one.created - other.created),
    count: query =>
      this.#newestTasks(query?.archived).filter(task => query?.before === undefined || task.created < query.before)
        .length,
    transcript: (id, { from, count }) => {
      const entries = this.#transcripts.get(id)?.entries ?? [];
      const first = Math.max(0, from);
      return { total: entries.length, entries: entries.slice(first, first + Math.max(0, count)) };
    },
    transcriptEntry: (id, entryId) => this.#transcripts.get(id)?.entry(entryId),
    costSince: time => {
      const first = localDay(time);
      return [...this.#spend].reduce((sum, [day, usd]) => (day >= first ? sum + usd : sum), 0);
    },
  };

  readonly approvals: ApprovalQueries = {
    get: id => this.#approvals.get(id),
    pending: () =>
      [...this.#approvals.values()]
        .filter(approval => approval.status.state === 'pending')
        .sort((one, other) => one.created - other.created),
    ofTask: taskId =>
      [...this.#approvals.values()]
        .filter(approval => approval.taskId === taskId)
        .sort((one, other) => one.created - other.created),
    ledger: query => {
      const settled = [...this.#settled].flatMap(id => this.#approvals.get(id) ?? []).reverse();
      return pageOf(settled, settledAt, query?.before, query?.limit);
    },
  };

  readonly chains: ChainQueries = {
    get: id => this.#chains.get(id),
    list: query => pageOf([...this.#chains.values()].reverse(), run => run.created, query?.before, query?.limit),
    unfinished: () =>
      [...this.#chains.values()]
        .filter(run => !isChainOver(run.status))
        .sort((one, other) => one.created - other.created),
  };

  events(query: {
    readonly after: number;
    readonly limit: number;
    readonly subject?: string;
  }): readonly LogEvent<LogFact>[] {
    const found: LogEvent<LogFact>[] = [];
    for (let index = Math.max(0, query.after); index < this.#events.length && found.length < query.limit; index += 1) {
      const event = this.#events[index];
      if (event !== undefined && (query.subject === undefined || event.subject === query.subject)) {
        found.push(event);
      }
    }
    return found;
  }

  lastSequence(): number {
    return this.#events.length;
  }

  dispose(): void {
    this.#queue.dispose();
  }

  #newestTasks(archived: boolean | undefined): readonly Task[] {
    return [...this.#tasks.values()].reverse().filter(task => archived === undefined || task.archived === archived);
  }

  #refuseNesting(): void {
    if (this.#writing) {
      throw new Error('A decision cannot write to the log itself: it returns what is to be written.');
    }
  }

  #write(entries: readonly Entry[]): Commit {
    this.#refuseNesting();
    const undo: (() => void)[] = [];
    try {
      const { source, clock, newId } = this.#options;
      const stamp = { lastSequence: this.#events.length, source, time: clock.now(), newId };
      return writeEntries(
        this.#rows(step => undo.push(step)),
        entries,
        stamp,
      );
    } catch (error) {
      for (const step of undo.reverse()) {
        step();
      }
      throw error;
    }
  }

  #rows(undo: (step: () => void) => void): LogRows {
    const put = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void => {
      const before = map.get(key);
      map.set(key, value);
      undo(() => void (before === undefined ? map.delete(key) : map.set(key, before)));
    };
    const transcript = (id: string): MemoryTranscript => {
      const known = this.#transcripts.get(id) ?? new MemoryTranscript();
      this.#transcripts.set(id, known);
      return known;
    };
    return {
      task: id => this.#tasks.get(id),
      approval: id => this.#approvals.get(id),
      chain: id => this.#chains.get(id),
      addEvent: event => {
        this.#events.push(event);
        undo(() => void this.#events.pop());
      },
      putTask: task => put(this.#tasks, task.id, task),
      putApproval: approval => {
        put(this.#approvals, approval.id, approval);
        if (approval.status.state !== 'pending' && !this.#settled.has(approval.id)) {
          this.#settled.add(approval.id);
          undo(() => void this.#settled.delete(approval.id));
        }
      },
      putChain: run => put(this.#chains, run.id, run),
      addEntry: (taskId, entry) => transcript(taskId).add(entry, undo),
      endTool: (taskId, entryId, end) => transcript(taskId).endTool(entryId, end, undo),
      closeOpenTools: (taskId, at) => transcript(taskId).closeOpenTools(at, undo),
      addSpend: (day, _taskId, usd) => put(this.#spend, day, (this.#spend.get(day) ?? 0) + usd),
    };
  }
}

function settledAt(approval: Approval): number {
  return approval.status.state === 'pending' ? approval.created : approval.status.at;
}

/** A page goes on past its limit while the times are equal, so that paging by time misses nothing. */
function pageOf<T>(
  items: readonly T[],
  timeOf: (item: T) => number,
  before: number | undefined,
  limit: number | undefined,
): readonly T[] {
  const found = items
    .filter(item => before === undefined || timeOf(item) < before)
    .sort((one, other) => timeOf(other) - timeOf(one));
  const last = limit === undefined ? undefined : found[limit - 1];
  return last === undefined
    ? limit === 0
      ? []
      : found
    : found.filter((item, index) => index < (limit ?? 0) || timeOf(item) === timeOf(last));
}
