import type { JsonObject, JsonValue } from '../../../base/json.ts';
import type { ClaudeEvent, TodoItem } from '../claudeEvents.ts';
import { asObject, asRaw, asRaws, asText, type Raw } from './rawFields.ts';

type RawTodo = Raw<'content' | 'status' | 'activeForm'>;
type RawTask = Raw<'id' | 'subject' | 'status' | 'activeForm'>;
type RawUpdate = Raw<'taskId' | 'subject' | 'status' | 'activeForm'>;

const TRACKED = new Set(['TodoWrite', 'TaskCreate', 'TaskUpdate', 'TaskList']);

/**
 * The to-do list of the main thread, from the tools that change it: TodoWrite gives the whole list; the newer
 * TaskCreate, TaskUpdate and TaskList change it piece by piece.
 */
export class TodoTracker {
  readonly #calls = new Map<string, { readonly name: string; readonly input: JsonObject }>();
  #todos = new Map<string, TodoItem>();

  /** A tool call of the main thread. Nothing changes before it has succeeded. */
  started(toolUseId: string, name: string, input: JsonObject): void {
    if (TRACKED.has(name)) {
      this.#calls.set(toolUseId, { name, input });
    }
  }

  /** The list after the call, when the call has changed it. */
  ended(toolUseId: string, isError: boolean, result: JsonValue | undefined): ClaudeEvent | undefined {
    const call = this.#calls.get(toolUseId);
    this.#calls.delete(toolUseId);
    if (call === undefined || isError) {
      return undefined;
    }
    const changed = this.#apply(call.name, call.input, asObject(result) ?? {});
    return changed ? this.#event() : undefined;
  }

  /** The conversation begins anew. */
  reset(): ClaudeEvent | undefined {
    this.#calls.clear();
    if (this.#todos.size === 0) {
      return undefined;
    }
    this.#todos.clear();
    return this.#event();
  }

  #event(): ClaudeEvent {
    return { type: 'todos', todos: [...this.#todos.values()] };
  }

  #apply(name: string, input: JsonObject, result: JsonObject): boolean {
    switch (name) {
      case 'TodoWrite':
        return this.#replace(asRaws<keyof RawTodo>((input as Raw<'todos'>).todos).map(readTodo));
      case 'TaskList':
        return this.#replaceTasks(asRaws<keyof RawTask>((result as Raw<'tasks'>).tasks));
      case 'TaskCreate':
        return this.#create(input as RawTask, asRaw((result as Raw<'task'>).task) ?? {});
      default:
        return this.#update(input as RawUpdate);
    }
  }

  #replace(todos: readonly TodoItem[]): boolean {
    this.#todos = new Map(todos.map((todo, index) => [String(index + 1), todo]));
    return true;
  }

  #replaceTasks(tasks: readonly RawTask[]): boolean {
    const entries = tasks.flatMap((task): [string, TodoItem][] => {
      const id = asText(task.id);
      return id === undefined ? [] : [[id, { ...this.#todos.get(id), ...readTask(task) }]];
    });
    this.#todos = new Map(entries);
    return true;
  }

  #create(input: RawTask, created: RawTask): boolean {
    const id = asText(created.id) ?? String(this.#todos.size + 1);
    this.#todos.set(id, readTask({ ...input, status: 'pending' }));
    return true;
  }

  #update(update: RawUpdate): boolean {
    const id = asText(update.taskId);
    const known = id === undefined ? undefined : this.#todos.get(id);
    if (id === undefined || known === undefined) {
      return false;
    }
    if (update.status === 'deleted') {
      return this.#todos.delete(id);
    }
    const activeForm = asText(update.activeForm) ?? known.activeForm;
    this.#todos.set(id, {
      content: asText(update.subject) ?? known.content,
      status: update.status === undefined ? known.status : readStatus(update.status),
      ...(activeForm === undefined ? {} : { activeForm }),
    });
    return true;
  }
}

function readTodo(raw: RawTodo): TodoItem {
  return item(asText(raw.content) ?? '', raw.status, raw.activeForm);
}

function readTask(raw: RawTask): TodoItem {
  return item(asText(raw.subject) ?? '', raw.status, raw.activeForm);
}

function item(content: string, status: JsonValue | undefined, activeForm: JsonValue | undefined): TodoItem {
  const form = asText(activeForm);
  return { content, status: readStatus(status), ...(form === undefined ? {} : { activeForm: form }) };
}

function readStatus(status: JsonValue | undefined): TodoItem['status'] {
  return status === 'completed' ? 'completed' : status === 'in_progress' ? 'inProgress' : 'pending';
}
