import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter, type Event } from '../../base/event.ts';
import type { JsonObject } from '../../base/json.ts';
import type { EnvironmentMarker, ProcessTable } from '../process/processIdentity.ts';
import { ProcessFamily, sweep } from '../process/processTree.ts';
import type { RunningProcess } from '../process/spawnProcess.ts';
import { type StopProgress, type StopStage, type StopTimes, stopByLadder } from '../process/stopLadder.ts';
import type { ClaudeEvent } from './claudeEvents.ts';

interface EndingParts {
  readonly clock: Clock;
  readonly processes: ProcessTable;
  readonly marker: EnvironmentMarker;
  readonly stopTimes: StopTimes | undefined;
  /** Milliseconds until an idle process has to have ended when told to. */
  readonly closeWithin: number;
  /** Whether Claude Code knows the request to end. */
  readonly knowsEndSession: boolean;
  readonly request: (request: JsonObject) => Promise<JsonObject>;
  readonly onEvent: Event<ClaudeEvent>;
  /** Whether a turn runs, whose end is worth waiting for. */
  readonly isWorking: () => boolean;
}

/** Brings a Claude Code process to its end, and with it all that it has started. */
export class SessionEnding implements Disposable {
  readonly #parts: EndingParts;
  readonly #progress = new Emitter<StopProgress>();
  #starting: Promise<RunningProcess> | undefined;
  #family: Promise<ProcessFamily> | undefined;
  #swept: Promise<number> | undefined;
  #stopped: Promise<number> | undefined;
  #closed: Promise<number> | undefined;

  constructor(parts: EndingParts) {
    this.#parts = parts;
  }

  /** The process that is to be ended one day, from the moment at which it is being started. */
  begin(starting: Promise<RunningProcess>): void {
    const { processes, marker } = this.#parts;
    this.#starting = starting;
    this.#family = starting.then(async running => new ProcessFamily(processes, await running.identity(), marker));
    this.#family.catch(() => {});
  }

  /** The process has gone, for whatever reason. What it left behind has nobody who owns it. */
  processEnded(): void {
    this.#swept ??= this.#sweep();
  }

  /** Ends an idle process in good order, with the ladder behind it. Resolves with how many could not be ended. */
  close(): Promise<number> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** Goes up the ladder. A second call joins the first. */
  stop(onStage: (stage: StopStage) => void, from: StopStage): Promise<number> {
    const listening = this.#progress.event(({ stage }) => {
      if (stage !== 'sweep' && stage !== 'done') {
        onStage(stage);
      }
    });
    this.#stopped ??= this.#stop(from);
    return this.#stopped.finally(() => listening.dispose());
  }

  dispose(): void {
    this.#progress.dispose();
  }

  async #close(): Promise<number> {
    const running = await this.#running();
    if (running === undefined) {
      return 0;
    }
    if (this.#stopped !== undefined) {
      return this.#stopped;
    }
    if (this.#parts.knowsEndSession) {
      this.#askToEnd();
    }
    running.closeInput();
    const { promise: timeout, resolve } = Promise.withResolvers<'timeout'>();
    const timer = this.#parts.clock.after(this.#parts.closeWithin, () => resolve('timeout'));
    const first = await Promise.race([running.exited, timeout]);
    timer.dispose();
    return first === 'timeout' ? this.stop(() => {}, 'terminate') : this.#leftOver();
  }

  async #stop(from: StopStage): Promise<number> {
    const { clock, stopTimes } = this.#parts;
    const running = await this.#running();
    if (running === undefined) {
      return 0;
    }
    if (running.hasExited) {
      await running.exited;
      return this.#leftOver();
    }
    // Who belongs to it is best seen while it still holds together.
    const looked = this.#family?.then(family => family.look()).catch(() => {});
    const { leftOver } = await stopByLadder(
      {
        exited: running.exited,
        interrupt: () => this.#settle(),
        terminate: () => this.#terminate(running),
        kill: () => running.kill().catch(() => {}),
        sweep: async () => {
          await looked;
          return running.hasExited ? this.#leftOver() : this.#sweep();
        },
      },
      {
        clock,
        from,
        onProgress: progress => this.#progress.fire(progress),
        ...(stopTimes === undefined ? {} : { times: stopTimes }),
      },
    );
    return leftOver;
  }

  /** Interrupts the turn and waits for its result, so that its cost is known and its shell commands are ended. */
  async #settle(): Promise<void> {
    const { promise: rested, resolve } = Promise.withResolvers<void>();
    const listening = this.#parts.onEvent(event => {
      if (event.type === 'turnEnded' || event.type === 'exited') {
        resolve();
      }
    });
    const wasWorking = this.#parts.isWorking();
    const listens = await this.#parts.request({ subtype: 'interrupt', cancel_queued: true }).then(
      () => true,
      () => false,
    );
    // One that does not listen is left to the ladder, which goes on in its own time.
    if (wasWorking || !listens) {
      await rested;
    }
    listening.dispose();
  }

  #terminate(running: RunningProcess): void {
    if (process.platform === 'win32') {
      // There every signal ends a process at once, so it is asked in its own language.
      this.#askToEnd();
      running.closeInput();
    } else {
      running.signal('SIGTERM');
    }
  }

  #askToEnd(): void {
    this.#parts.request({ subtype: 'end_session' }).catch(() => {});
  }

  /** The process, also while it is just being started. */
  async #running(): Promise<RunningProcess | undefined> {
    return this.#starting?.catch(() => undefined);
  }

  #leftOver(): Promise<number> {
    this.#swept ??= this.#sweep();
    return this.#swept;
  }

  async #sweep(): Promise<number> {
    const running = await this.#running();
    try {
      const family = await this.#family;
      return family === undefined ? 0 : (await sweep(family, this.#parts.processes)).left.length;
    } catch {
      // The machine does not tell its processes: then only the one that is held can be judged.
      return running?.hasExited === false ? 1 : 0;
    }
  }
}
