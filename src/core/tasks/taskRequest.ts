import type { Event } from '../../base/event.ts';
import type { Actor } from '../events/actor.ts';

/** What a viewer wants of the owner of a task. */
export type TaskRequestBody =
  | { readonly kind: 'stop' }
  | { readonly kind: 'pause' }
  /** Look at the queue of follow-up messages: something was added, edited or withdrawn. */
  | { readonly kind: 'deliver' }
  /** Call back a message that Claude Code may not have read yet, and send the replacement instead, if any. */
  | { readonly kind: 'recallMessage'; readonly messageId: string; readonly replacement?: string }
  | { readonly kind: 'stopAgent'; readonly agentId: string }
  /** Starts one of the task's own MCP servers anew, such as one that failed. */
  | { readonly kind: 'reconnectServer'; readonly server: string };

export interface TaskRequest {
  readonly id: string;
  readonly taskId: string;
  readonly body: TaskRequestBody;
  readonly by: Actor;
  readonly created: number;
}

/**
 * Durable requests to owners. A request with an id that is there already changes nothing.
 * They are wishes, not facts: what came of them is in the log.
 */
export interface TaskRequests {
  add(request: TaskRequest): void;
  /** Open requests for these tasks, oldest first. */
  open(taskIds: readonly string[]): readonly TaskRequest[];
  settle(id: string, outcome: 'done' | 'void'): void;
  readonly onDidChange: Event<void>;
}
