import { documentIn } from '../../app/actions/panelDocument.ts';
import { type Finding, type Findings, findingsIn, type Severity, sortedFindings } from '../../core/audit/finding.ts';
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

/** What the reports of a chain hold, worst first. What a step found is shown only once it is in a report. */
export function findingsOf(run: ChainRun): readonly Finding[] {
  return sortedFindings(reportsOf(run).flatMap(({ findings }) => findings));
}

/** Whether it has made a report, also of nothing found. */
export function isAudit(run: ChainRun): boolean {
  return reportsOf(run).length > 0;
}

function reportsOf(run: ChainRun): readonly Findings[] {
  return Object.values(run.steps).flatMap(status => {
    const isReport = status.state === 'succeeded' && documentIn(status.output) !== undefined;
    return isReport ? (findingsIn(status.output) ?? []) : [];
  });
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
