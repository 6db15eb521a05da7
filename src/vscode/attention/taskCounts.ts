import type { PanelServices } from '../../app/panelServices.ts';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import { isLive } from '../../core/tasks/task.ts';

export interface Counts {
  readonly running: number;
  readonly queued: number;
  readonly needsYou: number;
  readonly hasTasks: boolean;
}

const NONE: Counts = { running: 0, queued: 0, needsYou: 0, hasTasks: false };
/** The numbers are read at most this often, however much happens. */
const PERIOD_MS = 100;
/** How soon they are read again after they could not be. */
const RETRY_MS = 2000;

/** How many tasks run and how many questions wait, for the status bar, the badge and the context keys. */
export class TaskCounts implements Disposable {
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown) => void;
  readonly #changed = new Emitter<Counts>();
  readonly #ofServices = new DisposableStore();
  #services: PanelServices | undefined;
  #timer: Disposable | undefined;
  #counts = NONE;
  #isFailing = false;

  readonly onDidChange = this.#changed.event;

  /** `onFailure` hears once of each time in which the file cannot be read; the last numbers stay meanwhile. */
  constructor(clock: Clock, onFailure: (error: unknown) => void) {
    this.#clock = clock;
    this.#onFailure = onFailure;
  }

  get current(): Counts {
    return this.#counts;
  }

  follow(services: PanelServices | undefined): void {
    this.#ofServices.clear();
    this.#services = services;
    if (services !== undefined) {
      this.#ofServices.add(
        services.log.onDidCommit(({ tasks, approvals }) => {
          if (tasks.length + approvals.length > 0) {
            this.#plan(PERIOD_MS);
          }
        }),
      );
    }
    this.#read();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#ofServices.dispose();
    this.#changed.dispose();
  }

  #plan(delayMs: number): void {
    this.#timer ??= this.#clock.after(delayMs, () => {
      this.#timer = undefined;
      this.#read();
    });
  }

  #read(): void {
    let next: Counts;
    try {
      next = this.#services === undefined ? NONE : count(this.#services);
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) {
        this.#isFailing = true;
        this.#onFailure(error);
      }
      this.#plan(RETRY_MS);
      return;
    }
    const before = this.#counts;
    this.#counts = next;
    const isSame =
      next.running === before.running &&
      next.queued === before.queued &&
      next.needsYou === before.needsYou &&
      next.hasTasks === before.hasTasks;
    if (!isSame) {
      this.#changed.fire(next);
    }
  }
}

function count({ log }: PanelServices): Counts {
  const unfinished = log.tasks.unfinished();
  return {
    running: unfinished.filter(task => isLive(task.status)).length,
    queued: unfinished.filter(task => task.status.state === 'queued').length,
    needsYou: log.approvals.pending().length,
    hasTasks: unfinished.length > 0 || log.tasks.count() > 0,
  };
}
