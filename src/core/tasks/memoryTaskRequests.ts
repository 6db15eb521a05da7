import { Emitter, type Event } from '../../base/event.ts';
import type { TaskRequest, TaskRequests } from './taskRequest.ts';

export class MemoryTaskRequests implements TaskRequests {
  readonly #emitter = new Emitter<void>();
  readonly #requests = new Map<string, { readonly request: TaskRequest; open: boolean }>();

  readonly onDidChange: Event<void> = this.#emitter.event;

  add(request: TaskRequest): void {
    if (!this.#requests.has(request.id)) {
      this.#requests.set(request.id, { request, open: true });
      this.#emitter.fire();
    }
  }

  open(taskIds: readonly string[]): readonly TaskRequest[] {
    return [...this.#requests.values()]
      .filter(({ request, open }) => open && taskIds.includes(request.taskId))
      .map(({ request }) => request)
      .sort((one, other) => one.created - other.created);
  }

  settle(id: string, _outcome: 'done' | 'void'): void {
    const known = this.#requests.get(id);
    if (known?.open) {
      known.open = false;
      this.#emitter.fire();
    }
  }
}
