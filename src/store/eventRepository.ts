import type { JsonValue } from '../base/json.ts';
import type { LogEvent } from '../core/events/cloudEvent.ts';
import type { LogFact } from '../core/tasks/logFact.ts';
import type { PanelDatabase, Prepared } from './panelDatabase.ts';

interface EventRow {
  readonly seq: number;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: string;
  readonly traceparent: string | null;
}

const COLUMNS = 'seq, id, source, type, subject, time, data, traceparent';

/** The table `events`: the log itself. Rows are only ever added. */
export class EventRepository {
  readonly #add: Prepared<unknown>;
  readonly #last: Prepared<{ seq: number }>;
  readonly #has: Prepared<unknown>;
  readonly #after: Prepared<EventRow>;
  readonly #afterOfSubject: Prepared<EventRow>;

  constructor(database: PanelDatabase) {
    this.#add = database.prepare(`insert into events (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#last = database.prepare('select coalesce(max(seq), 0) as seq from events');
    this.#has = database.prepare('select 1 from events where id = ?');
    this.#after = database.prepare(`select ${COLUMNS} from events where seq > ? order by seq limit ?`);
    this.#afterOfSubject = database.prepare(
      `select ${COLUMNS} from events where subject = ? and seq > ? order by seq limit ?`,
    );
  }

  add(event: LogEvent<LogFact>): void {
    const { seq, id, source, type, subject, time, data, traceparent } = event;
    this.#add.run(seq, id, source, type, subject, time, JSON.stringify(data) ?? 'null', traceparent ?? null);
  }

  last(): number {
    return this.#last.get()?.seq ?? 0;
  }

  has(id: string): boolean {
    return this.#has.get(id) !== undefined;
  }

  after(position: number, limit: number, subject?: string): readonly LogEvent<LogFact>[] {
    const rows =
      subject === undefined ? this.#after.all(position, limit) : this.#afterOfSubject.all(subject, position, limit);
    return rows.map(toEvent);
  }
}

function toEvent({ traceparent, ...row }: EventRow): LogEvent<LogFact> {
  // A newer version may have written types that this one does not know: they are passed on as they are.
  return {
    specversion: '1.0',
    datacontenttype: 'application/json',
    ...row,
    data: dataOf(row.data),
    ...(traceparent === null ? {} : { traceparent }),
  } as LogEvent<LogFact>;
}

function dataOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
