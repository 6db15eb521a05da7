import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { LogEvent } from '../../../src/core/events/cloudEvent.ts';

/** A row of the table `tasks`, as docs/cli.md promises it to other programs. */
export interface TaskRow {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly session_id: string | null;
  readonly cost_usd: number;
  readonly archived: number;
}

/** The workspace's data, read as another program would: nothing is opened for writing, nothing is kept open. */
export class WorkspaceFile {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.join(folder, '.claude-panel', 'panel.db');
  }

  get exists(): boolean {
    return existsSync(this.path);
  }

  /** The newest first. */
  tasks(): readonly TaskRow[] {
    return this.#read('select * from tasks order by created desc, rowid desc') as unknown as readonly TaskRow[];
  }

  /** The newest task of this title. */
  task(title: string): TaskRow | undefined {
    return this.tasks().find(task => task.title === title);
  }

  /** In the order in which they happened: all, or those of one task or of these types (without `claude-panel.`). */
  events(subject?: string, ...types: readonly string[]): readonly LogEvent[] {
    const rows = this.#read('select seq, id, source, type, subject, time, data from events order by seq');
    return rows
      .map(row => ({ ...row, data: JSON.parse(String(row['data'])) }) as unknown as LogEvent)
      .filter(
        event =>
          (subject === undefined || event.subject === subject) &&
          (types.length === 0 || types.includes(event.type.replace('claude-panel.', ''))),
      );
  }

  /** How the approvals of a task were answered, in words. */
  answers(taskId: string): readonly string[] {
    return this.events(taskId, 'approval.answered').map(({ data }) => (data as { readonly text: string }).text);
  }

  /** What Claude said in a task: every whole message, one after another. */
  words(taskId: string): string {
    return this.events(taskId, 'task.text')
      .map(({ data }) => (data as { readonly text: string }).text)
      .join('\n');
  }

  #read(query: string): readonly Record<string, unknown>[] {
    const database = new Database(this.path, { readonly: true, fileMustExist: true });
    try {
      return database.prepare(query).all() as Record<string, unknown>[];
    } finally {
      database.close();
    }
  }
}
