import { describe, expect, it } from 'vitest';
import { isNodeNewEnough, oldNodeMessage } from '../../../src/cli/nodeVersion.ts';

describe('isNodeNewEnough', () => {
  it.each([
    ['22.12.0', true],
    ['22.22.1', true],
    ['24.0.0', true],
    ['22.11.9', false],
    ['20.19.5', false],
    ['18.0.0', false],
  ])('%s: %s', (version, expected) => {
    expect(isNodeNewEnough(version)).toBe(expected);
  });
});

describe('oldNodeMessage', () => {
  it('says what is there, what is needed, where to get it, and that VS Code brings one', () => {
    const message = oldNodeMessage('20.1.0', '/x/cli.js');
    for (const part of ['20.1.0', '22.12', 'https://nodejs.org', 'ELECTRON_RUN_AS_NODE=1', '/x/cli.js']) {
      expect(message).toContain(part);
    }
  });
});
