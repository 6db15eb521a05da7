import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';

/** The steps of stopping a program, from polite to final. */
export type StopStage = 'interrupt' | 'terminate' | 'kill';

/** How long each stage may take, in milliseconds. */
export interface StopTimes {
  readonly interrupt: number;
  readonly terminate: number;
  readonly kill: number;
}

/** Together below the five seconds within which a stopped program has to be gone. */
export const DEFAULT_STOP_TIMES: StopTimes = { interrupt: 1500, terminate: 2000, kill: 1000 };

export type LadderState =
  | { readonly at: 'ready' }
  | { readonly at: StopStage }
  /** The program has gone; what it left behind is being looked for. */
  | { readonly at: 'sweep' }
  | { readonly at: 'done' };

export type LadderEvent =
  /** The stop was asked for. A program that cannot listen any more is not interrupted first. */
  | { readonly type: 'start'; readonly from: StopStage }
  /** What was interrupted has come to rest: the program listens, and can be ended without loss. */
  | { readonly type: 'settled' }
  | { readonly type: 'exited' }
  | { readonly type: 'timeout' }
  | { readonly type: 'swept' };

type LadderAction =
  | { readonly do: StopStage; readonly within: number }
  | { readonly do: 'sweep' }
  | { readonly do: 'finish' }
  | { readonly do: 'nothing' };

/** The whole policy: what to do next. Pure, and never goes back a step. */
export function climb(
  state: LadderState,
  event: LadderEvent,
  times: StopTimes,
): { state: LadderState; action: LadderAction } {
  const enter = (stage: StopStage) => ({
    state: { at: stage } as const,
    action: { do: stage, within: times[stage] } as const,
  });
  const stay = { state, action: { do: 'nothing' } as const };
  const leave = { state: { at: 'sweep' } as const, action: { do: 'sweep' } as const };
  switch (state.at) {
    case 'ready':
      return event.type === 'start' ? enter(event.from) : event.type === 'exited' ? leave : stay;
    case 'interrupt':
      if (event.type === 'exited') {
        return leave;
      }
      return event.type === 'settled' || event.type === 'timeout' ? enter('terminate') : stay;
    case 'terminate':
      return event.type === 'exited' ? leave : event.type === 'timeout' ? enter('kill') : stay;
    // Whether or not the program reports its end, what it left behind is swept.
    case 'kill':
      return event.type === 'exited' || event.type === 'timeout' ? leave : stay;
    case 'sweep':
      return event.type === 'swept' ? { state: { at: 'done' }, action: { do: 'finish' } } : stay;
    case 'done':
      return stay;
  }
}

/** What the ladder does to the program. None of these may throw or reject: a step that fails is a step without effect. */
export interface StopEffects {
  /** Asks the program to stop what it does; resolves when it has come to rest. */
  interrupt(): Promise<void>;
  terminate(): void;
  kill(): Promise<void>;
  /** Ends what is left of its family; resolves with how many could not be ended. */
  sweep(): Promise<number>;
  readonly exited: Promise<unknown>;
}

export interface StopProgress {
  readonly stage: StopStage | 'sweep' | 'done';
  /** Milliseconds since the stop was asked for. */
  readonly elapsedMs: number;
}

interface StopOutcome {
  /** How far it had to go. */
  readonly stage: StopStage;
  readonly elapsedMs: number;
  /** Processes that could not be ended. */
  readonly leftOver: number;
}

interface StopOptions {
  readonly clock: Clock;
  readonly times?: StopTimes;
  readonly from?: StopStage;
  readonly onProgress?: (progress: StopProgress) => void;
}

/** Stops a program, stage by stage, and resolves when it and its family have gone. Never rejects. */
export function stopByLadder(effects: StopEffects, options: StopOptions): Promise<StopOutcome> {
  const { clock, times = DEFAULT_STOP_TIMES, from = 'interrupt', onProgress } = options;
  const startedAt = clock.now();
  const elapsed = (): number => clock.now() - startedAt;

  return new Promise(resolve => {
    let state: LadderState = { at: 'ready' };
    let reached: StopStage = from;
    let leftOver = 0;
    let timer: Disposable | undefined;

    const happen = (event: LadderEvent): void => {
      const next = climb(state, event, times);
      state = next.state;
      perform(next.action);
    };
    const perform = (action: LadderAction): void => {
      if (action.do === 'nothing') {
        return;
      }
      timer?.dispose();
      if (action.do === 'finish') {
        onProgress?.({ stage: 'done', elapsedMs: elapsed() });
        resolve({ stage: reached, elapsedMs: elapsed(), leftOver });
        return;
      }
      onProgress?.({ stage: action.do, elapsedMs: elapsed() });
      if (action.do === 'sweep') {
        void effects.sweep().then(left => {
          leftOver = left;
          happen({ type: 'swept' });
        });
        return;
      }
      reached = action.do;
      timer = clock.after(action.within, () => happen({ type: 'timeout' }));
      if (action.do === 'interrupt') {
        void effects.interrupt().then(() => happen({ type: 'settled' }));
      } else if (action.do === 'terminate') {
        effects.terminate();
      } else {
        void effects.kill();
      }
    };

    void effects.exited.then(() => happen({ type: 'exited' }));
    happen({ type: 'start', from });
  });
}
