import type { PlacedEntry, ToolEnd } from '../core/tasks/logWriter.ts';
import type { ToolEntry, TranscriptEntry } from '../core/tasks/transcript.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface EntryRow {
  readonly position: number;
  readonly data: string;
}

/** The table `transcript`: what a task said and did, in places from 0 without gaps. */
export class TranscriptRepository {
  readonly #add: Prepared<unknown>;
  readonly #replace: Prepared<unknown>;
  readonly #find: Prepared<EntryRow>;
  readonly #open: Prepared<EntryRow>;
  readonly #closedBy: Prepared<EntryRow>;
  readonly #page: Prepared<EntryRow>;
  readonly #total: Prepared<{ total: number }>;

  constructor(database: PanelDatabase) {
    this.#add = database.prepare(
      `insert into transcript (task_id, position, entry_id, kind, data, open) values (?, ?, ?, ?, ?, ?)
       on conflict (task_id, entry_id) do nothing`,
    );
    this.#replace = database.prepare(
      'update transcript set data = ?, open = ?, closed_seq = ? where task_id = ? and position = ?',
    );
    this.#find = database.prepare('select position, data from transcript where task_id = ? and entry_id = ?');
    this.#open = database.prepare(
      'select position, data from transcript where task_id = ? and open = 1 order by position',
    );
    this.#closedBy = database.prepare(
      'select position, data from transcript where closed_seq = ? and task_id = ? order by position',
    );
    this.#page = database.prepare(
      'select position, data from transcript where task_id = ? and position >= ? order by position limit ?',
    );
    this.#total = database.prepare('select coalesce(max(position) + 1, 0) as total from transcript where task_id = ?');
  }

  add(taskId: string, entry: TranscriptEntry): number | undefined {
    const index = this.total(taskId);
    const added = this.#add.run(taskId, index, entry.id, entry.kind, JSON.stringify(entry), isOpen(entry) ? 1 : 0);
    return added === 0 ? undefined : index;
  }

  endTool(taskId: string, entryId: string, end: ToolEnd): PlacedEntry | undefined {
    const found = this.find(taskId, entryId);
    return found?.entry.kind === 'tool' ? this.#put(taskId, found.index, { ...found.entry, ...end }, null) : undefined;
  }

  closeOpenTools(taskId: string, at: number, seq: number): readonly PlacedEntry[] {
    return this.#open.all(taskId).map(row => {
      const { index, entry } = toPlaced(row);
      return this.#put(taskId, index, { ...(entry as ToolEntry), status: 'error', ended: at }, seq);
    });
  }

  /** The calls that an event left without a result. */
  closedBy(taskId: string, seq: number): readonly PlacedEntry[] {
    return this.#closedBy.all(seq, taskId).map(toPlaced);
  }

  find(taskId: string, entryId: string): PlacedEntry | undefined {
    const row = this.#find.get(taskId, entryId);
    return row === undefined ? undefined : toPlaced(row);
  }

  page(taskId: string, from: number, count: number): readonly TranscriptEntry[] {
    return this.#page.all(taskId, Math.max(0, from), Math.max(0, count)).map(row => toPlaced(row).entry);
  }

  total(taskId: string): number {
    return this.#total.get(taskId)?.total ?? 0;
  }

  #put(taskId: string, index: number, entry: TranscriptEntry, closedSeq: number | null): PlacedEntry {
    this.#replace.run(JSON.stringify(entry), isOpen(entry) ? 1 : 0, closedSeq, taskId, index);
    return { index, entry };
  }
}

function isOpen(entry: TranscriptEntry): boolean {
  return entry.kind === 'tool' && entry.status === 'running';
}

function toPlaced({ position, data }: EntryRow): PlacedEntry {
  return { index: position, entry: JSON.parse(data) as TranscriptEntry };
}
