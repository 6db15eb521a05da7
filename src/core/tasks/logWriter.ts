import type { NewId } from '../../base/ids.ts';
import type { Approval } from '../approvals/approval.ts';
import type { ApprovalFact } from '../approvals/approvalFact.ts';
import { approvalIdOf, reduceApproval } from '../approvals/approvalReducer.ts';
import { type ChainFact, isChainFact } from '../chains/chainFact.ts';
import { reduceChain } from '../chains/chainReducer.ts';
import type { ChainRun } from '../chains/chainRun.ts';
import type { LogEvent } from '../events/cloudEvent.ts';
import { traceparentOf } from '../events/traceContext.ts';
import { localDay } from './localDay.ts';
import type { LogFact } from './logFact.ts';
import type { Commit, Entry } from './panelLog.ts';
import type { Task } from './task.ts';
import type { TaskLogFact } from './taskFact.ts';
import { reduceTask } from './taskReducer.ts';
import { type ToolEntry, type TranscriptEntry, transcriptChange } from './transcript.ts';

export type ToolEnd = Pick<ToolEntry, 'status' | 'output' | 'outputTruncated' | 'ended' | 'change' | 'decision'>;

export interface PlacedEntry {
  readonly index: number;
  readonly entry: TranscriptEntry;
}

/** What an engine offers inside one transaction. Reads see what the transaction has written. */
export interface LogRows {
  task(id: string): Task | undefined;
  approval(id: string): Approval | undefined;
  chain(id: string): ChainRun | undefined;
  addEvent(event: LogEvent<LogFact>): void;
  putTask(task: Task, seq: number): void;
  putApproval(approval: Approval, seq: number): void;
  putChain(run: ChainRun, seq: number): void;
  /** The place of the new entry; nothing when an entry with this id is there already. */
  addEntry(taskId: string, entry: TranscriptEntry): number | undefined;
  /** Nothing when there is no such call. */
  endTool(taskId: string, entryId: string, end: ToolEnd): PlacedEntry | undefined;
  closeOpenTools(taskId: string, at: number, seq: number): readonly PlacedEntry[];
  addSpend(day: string, taskId: string, usd: number): void;
}

interface Stamp {
  readonly lastSequence: number;
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly newId: NewId;
}

const APPROVAL_TYPES: ReadonlySet<string> = new Set<ApprovalFact['type']>([
  'claude-panel.approval.requested',
  'claude-panel.approval.answered',
  'claude-panel.approval.expired',
  'claude-panel.approval.withdrawn',
]);

export function isApprovalFact(fact: { readonly type: string }): fact is ApprovalFact {
  return APPROVAL_TYPES.has(fact.type);
}

/** Writes facts and everything that follows from them. The same for every engine, so that all agree. */
export function writeEntries(rows: LogRows, entries: readonly Entry[], stamp: Stamp): Commit {
  const writing = new Writing(rows, stamp);
  for (const { subject, facts } of entries) {
    for (const fact of facts) {
      writing.write(subject, fact);
    }
  }
  return writing.finish();
}

interface WrittenTask {
  readonly before: Task | undefined;
  now: Task | undefined;
  seq: number;
  traceparent?: string | undefined;
}

class Writing {
  readonly #rows: LogRows;
  readonly #stamp: Stamp;
  readonly #time: string;
  readonly #events: LogEvent<LogFact>[] = [];
  readonly #tasks = new Map<string, WrittenTask>();
  readonly #approvals = new Map<string, { now: Approval | undefined; seq: number }>();
  readonly #chains = new Map<string, { now: ChainRun | undefined; seq: number }>();
  readonly #transcript = new Map<string, Map<number, TranscriptEntry>>();

  constructor(rows: LogRows, stamp: Stamp) {
    this.#rows = rows;
    this.#stamp = stamp;
    this.#time = new Date(stamp.time).toISOString();
  }

  write(subject: string, fact: LogFact): void {
    const event = this.#envelope(subject, fact, this.#traceOf(subject, fact));
    this.#events.push(event);
    this.#rows.addEvent(event);
    if (isChainFact(fact)) {
      this.#reduceChain(subject, fact, event.seq);
      return;
    }
    if (isApprovalFact(fact)) {
      this.#reduceApproval(fact, event.seq);
    }
    const { before, now } = this.#reduceTask(subject, fact, event.seq);
    const isSecondCreation = fact.type === 'claude-panel.task.created' && before !== undefined;
    if (now !== undefined && !isSecondCreation) {
      this.#changeTranscript(subject, fact, event);
    }
  }

  finish(): Commit {
    const tasks: Task[] = [];
    for (const { before, now, seq } of this.#tasks.values()) {
      if (now !== undefined && now !== before) {
        this.#rows.putTask(now, seq);
        tasks.push(now);
        // The rehearsal model charges nobody.
        const spent = now.rehearsal ? 0 : now.costUsd - (before?.costUsd ?? 0);
        if (spent > 0) {
          this.#rows.addSpend(localDay(this.#stamp.time), now.id, spent);
        }
      }
    }
    const approvals: Approval[] = [];
    for (const { now, seq } of this.#approvals.values()) {
      if (now !== undefined && seq > 0) {
        this.#rows.putApproval(now, seq);
        approvals.push(now);
      }
    }
    const chains: ChainRun[] = [];
    for (const { now, seq } of this.#chains.values()) {
      if (now !== undefined && seq > 0) {
        this.#rows.putChain(now, seq);
        chains.push(now);
      }
    }
    const transcript = [...this.#transcript].flatMap(([taskId, places]) =>
      [...places].sort(([one], [other]) => one - other).map(([index, entry]) => ({ taskId, index, entry })),
    );
    return { events: this.#events, tasks, approvals, chains, transcript };
  }

  /** One trace a task: its first message has a UUID of its own. */
  #traceOf(subject: string, fact: LogFact): string | undefined {
    if (isChainFact(fact)) {
      return undefined;
    }
    const known = this.#task(subject);
    const promptId =
      known.now?.promptId ?? (fact.type === 'claude-panel.task.created' ? fact.data.promptId : undefined);
    known.traceparent ??= promptId === undefined ? undefined : traceparentOf(promptId);
    return known.traceparent;
  }

  #envelope(subject: string, fact: LogFact, traceparent: string | undefined): LogEvent<LogFact> {
    const { lastSequence, source, newId } = this.#stamp;
    return {
      specversion: '1.0',
      id: newId(),
      source,
      type: fact.type,
      subject,
      time: this.#time,
      datacontenttype: 'application/json',
      data: fact.data,
      ...(traceparent === undefined ? {} : { traceparent }),
      seq: lastSequence + this.#events.length + 1,
    };
  }

  #reduceApproval(fact: ApprovalFact, seq: number): void {
    const id = approvalIdOf(fact);
    const known = this.#approvals.get(id) ?? { now: this.#rows.approval(id), seq: 0 };
    const now = reduceApproval(known.now, fact);
    this.#approvals.set(id, now === known.now ? known : { now, seq });
  }

  #reduceChain(subject: string, fact: ChainFact, seq: number): void {
    const known = this.#chains.get(subject) ?? { now: this.#rows.chain(subject), seq: 0 };
    const now = reduceChain(known.now, subject, fact, this.#stamp.time);
    this.#chains.set(subject, now === known.now ? known : { now, seq });
  }

  #reduceTask(subject: string, fact: TaskLogFact, seq: number): { before: Task | undefined; now: Task | undefined } {
    const known = this.#task(subject);
    const before = known.now;
    const now = reduceTask(before, subject, fact, this.#stamp.time);
    if (now !== before) {
      known.now = now;
      known.seq = seq;
    }
    return { before, now };
  }

  #task(id: string): WrittenTask {
    let known = this.#tasks.get(id);
    if (known === undefined) {
      const before = this.#rows.task(id);
      known = { before, now: before, seq: 0 };
      this.#tasks.set(id, known);
    }
    return known;
  }

  #changeTranscript(taskId: string, fact: TaskLogFact, event: LogEvent<LogFact>): void {
    const change = transcriptChange(fact, event.id, this.#stamp.time);
    switch (change?.kind) {
      case undefined:
        return;
      case 'add': {
        const index = this.#rows.addEntry(taskId, change.entry);
        if (index !== undefined) {
          this.#changed(taskId, { index, entry: change.entry });
        }
        return;
      }
      case 'endTool': {
        const ended = this.#rows.endTool(taskId, change.id, change.end);
        if (ended !== undefined) {
          this.#changed(taskId, ended);
        }
        return;
      }
      case 'closeOpenTools':
        for (const closed of this.#rows.closeOpenTools(taskId, change.at, event.seq)) {
          this.#changed(taskId, closed);
        }
    }
  }

  #changed(taskId: string, { index, entry }: PlacedEntry): void {
    let places = this.#transcript.get(taskId);
    if (places === undefined) {
      places = new Map();
      this.#transcript.set(taskId, places);
    }
    places.set(index, entry);
  }
}
