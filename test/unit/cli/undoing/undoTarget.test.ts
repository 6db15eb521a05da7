import { describe, expect, it } from 'vitest';
import { GivenArguments } from '../../../../src/cli/givenArguments.ts';
import { undoTarget } from '../../../../src/cli/undoing/undoTarget.ts';
import { createdChain, leased, runStep } from '../../core/chains/sampleChain.ts';
import { PanelFixture } from '../panelFixture.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');

function stage() {
  const panel = new PanelFixture();
  const task = panel.addTask('One');
  panel.log.append([{ subject: 'chain1', facts: [createdChain([runStep('a')]), leased] }]);
  const target = (operands: readonly string[], options: Readonly<Record<string, string | true>> = {}) =>
    undoTarget(
      panel.services,
      new GivenArguments(operands, new Map(Object.entries(options).map(([name, value]) => [name, [value]]))),
      NOW,
    );
  return { task, target };
}

describe('undoTarget', () => {
  it('is a task, its last run, a chain, or all since a time', () => {
    const { task, target } = stage();
    expect(target([task.id])).toEqual({ kind: 'task', id: task.id });
    expect(target([task.id], { fork: 'Again.' })).toEqual({ kind: 'task', id: task.id, runs: 'last' });
    expect(target(['ch'])).toEqual({ kind: 'chain', id: 'chain1' });
    expect(target([], { since: '2h' })).toEqual({ kind: 'since', at: NOW - 7_200_000 });
  });

  it('takes nothing that it would leave out of account', () => {
    const { task, target } = stage();
    const refused = expect.objectContaining({ reason: 'optionDoesNotFit' });
    expect(() => target(['chain1'], { fork: 'Again.' })).toThrow(refused);
    expect(() => target(['chain1'], { 'last-run': true })).toThrow(refused);
    expect(() => target([], { since: '2h', fork: 'Again.' })).toThrow(refused);
    expect(() => target([task.id], { since: '2h' })).toThrow(refused);
  });

  it('names what it does not know', () => {
    const { target } = stage();
    expect(() => target(['zz'])).toThrow(expect.objectContaining({ reason: 'unknownId' }));
    expect(() => target([], { since: 'yesterday' })).toThrow(expect.objectContaining({ reason: 'badValue' }));
  });
});
