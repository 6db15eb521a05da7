import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { auditReport } from '../../../../src/core/audit/auditReport.ts';
import { type Finding, findingsIn, findingsOutput, sortedFindings } from '../../../../src/core/audit/finding.ts';

const ABOUT = { folder: 'shop', at: new Date('2026-11-21T10:00:00Z') };
const LOW: Finding = { severity: 'low', source: 'review', title: 'Weak check', file: 'src/a.ts', line: 3 };
const CRITICAL: Finding = {
  severity: 'critical',
  source: 'secrets',
  title: 'Key',
  file: 'b.env',
  commit: 'ab'.repeat(20),
};

describe('auditReport', () => {
  it('says what was looked at, what was not, and the findings from the worst on', () => {
    const text = auditReport(
      [
        {
          title: 'Secrets',
          findings: { findings: [LOW, CRITICAL], checked: ['12 files'], skipped: ['a.bin: binary'] },
        },
        { title: 'Review', why: 'You are not logged in.' },
      ],
      ABOUT,
    );
    expect(text).toContain('**1 critical, 1 low.**');
    expect(text).toContain('Not looked at: a.bin: binary');
    expect(text).toContain('**Review**: not done (You are not logged in.)');
    expect(text.indexOf('## Critical (1)')).toBeLessThan(text.indexOf('## Low (1)'));
    expect(text).toContain('`src/a.ts:3`');
    expect(text).toContain('in commit `abababababab`');
  });

  it('shows whatever was found as text, never as Markdown or HTML', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'<>[]()!`*_~#|\\&"\' -+=1.\nab:/javscript'), minLength: 1 }),
        text => {
          const title = text.trim() === '' ? 'x' : text;
          const finding: Finding = { ...LOW, title, detail: text, remedy: text, rule: text, file: 'a' };
          const html = marked.parse(
            auditReport([{ title: 'R', findings: { findings: [finding], checked: [text], skipped: [] } }], ABOUT),
            { async: false },
          );
          expect(html).not.toMatch(/<(?:img|a|script|table|em|del|blockquote|pre)\b/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('findings', () => {
  it('stand without their file when it would be outside of the folder', () => {
    const read = (file: string) =>
      findingsIn(findingsOutput({ findings: [{ ...LOW, file }], checked: [], skipped: [] }))?.findings;
    const { file: _file, ...bare } = LOW;
    for (const file of ['../a', 'a/../../b', '/etc/passwd', 'C:\\x', '..\\x', 'a/..']) {
      expect(read(file), file).toEqual([bare]);
    }
    expect(read('a/..b/c')).toEqual([{ ...LOW, file: 'a/..b/c' }]);
  });

  it('have their hidden characters made visible', () => {
    const read = findingsIn(findingsOutput({ findings: [{ ...LOW, title: 'a\u202eb' }], checked: [], skipped: [] }));
    expect(read?.findings[0]?.title).toBe('a⟨U+202E⟩b');
  });

  it('are listed alike in whatever order they came', () => {
    expect(sortedFindings([LOW, CRITICAL])).toEqual(sortedFindings([CRITICAL, LOW]));
  });
});
