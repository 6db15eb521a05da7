import type { TaskQueries } from '../../core/tasks/panelLog.ts';
import type { ToolEntry, TranscriptEntry } from '../../core/tasks/transcript.ts';
import type { TaskDetail } from '../../protocol/taskView.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import type { TranscriptItem } from '../../protocol/transcriptView.ts';
import { presentEntry } from '../presenters/transcriptItem.ts';
import { MAIN_THREAD, readingRuns, ThreadIndex } from './threadIndex.ts';
import { ToolTotals } from './toolTotals.ts';

/** Entries read at once while the task is opened; between two reads the extension host does other things. */
const READ_AT_ONCE = 500;
const MOST_READ_BETWEEN = 20;

type TranscriptPage = Extract<ToWebview, { type: 'transcriptPage' }>;
type TranscriptChanged = Extract<ToWebview, { type: 'transcriptChanged' }>;

interface Parts {
  readonly taskId: string;
  readonly cwd: string;
  readonly tasks: Pick<TaskQueries, 'transcript'>;
  readonly nextTurn: () => Promise<void>;
}

/** The transcript of the task that a view has open: by thread, in pages, with what changes. Nothing of it is kept but places. */
export class OpenTranscript {
  readonly taskId: string;
  readonly #parts: Parts;
  readonly #index = new ThreadIndex();
  readonly #totals = new ToolTotals();
  /** Calls that start sub-agents: their items say how long the sub-agent's thread is. */
  readonly #agentCalls = new Map<string, { readonly place: number; readonly thread: string }>();
  #closed = false;
  readonly #whole: Promise<void>;

  constructor(parts: Parts) {
    this.taskId = parts.taskId;
    this.#parts = parts;
    this.#whole = this.#read();
  }

  close(): void {
    this.#closed = true;
  }

  /** Resolves when the whole log of the task was looked through once. */
  get whole(): Promise<void> {
    return this.#whole;
  }

  async page(thread: string | undefined, from: number, count: number): Promise<TranscriptPage> {
    await this.#whole;
    const key = thread ?? MAIN_THREAD;
    const places = this.#index.places(key, from, count);
    const entries = this.#entriesAt(places);
    return {
      type: 'transcriptPage',
      taskId: this.taskId,
      ...(thread === undefined ? {} : { thread }),
      from,
      total: this.#index.total(key),
      items: places.flatMap(place => {
        const entry = entries.get(place);
        return entry === undefined ? [] : [this.#present(entry)];
      }),
    };
  }

  tools(): TaskDetail['tools'] {
    return this.#totals.list();
  }

  /** Takes in what a commit changed, and gives the messages that tell the view. */
  changed(entries: ReadonlyMap<number, TranscriptEntry>): readonly TranscriptChanged[] {
    const items = new Map<string, Map<number, TranscriptItem>>();
    for (const [place, entry] of [...entries].sort(([one], [other]) => one - other)) {
      const thread = threadOf(entry);
      this.#note(place, entry);
      this.#put(items, thread, place, entry);
    }
    for (const [place, entry] of this.#parentsOf(items.keys())) {
      this.#put(items, threadOf(entry), place, entry);
    }
    return [...items].map(([thread, changes]) => ({
      type: 'transcriptChanged',
      taskId: this.taskId,
      ...(thread === MAIN_THREAD ? {} : { thread }),
      total: this.#index.total(thread),
      items: [...changes].map(([index, item]) => ({ index, item })),
    }));
  }

  async #read(): Promise<void> {
    for (;;) {
      const { entries } = this.#parts.tasks.transcript(this.taskId, { from: this.#index.next, count: READ_AT_ONCE });
      for (const entry of entries) {
        this.#note(this.#index.next, entry);
      }
      if (entries.length < READ_AT_ONCE || this.#closed) {
        return;
      }
      await this.#parts.nextTurn();
    }
  }

  /** What is known already only ends; what lies beyond the next place is read later. */
  #note(place: number, entry: TranscriptEntry): void {
    if (place < this.#index.next) {
      this.#totals.change(entry);
      return;
    }
    if (place > this.#index.next) {
      return;
    }
    const thread = threadOf(entry);
    this.#index.add(thread);
    this.#totals.add(entry);
    if (entry.kind === 'tool' && startsAgent(entry)) {
      this.#agentCalls.set(entry.toolUseId, { place, thread });
    }
  }

  #put(items: Map<string, Map<number, TranscriptItem>>, thread: string, place: number, entry: TranscriptEntry): void {
    const position = this.#index.position(thread, place);
    if (position === undefined) {
      return;
    }
    const changes = items.get(thread) ?? new Map<number, TranscriptItem>();
    changes.set(position, this.#present(entry));
    items.set(thread, changes);
  }

  #parentsOf(threads: Iterable<string>): ReadonlyMap<number, TranscriptEntry> {
    const places = [...threads].flatMap(thread => this.#agentCalls.get(thread)?.place ?? []);
    return this.#entriesAt(places);
  }

  #entriesAt(places: readonly number[]): ReadonlyMap<number, TranscriptEntry> {
    const found = new Map<number, TranscriptEntry>();
    for (const run of readingRuns(places, MOST_READ_BETWEEN)) {
      const { entries } = this.#parts.tasks.transcript(this.taskId, run);
      entries.forEach((entry, offset) => {
        found.set(run.from + offset, entry);
      });
    }
    return found;
  }

  #present(entry: TranscriptEntry): TranscriptItem {
    const nested = entry.kind === 'tool' ? this.#index.total(entry.toolUseId) : undefined;
    return presentEntry(entry, { cwd: this.#parts.cwd, nested });
  }
}

function threadOf(entry: TranscriptEntry): string {
  return entry.parentToolUseId ?? MAIN_THREAD;
}

function startsAgent(entry: ToolEntry): boolean {
  return entry.name === 'Task' || entry.name === 'Agent';
}
