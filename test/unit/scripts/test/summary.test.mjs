import { describe, expect, it } from 'vitest';
import { failedOutcome, skippedOutcome } from '../../../../scripts/test/runSuite.mjs';
import { summary } from '../../../../scripts/test/summary.mjs';

const passing = { ...skippedOutcome('unit', ''), passed: 12, skipped: 2, milliseconds: 1234 };

describe('summary', () => {
  it('closes with the sums of every suite in one line', () => {
    const text = summary([
      passing,
      skippedOutcome('e2e', 'no browser'),
      failedOutcome('lint', 'ended with exit code 1'),
    ]);
    expect(text.split('\n').at(-1)).toBe('12 passed, 1 failed, 3 skipped');
  });

  it('shows why a suite was skipped', () => {
    expect(summary([skippedOutcome('e2e', 'no browser')])).toMatch(/^e2e .* no browser$/m);
  });

  it('lists why tests were skipped', () => {
    expect(summary([{ ...passing, skips: ['2 tests: no sandbox'] }])).toContain(
      'skipped:\n  unit, 2 tests: no sandbox\n',
    );
    expect(summary([passing])).not.toContain('skipped:');
  });

  it('lists every failure', () => {
    expect(summary([{ ...passing, failed: 2, failures: ['a: boom', 'b'] }])).toContain('failed:\n  a: boom\n  b\n');
  });
});
