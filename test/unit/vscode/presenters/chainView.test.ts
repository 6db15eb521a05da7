import { describe, expect, it } from 'vitest';
import type { GraphStep } from '../../../../src/core/catalog/command.ts';
import type { ChainFact } from '../../../../src/core/chains/chainFact.ts';
import { reduceChain } from '../../../../src/core/chains/chainReducer.ts';
import type { ChainRun } from '../../../../src/core/chains/chainRun.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { chainDetailSchema, chainSummarySchema } from '../../../../src/protocol/chainView.ts';
import { doingOf, presentChainDetail } from '../../../../src/vscode/presenters/chainDetail.ts';
import { type ChainSurroundings, presentChain } from '../../../../src/vscode/presenters/chainSummary.ts';
import { createdChain, failure, leased, runStep, stepStarted, stepSucceeded } from '../../core/chains/sampleChain.ts';

const NOTHING: ChainSurroundings = { taskOf: () => undefined, hostId: 'host-1' };
const gate = { id: 'gate', needs: ['a'], approve: 'Go on?' } as GraphStep;
const prompt = { id: 'write', title: 'Write\u202eit', needs: ['gate'], prompt: 'Write it' } as GraphStep;

function folded(steps: readonly GraphStep[], ...facts: readonly ChainFact[]): ChainRun {
  let at = 1000;
  const run = [createdChain(steps), ...facts].reduce<ChainRun | undefined>(
    (each, fact) => reduceChain(each, 'c', fact, at++),
    undefined,
  );
  if (run === undefined) {
    throw new Error('no chain');
  }
  return run;
}

const asked = (approvalId: string): ChainFact => ({
  type: 'claude-panel.chain.stepAsked',
  data: { stepId: 'gate', approvalId },
});
const withTask: ChainFact = { type: 'claude-panel.chain.stepTask', data: { stepId: 'write', taskId: 't' } };

describe('a chain for views', () => {
  it('counts steps, names what runs, and says how it ended', () => {
    const run = folded([runStep('a'), runStep('b')], leased, stepStarted('a'), stepSucceeded('a'), stepStarted('b'));
    const shown = presentChain(run, NOTHING);
    expect(chainSummarySchema.parse(shown)).toMatchObject({
      state: 'running',
      activity: 'b',
      stepsDone: 1,
      stepsTotal: 2,
      pendingApprovals: 0,
      stopping: false,
    });
    const failed = folded([runStep('a')], leased, { type: 'claude-panel.chain.failed', data: { failure } });
    expect(presentChain(failed, NOTHING)).toMatchObject({ state: 'failed', failure: { message: 'It broke.' } });
  });

  it('does not count a step that was stopped as done', () => {
    const by = { surface: 'panel', name: 'ada', hostId: 'h' } as const;
    const stopped = folded([runStep('a')], leased, stepStarted('a'), {
      type: 'claude-panel.chain.stopped',
      data: { by },
    });
    expect(presentChain(stopped, NOTHING)).toMatchObject({ state: 'stopped', stepsDone: 0, stepsTotal: 1 });
  });

  it('waits for the person at a gate, and when a task of it asks', () => {
    const atGate = folded(
      [runStep('a'), gate],
      leased,
      stepStarted('a'),
      stepSucceeded('a'),
      stepStarted('gate'),
      asked('x'),
    );
    expect(presentChain(atGate, NOTHING)).toMatchObject({ activity: 'Waits for you', pendingApprovals: 1 });
    expect(presentChainDetail(atGate, NOTHING).steps.map(({ state }) => state)).toEqual(['succeeded', 'asking']);
    const working = folded([{ ...prompt, needs: [] }], leased, stepStarted('write'), withTask);
    const asks = { pendingApprovals: ['y'], costUsd: 0.25, activity: 'Waits for you' } as unknown as Task;
    const surroundings = { ...NOTHING, taskOf: () => asks };
    expect(presentChain(working, surroundings)).toMatchObject({ pendingApprovals: 1, costUsd: 0.25, taskIds: ['t'] });
    expect(presentChainDetail(working, surroundings).steps[0]).toMatchObject({ state: 'asking', costUsd: 0.25 });
  });

  it('marks what another program runs', () => {
    const run = folded([runStep('a')], leased);
    expect(presentChain(run, { ...NOTHING, hostId: 'other' }).ownedElsewhere).toBe('VS Code window (pid 4321)');
    expect(presentChain(run, NOTHING).ownedElsewhere).toBeUndefined();
  });

  it('shows the chosen step in full, with hidden characters made visible and long output cut', () => {
    const long = `${'x'.repeat(30_000)}\u202e`;
    const run = folded([runStep('a'), prompt], leased, stepStarted('a'), stepSucceeded('a', long));
    const detail = chainDetailSchema.parse(presentChainDetail(run, NOTHING, { stepId: 'a', chains: [] }));
    expect(detail.chosen).toMatchObject({ stepId: 'a', outputIsCut: true });
    expect(detail.chosen?.output?.length).toBeLessThan(21_000);
    expect(detail.steps[1]?.title).toBe('Write⟨U+202E⟩it');
    expect(detail.steps.map(({ canRunAgain }) => canRunAgain)).toEqual([true, false]);
  });

  it('draws a recovery after the step that it is for', () => {
    const steps = [runStep('a', [], { onFailure: { step: 'mend' } }), runStep('mend')];
    const run = folded(steps, leased, stepStarted('a'), {
      type: 'claude-panel.chain.stepFailed',
      data: { stepId: 'a', failure, costUsd: 0, turns: 0 },
    });
    const shown = presentChainDetail(run, NOTHING, { stepId: 'a', chains: [] });
    expect(shown.steps.map(({ needs }) => needs)).toEqual([[], ['a']]);
    expect(shown.chosen?.failure?.message).toBe('It broke.');
    expect(shown.steps[0]?.note).toBe('It broke.');
  });

  it('tells arguments with spaces from two arguments', () => {
    const typed = (...run: string[]): string => doingOf(runStep('a', [], { run } as Partial<GraphStep>));
    expect(typed('git', 'commit', '-m', "it's done")).toBe('git commit -m "it\'s done"');
    expect(typed('echo', '$HOME "a"')).toBe('echo \'$HOME "a"\'');
    expect(typed('echo', `'"`)).toBe(`echo ''\\''"'`);
  });
});
