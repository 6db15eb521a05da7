import { describe, expect, it } from 'vitest';
import { OpenPanels } from '../../../src/cli/leaving.ts';

describe('OpenPanels', () => {
  it('sets the tasks of every panel aside once, also when one of them fails', async () => {
    const panels = new OpenPanels();
    let suspended = 0;
    panels.add({
      suspend: () => {
        throw new Error('the disk is full');
      },
    });
    panels.add({
      suspend: async () => {
        suspended += 1;
      },
    });
    await Promise.all([panels.leave(), panels.leave()]);
    expect(suspended).toBe(1);
  });
});
