import path from 'node:path';
import Database from 'better-sqlite3';
import { isLive, type Task } from '../../../src/core/tasks/task.ts';
import { isAlive } from '../../harness/processes.ts';
import { waitFor } from '../../harness/waitFor.ts';

export interface Question {
  readonly id: string;
  readonly state: string;
  readonly choice: string | null;
  readonly answeredBy: string | null;
}

/** What the workspace file says of tasks in detail, beyond what it promises to other programs. */
export class TaskRecords {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = path.join(folder, '.claude-panel', 'panel.db');
  }

  all(): readonly Task[] {
    return this.#read<{ snapshot: string }>('select snapshot from tasks').map(({ snapshot }) => JSON.parse(snapshot));
  }

  task(id: string): Task {
    const task = this.all().find(other => other.id === id);
    if (task === undefined) throw new Error(`no task ${id} in ${this.#path}`);
    return task;
  }

  /** Waits until a task is as it should be. */
  until(id: string, what: string, test: (task: Task) => boolean, timeoutMs?: number): Promise<Task> {
    const ask = (): Task | undefined => {
      const task = this.task(id);
      return test(task) ? task : undefined;
    };
    return waitFor(`task ${id} to be ${what}`, ask, timeoutMs);
  }

  /** The questions of a task, in the order in which they were asked. */
  questions(taskId: string): readonly Question[] {
    return this.#read('select id, state, choice, answered_by as answeredBy from approvals where task_id = ?', taskId);
  }

  /** The programs that work on this workspace, with when each began in milliseconds since the epoch. */
  hosts(): readonly { readonly id: string; readonly pid: number; readonly started: number }[] {
    return this.#read('select id, pid, started from hosts');
  }

  /** Tasks that claim to be at work while nothing works for them. */
  untrue(): readonly string[] {
    return this.all().flatMap(({ id, status }) => {
      if (!isLive(status)) return [];
      const { owner, process } = status;
      const isTrue = isAlive(owner.pid) && (process === undefined || isAlive(process.pid));
      return isTrue ? [] : [`${id} says ${status.state}`];
    });
  }

  /** What SQLite says of the file: "ok" when it is sound. */
  integrity(): string {
    return this.#read<{ integrity_check: string }>('pragma integrity_check')[0]?.integrity_check ?? 'nothing';
  }

  #read<Row>(query: string, ...values: readonly string[]): readonly Row[] {
    const database = new Database(this.#path, { readonly: true, fileMustExist: true });
    try {
      return database.prepare(query).all(...values) as Row[];
    } finally {
      database.close();
    }
  }
}
