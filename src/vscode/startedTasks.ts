import type { PanelServices, StartTask } from '../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../base/disposable.ts';
import type { Approval } from '../core/approvals/approval.ts';
import type { WaitingStarts } from './waitingStarts.ts';

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly waiting: WaitingStarts;
  /** What became of a task that had to wait for an approval. */
  readonly onStarted: (taskId: string) => void;
  /** The words are the person's again. */
  readonly onRefused: (prompt: string) => void;
  readonly onFailed: (error: unknown, input: StartTask) => void;
}

export type Started =
  | { readonly kind: 'started'; readonly taskId: string }
  | { readonly kind: 'waits'; readonly approvalId: string };

/** Starts tasks. One whose profile has to be approved first starts by itself after the yes, also after a reload. */
export class StartedTasks implements Disposable {
  readonly #parts: Parts;
  readonly #ofServices = new DisposableStore();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws PanelError when the profile, the folder or the prompt will not do. */
  async start(input: StartTask): Promise<Started> {
    const services = await this.#parts.services();
    // It runs in the window that a person started it from, and does not stop when another one is closed.
    const outcome = await services.startTask({ ...input, ownProcessOnly: true });
    if (outcome.kind === 'started') {
      return { kind: 'started', taskId: outcome.task.id };
    }
    const { approvalId } = outcome;
    await this.#parts.waiting.add({ approvalId, input });
    return { kind: 'waits', approvalId };
  }

  follow(services: PanelServices | undefined): void {
    this.#ofServices.clear();
    if (services === undefined) {
      return;
    }
    this.#ofServices.add(
      services.log.onDidCommit(({ approvals }) => {
        for (const approval of approvals) {
          this.#settle(approval);
        }
      }),
    );
    // What was settled while this window was away.
    for (const approvalId of new Set(this.#parts.waiting.all().map(start => start.approvalId))) {
      const approval = services.log.approvals.get(approvalId);
      if (approval === undefined) {
        this.#refuse(this.#parts.waiting.take(approvalId));
      } else {
        this.#settle(approval);
      }
    }
  }

  dispose(): void {
    this.#ofServices.dispose();
  }

  #settle({ id, status, choices }: Approval): void {
    if (status.state === 'pending') {
      return;
    }
    const inputs = this.#parts.waiting.take(id);
    const isGranted =
      status.state === 'answered' && choices.some(choice => choice.id === status.answer.choice && choice.grants);
    if (isGranted) {
      // On a later turn: what was granted is noted by a listener of the same commit.
      void Promise.resolve().then(() => this.#startAll(inputs));
    } else {
      this.#refuse(inputs);
    }
  }

  async #startAll(inputs: readonly StartTask[]): Promise<void> {
    for (const input of inputs) {
      try {
        const { actor } = await this.#parts.services();
        // The program that the words were given to may have ended since.
        const started = await this.start({ ...input, by: actor(input.by.surface) });
        if (started.kind === 'started') {
          this.#parts.onStarted(started.taskId);
        }
      } catch (error) {
        this.#parts.onFailed(error, input);
      }
    }
  }

  #refuse(inputs: readonly StartTask[]): void {
    if (inputs.length > 0) {
      this.#parts.onRefused(inputs.map(({ prompt }) => prompt).join('\n\n'));
    }
  }
}
