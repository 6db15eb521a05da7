import type { Severity } from '../../core/audit/finding.ts';
import { type Finding, findingsIn, sortedFindings } from '../../core/audit/finding.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';

/** A finding at its place in a file. */
export interface PlacedFinding {
  /** Relative to the folder of the chain, with `/`. */
  readonly file: string;
  /** From 0. */
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly rule: string | undefined;
}

const SHOWN_AS: Readonly<Record<Severity, PlacedFinding['severity']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'information',
  info: 'information',
};

/** Everything that the steps of a chain found, each finding once, worst first. */
export function findingsOf(run: ChainRun): readonly Finding[] {
  const all = Object.values(run.steps).flatMap(status =>
    status.state === 'succeeded' ? (findingsIn(status.output)?.findings ?? []) : [],
  );
  return sortedFindings([...new Map(all.map(finding => [JSON.stringify(finding), finding])).values()]);
}

/** Whether a step of it looked for something, also when it found nothing. */
export function isAudit(run: ChainRun): boolean {
  return Object.values(run.steps).some(
    status => status.state === 'succeeded' && findingsIn(status.output) !== undefined,
  );
}

/** Those that stand in a file as it is today. */
export function placedFindings(findings: readonly Finding[]): readonly PlacedFinding[] {
  return findings.flatMap(({ file, line, commit, severity, title, detail, remedy, rule }) =>
    file === undefined || commit !== undefined
      ? []
      : [
          {
            file,
            line: (line ?? 1) - 1,
            severity: SHOWN_AS[severity],
            message: [`${title} (${severity})`, detail, remedy].filter(part => part !== undefined).join('\n'),
            rule,
          },
        ],
  );
}
