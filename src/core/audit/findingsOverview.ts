import type { AuditPart } from './auditPart.ts';
import { countedFindings, sortedFindings } from './finding.ts';
import { inline, sentence } from './reportMarkdown.ts';

/** As many as can be taken in before a decision; the report has them all. */
const MOST_ROWS = 12;

/** What an audit found, as a short table in Markdown, the worst first; all that was found is put there as text. Pure. */
export function findingsOverview(parts: readonly AuditPart[]): string {
  const all = sortedFindings(parts.flatMap(({ findings }) => findings?.findings ?? []));
  const rows = all
    .slice(0, MOST_ROWS)
    .map(
      ({ severity, title, file, line }) =>
        `| ${severity} | ${inline(title)} | ${file === undefined ? '' : inline(line === undefined ? file : `${file}:${line}`)} |`,
    );
  const more = all.length - rows.length;
  return [
    `**${sentence(countedFindings(all))}**`,
    ...(rows.length === 0 ? [] : ['', '| Severity | Finding | Where |', '| --- | --- | --- |', ...rows]),
    ...(more === 0 ? [] : ['', `And ${more} more, in the report.`]),
    '',
    ...parts.map(({ title, findings, why }) =>
      findings === undefined
        ? `- ${inline(title)}: not done${why === undefined ? '' : ` (${inline(why)})`}`
        : `- ${inline(title)}: ${countedFindings(findings.findings)}`,
    ),
  ].join('\n');
}
