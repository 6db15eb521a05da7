import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/event.ts';
import type { NewId } from '../base/ids.ts';
import { CommitQueue } from '../core/tasks/commitQueue.ts';
import { localDay } from '../core/tasks/localDay.ts';
import { type LogRows, writeEntries } from '../core/tasks/logWriter.ts';
import type {
  ApprovalQueries,
  ChainQueries,
  Commit,
  Entry,
  LogState,
  PanelLog,
  TaskQueries,
} from '../core/tasks/panelLog.ts';
import { ApprovalRepository } from './approvalRepository.ts';
import { ChainRepository } from './chainRepository.ts';
import { EventRepository } from './eventRepository.ts';
import { readForeignCommit } from './foreignCommit.ts';
import type { PanelDatabase } from './panelDatabase.ts';
import { replayChain, replayTask } from './replay.ts';
import { SpendRepository } from './spendRepository.ts';
import { TaskRepository } from './taskRepository.ts';
import { TranscriptRepository } from './transcriptRepository.ts';

interface Options {
  readonly database: PanelDatabase;
  readonly source: string;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Hears what went wrong while a commit was delivered that is already safe in the file. */
  readonly onError: (error: unknown) => void;
}

const FOREIGN_BATCH = 500;

/** The log in SQLite. Several processes may have the same file open; each hears every commit once, in order. */
export class SqlitePanelLog implements PanelLog, Disposable {
  readonly #options: Options;
  readonly #database: PanelDatabase;
  readonly #events: EventRepository;
  readonly #tasks: TaskRepository;
  readonly #transcript: TranscriptRepository;
  readonly #approvals: ApprovalRepository;
  readonly #chains: ChainRepository;
  readonly #spend: SpendRepository;
  readonly #rows: LogRows;
  readonly #queue = new CommitQueue();
  /** The last event that was handed to the queue. */
  #delivered: number;

  readonly onDidCommit: Event<Commit> = this.#queue.onDidCommit;
  readonly tasks: TaskQueries;
  readonly approvals: ApprovalQueries;
  readonly chains: ChainQueries;

  constructor(options: Options) {
    const { database } = options;
    this.#options = options;
    this.#database = database;
    this.#events = new EventRepository(database);
    this.#tasks = new TaskRepository(database, id => replayTask(this.#events, id));
    this.#transcript = new TranscriptRepository(database);
    this.#approvals = new ApprovalRepository(database);
    this.#chains = new ChainRepository(database, id => replayChain(this.#events, id));
    this.#spend = new SpendRepository(database);
    this.#rows = this.#makeRows();
    this.#delivered = this.#events.last();
    this.tasks = this.#makeTaskQueries();
    this.approvals = {
      get: id => this.#approvals.get(id),
      pending: () => this.#approvals.pending(),
      ofTask: taskId => this.#approvals.ofTask(taskId),
      ledger: query => this.#approvals.ledger(query),
    };
    this.chains = {
      get: id => this.#chains.get(id),
      list: query => database.read(() => this.#chains.newest(query)),
      unfinished: () => database.read(() => this.#chains.unfinished()),
    };
  }

  append(entries: readonly Entry[]): Commit {
    return this.#commit(() => ({ commit: this.#write(entries), value: undefined })).commit;
  }

  decide<T>(decision: (state: LogState) => { readonly entries: readonly Entry[]; readonly value: T }): T {
    return this.#commit(() => {
      const { entries, value } = decision({
        task: id => this.#tasks.get(id),
        approval: id => this.#approvals.get(id),
        chain: id => this.#chains.get(id),
      });
      return { commit: this.#write(entries), value };
    }).value;
  }

  events(query: { readonly after: number; readonly limit: number; readonly subject?: string }): Commit['events'] {
    return this.#events.after(query.after, query.limit, query.subject);
  }

  lastSequence(): number {
    return this.#events.last();
  }

  /** Delivers what other processes wrote since the last time. */
  catchUp(): void {
    if (!this.#database.inTransaction) {
      this.#deliverUntil(Number.MAX_SAFE_INTEGER);
    }
  }

  /** Goes on with another file that has the same events up to this one. What follows in it is delivered next. */
  goOnAfter(common: number): void {
    this.#tasks.forget();
    this.#delivered = common;
  }

  dispose(): void {
    this.#queue.dispose();
  }

  #commit<T>(work: () => { readonly commit: Commit; readonly value: T }): {
    readonly commit: Commit;
    readonly value: T;
  } {
    if (this.#database.inTransaction) {
      throw new Error('A decision cannot write to the log itself: it returns what is to be written.');
    }
    let done: { readonly commit: Commit; readonly value: T };
    try {
      done = this.#database.write(work);
    } catch (error) {
      this.#tasks.forget();
      throw error;
    }
    this.#deliverOwn(done.commit);
    return done;
  }

  #write(entries: readonly Entry[]): Commit {
    const { source, clock, newId } = this.#options;
    return writeEntries(this.#rows, entries, { lastSequence: this.#events.last(), source, time: clock.now(), newId });
  }

  #deliverOwn(commit: Commit): void {
    const first = commit.events[0]?.seq;
    if (first === undefined) {
      return;
    }
    try {
      this.#deliverUntil(first - 1);
    } catch (error) {
      // The commit stands. It is delivered from the file with the next look at it, in its right place.
      this.#options.onError(error);
      return;
    }
    if (this.#delivered === first - 1) {
      this.#delivered += commit.events.length;
      this.#queue.deliver(commit);
    }
  }

  #deliverUntil(last: number): void {
    while (this.#delivered < last) {
      const limit = Math.min(FOREIGN_BATCH, last - this.#delivered);
      const commit = this.#database.read(() =>
        readForeignCommit(
          {
            events: this.#events,
            tasks: this.#tasks,
            transcript: this.#transcript,
            approvals: this.#approvals,
            chains: this.#chains,
          },
          this.#delivered,
          limit,
        ),
      );
      const reached = commit.events.at(-1)?.seq;
      if (reached === undefined) {
        return;
      }
      this.#delivered = reached;
      this.#queue.deliver(commit);
    }
  }

  #makeRows(): LogRows {
    return {
      task: id => this.#tasks.get(id),
      approval: id => this.#approvals.get(id),
      chain: id => this.#chains.get(id),
      addEvent: event => this.#events.add(event),
      putTask: (task, seq) => this.#tasks.put(task, seq),
      putApproval: (approval, seq) => this.#approvals.put(approval, seq),
      putChain: (run, seq) => this.#chains.put(run, seq),
      addEntry: (taskId, entry) => this.#transcript.add(taskId, entry),
      endTool: (taskId, entryId, end) => this.#transcript.endTool(taskId, entryId, end),
      closeOpenTools: (taskId, at, seq) => this.#transcript.closeOpenTools(taskId, at, seq),
      addSpend: (day, taskId, usd) => this.#spend.add(day, taskId, usd),
    };
  }

  #makeTaskQueries(): TaskQueries {
    return {
      get: id => this.#tasks.get(id),
      list: query => this.#database.read(() => this.#tasks.newest(query)),
      unfinished: () => this.#database.read(() => this.#tasks.unfinished()),
      count: query => this.#tasks.count(query),
      transcript: (id, { from, count }) =>
        this.#database.read(() => ({
          total: this.#transcript.total(id),
          entries: this.#transcript.page(id, from, count),
        })),
      transcriptEntry: (id, entryId) => this.#transcript.find(id, entryId)?.entry,
      costSince: time => this.#spend.since(localDay(time)),
    };
  }
}
