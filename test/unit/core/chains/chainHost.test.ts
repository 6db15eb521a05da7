import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphStep } from '../../../../src/core/catalog/command.ts';
import type { ChainSnapshots } from '../../../../src/core/chains/chainHost.ts';
import type { ChainRun } from '../../../../src/core/chains/chainRun.ts';
import type { StepOutcome } from '../../../../src/core/chains/stepWork.ts';
import { ChainStage, FAILED, hanging, NO_USE, type Script, settle } from './chainStage.ts';
import { ada, createdChain, runStep } from './sampleChain.ts';

const done = (output: string | null = null): StepOutcome => ({ kind: 'succeeded', output, ...NO_USE });

function begin(stage: ChainStage, steps: readonly GraphStep[], given: Parameters<typeof createdChain>[1] = {}): string {
  return stage.chains.create(createdChain(steps, given).data).id;
}

describe('a host of chains', () => {
  it('takes a chain and works on it to its end', async () => {
    const stage = new ChainStage();
    stage.host('h1', ({ step }) => done(step.id));
    const run = await stage.untilOver(begin(stage, [runStep('a'), runStep('b', ['a'])]));
    expect(run.status.state).toBe('succeeded');
    expect(stage.begun).toEqual(['a 1', 'b 1']);
    expect(stage.swept).toEqual([]);
  });

  it('leaves a chain to the host that it is reserved for, as long as that one lives', async () => {
    const stage = new ChainStage();
    stage.living.add('h2');
    stage.host('h1', () => done());
    const id = begin(stage, [runStep('a')], { reservedFor: 'h2' });
    await settle();
    expect(stage.chains.get(id).status.state).toBe('queued');
    stage.living.delete('h2');
    expect((await stage.untilOver(id)).status.state).toBe('succeeded');
  });

  it('takes nothing that is not reserved for it when it was started for one chain', async () => {
    const stage = new ChainStage();
    stage.host('h1', () => done(), { ownOnly: true });
    const other = begin(stage, [runStep('a')]);
    const own = begin(stage, [runStep('b')], { reservedFor: 'h1' });
    await stage.untilOver(own);
    expect(stage.chains.get(other).status.state).toBe('queued');
  });

  it('goes on with a chain that it adopts, and those of its steps, when it was started for one chain', async () => {
    const stage = new ChainStage();
    const first = stage.host('h1', hanging);
    const outer = begin(stage, [runStep('a')]);
    const inner = begin(stage, [runStep('b')], { parent: { chainId: outer, stepId: 'a' }, reservedFor: 'h1' });
    const other = begin(stage, [runStep('c')]);
    await settle();
    stage.kill(first, 'h1');
    const second = stage.host('h2', () => done(), { ownOnly: true });
    await settle();
    expect(stage.chains.get(outer).status).toMatchObject({ state: 'running', owner: { hostId: 'h1' } });
    second.adopt(outer);
    expect((await stage.untilOver(outer)).status.state).toBe('succeeded');
    expect((await stage.untilOver(inner)).status.state).toBe('succeeded');
    expect(stage.chains.get(other).status).toMatchObject({ state: 'running', owner: { hostId: 'h1' } });
  });

  it('adopts no chain whose program lives', async () => {
    const stage = new ChainStage();
    stage.host('h1', hanging);
    const id = begin(stage, [runStep('a')]);
    await settle();
    stage.host('h2', () => done(), { ownOnly: true }).adopt(id);
    await settle();
    expect(stage.chains.get(id).status).toMatchObject({ state: 'running', owner: { hostId: 'h1' } });
  });

  it('ends left-over programs first, then begins the running step anew and no other', async () => {
    const stage = new ChainStage();
    const first = stage.host('h1', work => (work.step.id === 'b' ? hanging(work) : done()));
    const id = begin(stage, [runStep('a'), runStep('b', ['a']), runStep('c', ['b'])]);
    await settle();
    stage.kill(first, 'h1');
    stage.host('h2', () => done());
    const run = await stage.untilOver(id);
    expect(run.status.state).toBe('succeeded');
    expect(stage.swept).toEqual([id]);
    expect(stage.begun).toEqual(['a 1', 'b 1', 'b 1', 'c 1']);
  });

  it('tells the next owner what a step waits for', async () => {
    const stage = new ChainStage();
    const first = stage.host('h1', work => {
      work.pursue({ taskId: 'task-1' });
      return hanging(work);
    });
    const prompt: GraphStep = { id: 'think', needs: [], prompt: 'Think.' };
    const id = begin(stage, [prompt]);
    await settle();
    stage.kill(first, 'h1');
    stage.host('h2', ({ pursued }) => done(pursued.taskId ?? null));
    const run = await stage.untilOver(id);
    expect(run.steps['think']).toMatchObject({ state: 'succeeded', output: 'task-1', taskIds: ['task-1'] });
  });

  it('stops every step before the chain has stopped', async () => {
    const stage = new ChainStage();
    stage.host('h1', hanging);
    const id = begin(stage, [runStep('a'), runStep('b')]);
    await settle();
    stage.chains.stop(id, ada);
    const run = await stage.untilOver(id);
    expect(run.status).toMatchObject({ state: 'stopped', by: ada });
    expect(Object.values(run.steps).map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  });

  it('stops a chain at once that nobody works on', () => {
    const stage = new ChainStage();
    const id = begin(stage, [runStep('a')]);
    stage.chains.stop(id, ada);
    expect(stage.chains.get(id).status.state).toBe('stopped');
  });

  it('ends an attempt whose time is over, and tries again', async () => {
    const stage = new ChainStage();
    stage.host('h1', work => (work.attempt === 1 ? hanging(work) : done('late')));
    const step = runStep('a', [], { timeout: '5s', retry: { attempts: 2, delay: '1s' } });
    const run = await stage.untilOver(begin(stage, [step]));
    expect(run.steps['a']).toMatchObject({ state: 'succeeded', output: 'late' });
    expect(stage.begun).toEqual(['a 1', 'a 2']);
  });

  it('does not try again what cannot get better', async () => {
    const stage = new ChainStage();
    stage.host('h1', () => {
      throw new Error('There is no such thing.');
    });
    const run = await stage.untilOver(begin(stage, [runStep('a', [], { retry: { attempts: 5 } })]));
    expect(run.status).toMatchObject({ state: 'failed', failure: { reason: 'stepFailed' } });
    expect(stage.begun).toEqual(['a 1']);
  });

  it('stops the chain when what runs now has used up its money', async () => {
    const stage = new ChainStage();
    stage.host('h1', async work => {
      work.spend({ costUsd: 2, turns: 1 });
      await hanging(work);
      return { kind: 'stopped', costUsd: 2, turns: 1 };
    });
    const run = await stage.untilOver(begin(stage, [runStep('a')], { limits: { usd: 2 } }));
    expect(run.status).toMatchObject({ state: 'failed', failure: { reason: 'overLimit' } });
    expect(run.costUsd).toBe(2);
  });

  it('stops the followers of a step that is run again while they work, and begins them anew', async () => {
    const stage = new ChainStage();
    let hasHung = false;
    stage.host('h1', work => {
      if (work.step.id === 'b' && !hasHung) {
        hasHung = true;
        return hanging(work);
      }
      return done();
    });
    const id = begin(stage, [runStep('a'), runStep('b', ['a'])]);
    await settle();
    stage.clock.advance(1);
    stage.chains.runAgain(id, 'a', ada);
    const run = await stage.untilOver(id);
    expect(run.status.state).toBe('succeeded');
    expect(stage.begun).toEqual(['a 1', 'b 1', 'a 1', 'b 1']);
  });

  it('refuses to run a step again that has not ended', async () => {
    const stage = new ChainStage();
    stage.host('h1', hanging);
    const id = begin(stage, [runStep('a')]);
    await settle();
    expect(() => stage.chains.runAgain(id, 'a', ada)).toThrow(expect.objectContaining({ reason: 'notPossibleNow' }));
    expect(() => stage.chains.runAgain(id, 'b', ada)).toThrow(expect.objectContaining({ reason: 'unknownStep' }));
    expect(() => stage.chains.runAgain('none', 'a', ada)).toThrow(expect.objectContaining({ reason: 'unknownChain' }));
  });

  it('does not run a command without the snapshot that it requires', async () => {
    const stage = new ChainStage();
    const failure = { family: 'task', reason: 'noSnapshot', message: 'There is none.' };
    stage.host('h1', () => done(), { snapshots: { take: async () => failure } });
    const { command } = createdChain([runStep('a')]).data;
    const strict = begin(stage, [], { command: { ...command, requiresSnapshot: true } });
    expect((await stage.untilOver(strict)).status).toMatchObject({ state: 'failed', failure });
    expect(stage.begun).toEqual([]);
    expect((await stage.untilOver(begin(stage, [], { command }))).status.state).toBe('succeeded');
  });

  it('takes snapshots around a chain that another one started only when its command requires them', async () => {
    const stage = new ChainStage();
    const taken: string[] = [];
    const take: ChainSnapshots['take'] = async ({ id }, moment) => void taken.push(`${moment} ${id}`);
    stage.host('h1', () => done(), { snapshots: { take } });
    const parent = { chainId: 'outer', stepId: 'a' };
    const { command } = createdChain([runStep('a')]).data;
    await stage.untilOver(begin(stage, [], { command, parent }));
    await settle();
    expect(taken).toEqual([]);
    const strict = begin(stage, [], { command: { ...command, requiresSnapshot: true }, parent });
    await stage.untilOver(strict);
    await settle();
    expect(taken).toEqual([`before ${strict}`, `after ${strict}`]);
  });

  it('does not run a command without the snapshot that it requires when another chain started it', async () => {
    const stage = new ChainStage();
    const failure = { family: 'task', reason: 'noSnapshot', message: 'There is none.' };
    stage.host('h1', () => done(), { snapshots: { take: async () => failure } });
    const { command } = createdChain([runStep('a')]).data;
    const parent = { chainId: 'outer', stepId: 'a' };
    const strict = begin(stage, [], { command: { ...command, requiresSnapshot: true }, parent });
    expect((await stage.untilOver(strict)).status).toMatchObject({ state: 'failed', failure });
    expect(stage.begun).toEqual([]);
  });

  it('takes the snapshot that the owner before it died over, and none in the midst of the steps', async () => {
    const stage = new ChainStage();
    const taken: string[] = [];
    const dying = stage.host('h1', () => done(), { snapshots: { take: () => new Promise(() => undefined) } });
    const { command } = createdChain([runStep('a'), runStep('b', ['a'])]).data;
    const id = begin(stage, [], { command: { ...command, requiresSnapshot: true } });
    await settle();
    expect(stage.chains.get(id).status.state).toBe('running');
    stage.kill(dying, 'h1');
    const take: ChainSnapshots['take'] = async (_run, moment) => {
      taken.push(moment);
      return undefined;
    };
    const second = stage.host('h2', hanging, { snapshots: { take } });
    await settle();
    expect([taken, stage.begun]).toEqual([['before'], ['a 1']]);
    stage.kill(second, 'h2');
    stage.host('h3', () => done(), { snapshots: { take } });
    await stage.untilOver(id);
    await settle();
    expect(taken).toEqual(['before', 'after']);
  });
});

interface Plan {
  readonly needs: readonly number[];
  readonly failures: number;
  readonly attempts: number;
  readonly onFailure: 'continue' | 'stop' | 'recover';
  readonly items: number;
}

const anyPlans = fc.array(
  fc.record<Plan>({
    needs: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
    failures: fc.constantFrom(0, 0, 0, 1, 2, 9),
    attempts: fc.constantFrom(1, 2, 3),
    onFailure: fc.constantFrom('continue', 'continue', 'stop', 'recover'),
    items: fc.constantFrom(0, 0, 0, 3),
  }),
  { minLength: 1, maxLength: 12 },
);

function stepsOfPlans(plans: readonly Plan[]): readonly GraphStep[] {
  return plans.flatMap(({ needs, attempts, onFailure, items }, index) => {
    const before = [...new Set(needs.map(back => index - back).filter(at => at >= 0))].map(at => `s${at}`);
    const recovery = `r${index}`;
    const step = runStep(`s${index}`, before, {
      ...(attempts > 1 ? { retry: { attempts, delay: '1s' } } : {}),
      ...(onFailure === 'stop' ? {} : { onFailure: onFailure === 'recover' ? { step: recovery } : onFailure }),
      ...(items > 0 ? { foreach: Array.from({ length: items }, (_, item) => item) } : {}),
    });
    return onFailure === 'recover' ? [step, runStep(recovery, [`s${index}`])] : [step];
  });
}

/** What an attempt gives follows from the step and its number alone. Every other one takes its time. */
function scriptOf(plans: readonly Plan[], clock: ChainStage['clock']): Script {
  return async ({ step, attempt, item, closing, signal }) => {
    const plan = plans[Number(step.id.slice(1))];
    await new Promise<void>(resolve => {
      const timer = clock.after(300 + 70 * ((item ?? 0) + attempt), resolve);
      for (const abort of [closing, signal]) {
        abort.addEventListener('abort', () => {
          timer.dispose();
          resolve();
        });
      }
    });
    if (closing.aborted || signal.aborted) {
      return { kind: 'stopped', ...NO_USE };
    }
    const fails = step.id.startsWith('s') && plan !== undefined && attempt <= plan.failures;
    return fails ? FAILED : done(`${step.id} ${item ?? ''} ${attempt}`);
  };
}

function ends(run: ChainRun): unknown {
  const steps = Object.entries(run.steps).map(([id, status]) => [
    id,
    status.state,
    status.state === 'succeeded' ? status.output : null,
  ]);
  return { status: run.status.state, steps };
}

describe('a chain whose owners die', () => {
  it('ends as one that nothing happened to, and repeats only what was running', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlans, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }), async (plans, deaths) => {
        // What is cut off beside a fatal failure depends on the moment; everything else must not.
        const steady = plans.map(
          plan => ({ ...plan, onFailure: plan.onFailure === 'stop' ? 'continue' : plan.onFailure }) as Plan,
        );
        const steps = stepsOfPlans(steady);
        const calm = new ChainStage();
        calm.host('h', scriptOf(steady, calm.clock));
        const expected = await calm.untilOver(begin(calm, steps));

        const stage = new ChainStage();
        const id = begin(stage, steps);
        let number = 0;
        let host = stage.host(`h${number}`, scriptOf(steady, stage.clock));
        for (const moments of deaths) {
          for (let moment = 0; moment < moments; moment++) {
            await settle();
            stage.clock.advance(250);
          }
          stage.kill(host, `h${number}`);
          number += 1;
          const before = stage.chains.get(id);
          const begunBefore = stage.begun.length;
          host = stage.host(`h${number}`, scriptOf(steady, stage.clock));
          await settle();
          for (const begun of stage.begun.slice(begunBefore)) {
            const status = before.steps[begun.split(/[ []/)[0] ?? ''];
            expect(status?.state === 'succeeded' || status?.state === 'failed').toBe(false);
          }
        }
        expect(ends(await stage.untilOver(id))).toEqual(ends(expected));
      }),
      { numRuns: 40 },
    );
  });

  it('always comes to an end, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlans, async plans => {
        const stage = new ChainStage();
        stage.host('h', scriptOf(plans, stage.clock));
        const run = await stage.untilOver(begin(stage, stepsOfPlans(plans)));
        const isRunning = Object.values(run.steps).some(({ state }) => state === 'running' || state === 'retrying');
        expect(isRunning).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
