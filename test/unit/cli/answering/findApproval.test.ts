import { describe, expect, it } from 'vitest';
import { findApproval } from '../../../../src/cli/answering/findApproval.ts';
import { gateApproval } from '../../../../src/core/approvals/gateApproval.ts';
import { createdChain } from '../../core/chains/sampleChain.ts';
import { PanelFixture } from '../panelFixture.ts';

function withGates(...ids: readonly string[]): PanelFixture {
  const panel = new PanelFixture();
  panel.services.chains.create(createdChain([]).data, 'chain-abc');
  for (const id of ids) {
    const gate = { id, chainId: 'chain-abc', stepId: id, title: 'Release', folder: '/work', message: 'Sure?', now: 0 };
    const approval = gateApproval(gate);
    panel.log.append([{ subject: id, facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] }]);
  }
  return panel;
}

describe('the approval that an id means', () => {
  it('is the only open gate of a chain', () => {
    expect(findApproval(withGates('gate-1').log, 'chain-a').id).toBe('gate-1');
  });

  it('has to be named when a chain has two of them open', () => {
    expect(() => findApproval(withGates('gate-1', 'gate-2').log, 'chain-abc')).toThrow(
      expect.objectContaining({ reason: 'ambiguousId' }),
    );
  });

  it('is none of a chain that asks nothing', () => {
    expect(() => findApproval(withGates().log, 'chain-abc')).toThrow(expect.objectContaining({ reason: 'unknownId' }));
  });
});
