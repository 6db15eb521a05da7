import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  climb,
  DEFAULT_STOP_TIMES,
  type LadderEvent,
  type LadderState,
  type StopEffects,
  type StopProgress,
  type StopStage,
  stopByLadder,
} from '../../../../src/core/process/stopLadder.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';

const RANK = { ready: 0, interrupt: 1, terminate: 2, kill: 3, sweep: 4, done: 5 };

const anyEvent: fc.Arbitrary<LadderEvent> = fc.oneof(
  fc.record({
    type: fc.constant('start' as const),
    from: fc.constantFrom<StopStage>('interrupt', 'terminate', 'kill'),
  }),
  fc.constantFrom<LadderEvent>({ type: 'settled' }, { type: 'exited' }, { type: 'timeout' }, { type: 'swept' }),
);

/** A program that reacts after given times, or never. */
interface Temper {
  readonly settlesAfter: number | undefined;
  readonly endsAfterTerminate: number | undefined;
  readonly endsAfterKill: number | undefined;
  readonly endsByItself: number | undefined;
}

function program(temper: Temper, clock: ManualClock, done: string[]): StopEffects {
  const { promise: exited, resolve } = Promise.withResolvers<void>();
  const in_ = (delay: number | undefined, then: () => void): void => {
    if (delay !== undefined) {
      clock.after(delay, then);
    }
  };
  in_(temper.endsByItself, resolve);
  return {
    exited,
    interrupt: () =>
      new Promise(settle => {
        done.push('interrupt');
        in_(temper.settlesAfter, settle);
      }),
    terminate: () => {
      done.push('terminate');
      in_(temper.endsAfterTerminate, resolve);
    },
    kill: async () => {
      done.push('kill');
      in_(temper.endsAfterKill, resolve);
    },
    sweep: async () => {
      done.push('sweep');
      return 0;
    },
  };
}

async function run(temper: Temper, from: StopStage = 'interrupt') {
  const clock = new ManualClock();
  const done: string[] = [];
  const progress: StopProgress[] = [];
  let finished = false;
  const stopped = stopByLadder(program(temper, clock, done), {
    clock,
    from,
    onProgress: step => progress.push(step),
  }).then(outcome => {
    finished = true;
    return outcome;
  });
  for (let turn = 0; turn < 200 && !finished; turn++) {
    await new Promise(setImmediate);
    clock.advance(Math.min(clock.nextIn ?? 0, 100));
  }
  return { outcome: await stopped, done, progress };
}

const NEVER: Temper = {
  settlesAfter: undefined,
  endsAfterTerminate: undefined,
  endsAfterKill: undefined,
  endsByItself: undefined,
};

describe('climb', () => {
  it('never goes back a step, and does nothing once it is done', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), events => {
        let state: LadderState = { at: 'ready' };
        for (const event of events) {
          const next = climb(state, event, DEFAULT_STOP_TIMES);
          expect(RANK[next.state.at]).toBeGreaterThanOrEqual(RANK[state.at]);
          if (state.at === 'done') {
            expect(next.action).toEqual({ do: 'nothing' });
          }
          state = next.state;
        }
      }),
    );
  });

  it('reaches the kill by timeouts alone, and always sweeps before it finishes', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), events => {
        let state: LadderState = climb({ at: 'ready' }, { type: 'start', from: 'interrupt' }, DEFAULT_STOP_TIMES).state;
        const actions: string[] = [];
        const rest: LadderEvent[] = Array.from({ length: 4 }, () => ({ type: 'timeout' }));
        for (const event of [...events, ...rest, { type: 'swept' } as const]) {
          const next = climb(state, event, DEFAULT_STOP_TIMES);
          state = next.state;
          actions.push(next.action.do);
        }
        expect(state.at).toBe('done');
        expect(actions.filter(action => action === 'sweep')).toHaveLength(1);
        expect(actions.indexOf('sweep')).toBeLessThan(actions.indexOf('finish'));
      }),
    );
  });

  it('takes less than five seconds with the default times', () => {
    const { interrupt, terminate, kill } = DEFAULT_STOP_TIMES;
    expect(interrupt + terminate + kill).toBeLessThan(5000);
  });
});

describe('stopByLadder', () => {
  it('terminates as soon as the interrupted program has come to rest', async () => {
    const { outcome, done, progress } = await run({ ...NEVER, settlesAfter: 20, endsAfterTerminate: 30 });
    expect(done).toEqual(['interrupt', 'terminate', 'sweep']);
    expect(outcome).toEqual({ stage: 'terminate', elapsedMs: 50, leftOver: 0 });
    expect(progress).toEqual([
      { stage: 'interrupt', elapsedMs: 0 },
      { stage: 'terminate', elapsedMs: 20 },
      { stage: 'sweep', elapsedMs: 50 },
      { stage: 'done', elapsedMs: 50 },
    ]);
  });

  it('terminates a program that does not come to rest, after its time', async () => {
    const { outcome, done } = await run({ ...NEVER, endsAfterTerminate: 10 });
    expect(done).toEqual(['interrupt', 'terminate', 'sweep']);
    expect(outcome.elapsedMs).toBe(1510);
  });

  it('kills a program that does not end when told to, and sweeps even when its end is never reported', async () => {
    const { outcome, done } = await run(NEVER);
    expect(done).toEqual(['interrupt', 'terminate', 'kill', 'sweep']);
    expect(outcome).toEqual({ stage: 'kill', elapsedMs: 4500, leftOver: 0 });
  });

  it('skips the interrupt when it starts higher', async () => {
    const { done } = await run({ ...NEVER, endsAfterKill: 5 }, 'kill');
    expect(done).toEqual(['kill', 'sweep']);
  });

  it('only sweeps when the program ends by itself meanwhile', async () => {
    const { outcome, done } = await run({ ...NEVER, endsByItself: 40 });
    expect(done).toEqual(['interrupt', 'sweep']);
    expect(outcome.stage).toBe('interrupt');
  });

  it('ends in every case within the sum of its times, with each step done at most once and in order', async () => {
    const delay = fc.option(fc.integer({ min: 0, max: 6000 }), { nil: undefined });
    const temper = fc.record({
      settlesAfter: delay,
      endsAfterTerminate: delay,
      endsAfterKill: delay,
      endsByItself: delay,
    });
    await fc.assert(
      fc.asyncProperty(temper, fc.constantFrom<StopStage>('interrupt', 'terminate', 'kill'), async (given, from) => {
        const { outcome, done } = await run(given, from);
        expect(outcome.elapsedMs).toBeLessThanOrEqual(4500);
        expect(done.at(-1)).toBe('sweep');
        const ranks = done.map(step => RANK[step as keyof typeof RANK]);
        expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });
});
