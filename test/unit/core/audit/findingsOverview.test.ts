import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/audit/finding.ts';
import { findingsOverview } from '../../../../src/core/audit/findingsOverview.ts';

const finding = (over: Partial<Finding>): Finding => ({ severity: 'low', source: 'review', title: 'A thing', ...over });
const part = (title: string, ...findings: Finding[]) => ({ title, findings: { findings, checked: [], skipped: [] } });

describe('findingsOverview', () => {
  it('lists the worst first, with its place, and says what was not done', () => {
    const text = findingsOverview([
      part('Review', finding({ file: 'src/a.ts', line: 2 }), finding({ severity: 'critical', title: 'Key' })),
      { title: 'Secrets', why: 'it was stopped' },
    ]);
    expect(text.split('\n')).toEqual([
      '**1 critical, 1 low.**',
      '',
      '| Severity | Finding | Where |',
      '| --- | --- | --- |',
      '| critical | Key |  |',
      '| low | A thing | src/a.ts:2 |',
      '',
      '- Review: 1 critical, 1 low',
      '- Secrets: not done (it was stopped)',
    ]);
  });

  it('counts what it leaves out', () => {
    const many = Array.from({ length: 30 }, (_, at) => finding({ title: `Thing ${at}` }));
    const text = findingsOverview([part('Review', ...many)]);
    expect(text.match(/^\| low /gm)).toHaveLength(12);
    expect(text).toContain('And 18 more, in the report.');
  });

  it('breaks no row and starts no markup for what a finding holds', () => {
    const text = findingsOverview([part('Review', finding({ title: 'a | b\n| c | <b>d</b> [e](f)', file: 'x|y.ts' }))]);
    expect(text).toContain('| low | a \\| b \\| c \\| \\<b\\>d\\</b\\> \\[e\\](f) | x\\|y.ts |');
  });
});
