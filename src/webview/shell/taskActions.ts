import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import type { Failure } from '../../base/panelError.ts';
import type { TaskSummary } from '../../protocol/taskView.ts';
import type { HostConnection, PanelRequest, Reply } from '../host/hostConnection.ts';
import { isFinal, isLive } from '../state/taskGroups.ts';

export type ChangeAction = Extract<PanelRequest, { type: 'changes' }>['action'];
export type TaskAction = Extract<PanelRequest, { type: 'taskAction' }>['action'];

/** What a person can do, told to the extension. A failure is shown where everyone looks, and given back as well. */
export class TaskActions implements Disposable {
  readonly #host: HostConnection;
  readonly #failures = new Emitter<Failure>();
  readonly onFailure = this.#failures.event;

  constructor(host: HostConnection) {
    this.#host = host;
  }

  async request(request: PanelRequest): Promise<Reply> {
    const reply = await this.#host.request(request);
    if (reply.failure !== undefined) {
      this.#failures.fire(reply.failure);
    }
    return reply;
  }

  run(action: TaskAction, taskId: string): Promise<Reply> {
    return this.request({ type: 'taskAction', taskId, action });
  }

  changes(action: ChangeAction, taskId: string): Promise<Reply> {
    return this.request({ type: 'changes', taskId, action });
  }

  readonly openLink = (href: string): void => {
    void this.request({ type: 'openLink', href });
  };

  command(command: string): void {
    void this.request({ type: 'command', command });
  }

  dispose(): void {
    this.#failures.dispose();
  }
}

/** What can be done about the changes of a task that does not run, the nearest one first. */
export function possibleChangeActions({ undo }: TaskSummary): readonly ChangeAction[] {
  if (undo === undefined) {
    return [];
  }
  const fork = undo.canFork ? (['forkFromBefore'] as const) : [];
  switch (undo.undone) {
    case undefined:
      return ['undo', 'review'];
    case 'all':
      return ['redo', ...fork];
    case 'lastRun':
    case 'some':
      return ['redo', ...fork, 'undo', 'review'];
  }
}

/** The actions that make sense for a task now, the nearest one first. */
export function possibleActions(task: TaskSummary): readonly TaskAction[] {
  if (isFinal(task.state)) {
    return ['runAgain', 'fork', task.archived ? 'unarchive' : 'archive'];
  }
  if (task.state === 'paused') {
    return ['continue', 'stop', 'fork'];
  }
  if (isLive(task.state) && task.stopping === undefined) {
    return task.pausing ? ['stop'] : ['pause', 'stop'];
  }
  // A stop can be asked for at any time, also while one is under way.
  return ['stop'];
}
