import { describe, expect, it } from 'vitest';
import { unlessAborted } from '../../../../src/vscode/commands/unlessAborted.ts';

describe('work that a person may cancel', () => {
  it('gives what it comes to, or how it failed', async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(signal, async () => 'done')).toBe('done');
    await expect(unlessAborted(signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('gives nothing once it was cancelled, whether it ends or fails then', async () => {
    for (const isHeeded of [true, false]) {
      const controller = new AbortController();
      const result = unlessAborted(controller.signal, async signal => {
        controller.abort();
        if (isHeeded) {
          signal.throwIfAborted();
        }
        return 'done';
      });
      expect(await result).toBeUndefined();
    }
  });
});
