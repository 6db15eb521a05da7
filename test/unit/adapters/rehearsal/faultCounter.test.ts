import { describe, expect, it } from 'vitest';
import { FaultCounter } from '../../../../src/adapters/rehearsal/faultCounter.ts';
import { parsePromptScript } from '../../../../src/adapters/rehearsal/scenario.ts';
import type { Round } from '../../../../src/adapters/rehearsal/scenarioModel.ts';

function roundOf(script: string): Round {
  const [round] = parsePromptScript(script);
  if (round === undefined) {
    throw new Error('The script has no round.');
  }
  return round;
}

describe('faults', () => {
  it('happen as often as the scenario says, the first ones first', () => {
    const faults = new FaultCounter();
    const round = roundOf('- error: { status: 429, times: 2 }\n- cut: 1\n- text: fine\n');
    const kinds = [1, 2, 3, 4, 5].map(() => faults.take('here', round)?.kind);
    expect(kinds).toEqual(['error', 'error', 'cut', undefined, undefined]);
  });

  it('are counted for each place by itself', () => {
    const faults = new FaultCounter();
    const round = roundOf('- cut: 1\n- text: fine\n');
    expect(faults.take('here', round)?.kind).toBe('cut');
    expect(faults.take('there', round)?.kind).toBe('cut');
    expect(faults.take('here', round)).toBeUndefined();
  });

  it('that have no number happen each time', () => {
    const faults = new FaultCounter();
    const round = roundOf('- error: 500\n');
    expect([1, 2, 3].map(() => faults.take('here', round)?.kind)).toEqual(['error', 'error', 'error']);
  });
});
