import * as z from 'zod';
import type { StartTask } from '../app/panelServices.ts';

/** A task that starts when this approval is granted. */
interface WaitingStart {
  readonly approvalId: string;
  readonly input: StartTask;
}

const waitingStartSchema = z.object({
  approvalId: z.string(),
  input: z.object({
    prompt: z.string(),
    profile: z.string().optional(),
    cwd: z.string().optional(),
    by: z.object({ surface: z.string(), name: z.string(), hostId: z.string().optional() }),
  }),
});

/** Values that VS Code keeps for a workspace, also over a reload of the window. */
interface KeptValues {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'waitingStarts';

/** The words of tasks that wait for an approval. They are kept until it is settled, whatever happens to the window. */
export class WaitingStarts {
  readonly #values: KeptValues;

  constructor(values: KeptValues) {
    this.#values = values;
  }

  /** In the order in which they were given. What cannot be read is left out. */
  all(): readonly WaitingStart[] {
    const kept = this.#values.get(KEY);
    return (Array.isArray(kept) ? kept : []).filter(isWaitingStart);
  }

  async add(start: WaitingStart): Promise<void> {
    await this.#values.update(KEY, [...this.all(), start]);
  }

  /** Gives those that waited for this approval, and keeps them no longer. */
  take(approvalId: string): readonly StartTask[] {
    const all = this.all();
    const taken = all.filter(start => start.approvalId === approvalId);
    if (taken.length > 0) {
      void this.#values.update(
        KEY,
        all.filter(start => start.approvalId !== approvalId),
      );
    }
    return taken.map(({ input }) => input);
  }
}

function isWaitingStart(value: unknown): value is WaitingStart {
  return waitingStartSchema.safeParse(value).success;
}
