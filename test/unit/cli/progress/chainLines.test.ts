import { describe, expect, it } from 'vitest';
import { type ChainEvent, ChainLines } from '../../../../src/cli/progress/chainLines.ts';
import { chainSummary } from '../../../../src/cli/progress/chainSummary.ts';
import type { ChainFact } from '../../../../src/core/chains/chainFact.ts';
import {
  chainAfter,
  createdChain,
  failure,
  runStep,
  stepFailed,
  stepStarted,
  stepSucceeded,
} from '../../core/chains/sampleChain.ts';

function linesOf(facts: readonly ChainFact[]): readonly string[] {
  const lines = new ChainLines((_colour, text) => text);
  return facts.flatMap((fact, second) =>
    lines
      .lines({ ...fact, subject: 'chain-1', time: new Date(second * 1000).toISOString() } as unknown as ChainEvent)
      .map(({ text, attention }) => (attention ? `! ${text}` : text)),
  );
}

describe('a chain as lines', () => {
  it('has a line for each beginning and end of a step, with its title, time and cost', () => {
    const step = runStep('build', [], { title: 'Build \u202eit' });
    expect(linesOf([createdChain([step]), stepStarted('build'), stepSucceeded('build', null, 0.5)])).toEqual([
      'Sample  user:sample · /work/app',
      '▸ Build ⟨U+202E⟩it',
      '✓ Build ⟨U+202E⟩it  1.0 s · $0.5000',
    ]);
  });

  it('tells at once what a person should know', () => {
    const { data } = { data: { stepId: 'build', attempt: 2, nextAt: 4000, failure, costUsd: 0, turns: 0 } };
    expect(
      linesOf([
        createdChain([runStep('build')]),
        stepStarted('build'),
        { type: 'claude-panel.chain.stepRetrying', data },
        stepStarted('build', 2),
        stepFailed('build'),
      ]).slice(2),
    ).toEqual(['! ↻ build: It broke. Attempt 2 in 2.0 s.', '▸ build  attempt 2', '! ✗ build  1.0 s', '!   It broke.']);
  });

  it('counts the items of a list from one', () => {
    expect(
      linesOf([
        createdChain([runStep('each')]),
        { type: 'claude-panel.chain.stepExpanded', data: { stepId: 'each', items: ['a', 'b'] } },
        stepStarted('each', 1, 1),
      ]).slice(1),
    ).toEqual(['▸ each  2 items', '▸ each [2]']);
  });

  it('says nothing about an event that a newer version wrote', () => {
    expect(linesOf([{ type: 'claude-panel.chain.dreamt', data: {} } as unknown as ChainFact])).toEqual([]);
  });

  it('ends with a summary', () => {
    const run = chainAfter([runStep('a'), runStep('b')], [stepStarted('a'), stepSucceeded('a', null, 1.5)]);
    expect(chainSummary(run)).toBe('Running after 1.0 s of work · $1.50 · 1 of 2 steps.');
  });
});
