import type { PanelServices, StartTask } from '../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import type { Approval } from '../core/approvals/approval.ts';

interface Parts {
  readonly services: () => Promise<PanelServices>;
  /** What became of a task that had to wait for an approval. */
  readonly onStarted: (taskId: string) => void;
  readonly onRefused: (input: StartTask) => void;
  readonly onFailed: (error: unknown, input: StartTask) => void;
}

export type Started =
  | { readonly kind: 'started'; readonly taskId: string }
  | { readonly kind: 'waits'; readonly approvalId: string };

/** Starts tasks. One whose profile has to be approved first starts by itself after the yes. */
export class StartedTasks implements Disposable {
  readonly #parts: Parts;
  readonly #waiting = new Map<string, StartTask>();
  #ofServices = new DisposableStore();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws PanelError when the profile, the folder or the prompt will not do. */
  async start(input: StartTask): Promise<Started> {
    const services = await this.#parts.services();
    const outcome = await services.startTask(input);
    if (outcome.kind === 'started') {
      return { kind: 'started', taskId: outcome.task.id };
    }
    this.#waiting.set(outcome.approvalId, input);
    return { kind: 'waits', approvalId: outcome.approvalId };
  }

  follow(services: PanelServices | undefined): void {
    this.#ofServices.dispose();
    this.#ofServices = new DisposableStore();
    if (services !== undefined) {
      this.#ofServices.add(services.log.onDidCommit(({ approvals }) => void approvals.map(one => this.#settle(one))));
    }
  }

  dispose(): void {
    this.#ofServices.dispose();
  }

  #settle({ id, status, choices }: Approval): void {
    const input = this.#waiting.get(id);
    if (input === undefined || status.state === 'pending') {
      return;
    }
    this.#waiting.delete(id);
    const isGranted =
      status.state === 'answered' && choices.some(choice => choice.id === status.answer.choice && choice.grants);
    if (!isGranted) {
      this.#parts.onRefused(input);
      return;
    }
    // On a later turn: what was granted is noted by a listener of the same commit.
    Promise.resolve()
      .then(() => this.start(input))
      .then(
        started => started.kind === 'started' && this.#parts.onStarted(started.taskId),
        (error: unknown) => this.#parts.onFailed(error, input),
      );
  }
}
