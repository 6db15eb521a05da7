import { describe, expect, it } from 'vitest';
import { reduceChain } from '../../../../src/core/chains/chainReducer.ts';
import type { ChainRun } from '../../../../src/core/chains/chainRun.ts';
import { findingsOf, isAudit, placedFindings } from '../../../../src/vscode/attention/auditDiagnostics.ts';
import { documentOf, endedChains, resultOf } from '../../../../src/vscode/attention/chainEndings.ts';
import { createdChain, leased, runStep, stepStarted } from '../../core/chains/sampleChain.ts';

const FOUND = {
  findings: [
    { severity: 'low', source: 'secrets', title: 'A key', file: 'src/b.ts', line: 3 },
    {
      severity: 'critical',
      source: 'review',
      title: 'An injection',
      remedy: 'Escape it.',
      file: 'src/a.ts',
      rule: 'sql',
    },
    { severity: 'high', source: 'secrets', title: 'A key of old', file: 'old.ts', commit: 'abcdef1' },
    { severity: 'medium', source: 'dependencies', title: 'A package' },
  ],
  checked: [],
  skipped: [],
};
const REPORT = { ...FOUND, document: '.claude-panel/reports/security-audit.md', documentTitle: 'Security audit' };

function audit(output: object): ChainRun {
  let at = 0;
  const facts = [
    createdChain([runStep('a')]),
    leased,
    stepStarted('a'),
    { type: 'claude-panel.chain.stepSucceeded', data: { stepId: 'a', output, costUsd: 0, turns: 0 } },
    { type: 'claude-panel.chain.succeeded', data: {} },
  ];
  const run = facts.reduce<ChainRun | undefined>((each, fact) => reduceChain(each, 'c', fact, at++), undefined);
  if (run === undefined) {
    throw new Error('no chain');
  }
  return run;
}

describe('what an audit found', () => {
  it('is shown once it is in a report', () => {
    expect([isAudit(audit(FOUND)), findingsOf(audit(FOUND))]).toEqual([false, []]);
    expect(isAudit(audit(REPORT))).toBe(true);
    expect(findingsOf(audit(REPORT)).map(({ title }) => title)).toEqual([
      'An injection',
      'A key of old',
      'A package',
      'A key',
    ]);
  });

  it('stands at its line, unless it is in no file of today', () => {
    expect(placedFindings(findingsOf(audit(REPORT)))).toEqual([
      { file: 'src/a.ts', line: 0, severity: 'error', message: 'An injection (critical)\nEscape it.', rule: 'sql' },
      { file: 'src/b.ts', line: 2, severity: 'information', message: 'A key (low)', rule: undefined },
    ]);
  });

  it('never points out of the folder', () => {
    const outside = {
      ...REPORT,
      findings: [{ severity: 'high', source: 'review', title: 'x', file: '../../etc/passwd' }],
    };
    const found = findingsOf(audit(outside));
    expect(found).toEqual([{ severity: 'high', source: 'review', title: 'x' }]);
    expect(placedFindings(found)).toEqual([]);
  });
});

describe('the end of a chain', () => {
  const event = (type: string, source = '/me', subject = 'c') => ({ type, source, subject }) as never;

  it('is told once, by the window that ran it, and not for a chain within another', () => {
    const run = audit(REPORT);
    const inner = { ...run, parent: { chainId: 'outer', stepId: 's' } };
    const events = [event('claude-panel.chain.succeeded')];
    expect(endedChains({ events, chains: [run] }, '/me')).toEqual([run]);
    expect(endedChains({ events, chains: [run] }, '/other')).toEqual([]);
    expect(endedChains({ events, chains: [inner] }, '/me')).toEqual([]);
    expect(endedChains({ events: [event('claude-panel.chain.stopped')], chains: [run] }, '/me')).toEqual([]);
  });

  it('offers the document that it made', () => {
    expect(documentOf(audit(REPORT))?.documentTitle).toBe('Security audit');
    expect(documentOf(audit({ document: '../../etc/passwd.md', documentTitle: 'x' }))).toBeUndefined();
  });

  it('tells what came of a command that is one action, and of no other', () => {
    const run = audit({ summary: '3 files: /home/ada/a.tar.gz' });
    const step = { id: 'a', needs: [], action: 'backup' };
    const action = { ...run, command: { ...run.command, body: { kind: 'steps', steps: [step] } as const } };
    expect(resultOf(action)).toBe('3 files: /home/ada/a.tar.gz');
    expect(resultOf(run)).toBeUndefined();
    expect(resultOf({ ...action, steps: audit({ bytes: 3 }).steps })).toBeUndefined();
  });
});
