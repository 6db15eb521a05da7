/** A job that several callers wait for. It is given up only when all of them have. */
class Job<T> {
  readonly controller = new AbortController();
  readonly result: Promise<T>;
  #callers = 0;

  constructor(begin: (job: Job<T>) => Promise<T>) {
    this.result = begin(this);
    // Told to each caller.
    this.result.catch(() => undefined);
  }

  join(signal: AbortSignal | undefined): Promise<T> {
    this.#callers += 1;
    if (signal === undefined) {
      return this.result;
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#callers -= 1;
        if (this.#callers === 0) {
          this.controller.abort(signal.reason);
        }
        reject(signal.reason);
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      this.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}

/**
 * One job after the other. Who comes while one waits for its turn shares that one: it begins after they came, so it sees
 * what they saw. A hundred tasks that start at once need one look at the files, not a hundred.
 */
export class SharedJobs<T> {
  #last: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Map<string, Job<T>>();

  /**
   * @param kind only jobs of the same kind are shared
   * @param work calls `begins` at the moment from which on nobody may join any more
   */
  run(
    kind: string,
    work: (signal: AbortSignal, begins: () => void) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    let job = this.#waiting.get(kind);
    if (job === undefined || job.controller.signal.aborted) {
      const before = this.#last;
      job = new Job<T>(async own => {
        await before;
        own.controller.signal.throwIfAborted();
        const begins = (): void => {
          if (this.#waiting.get(kind) === own) {
            this.#waiting.delete(kind);
          }
        };
        try {
          return await work(own.controller.signal, begins);
        } finally {
          begins();
        }
      });
      this.#last = job.result.catch(() => undefined);
      this.#waiting.set(kind, job);
    }
    return job.join(signal);
  }
}
