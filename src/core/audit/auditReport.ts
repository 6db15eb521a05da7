import type { AuditPart } from './auditPart.ts';
import { countedFindings, type Finding, SEVERITIES, sortedFindings } from './finding.ts';
import { block, code, inline, sentence } from './reportMarkdown.ts';

/** The report of an audit as Markdown. All that was found is put there as text. Pure. */
export function auditReport(
  parts: readonly AuditPart[],
  about: { readonly folder: string; readonly at: Date },
): string {
  const all = sortedFindings(parts.flatMap(({ findings }) => findings?.findings ?? []));
  const lines = [
    '# Security audit',
    '',
    `${inline(about.folder)}, ${about.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    '',
    `**${sentence(countedFindings(all))}**`,
    '',
    '## What was looked at',
    '',
    ...parts.flatMap(partLines),
  ];
  for (const severity of SEVERITIES) {
    const these = all.filter(finding => finding.severity === severity);
    if (these.length > 0) {
      lines.push(`## ${sentence(severity).slice(0, -1)} (${these.length})`, '', ...these.flatMap(findingLines));
    }
  }
  lines.push(
    '---',
    '',
    'No audit finds everything. What stands here was found by tools, patterns and a model, and wants to be looked at by a person.',
    '',
  );
  return lines.join('\n');
}

function partLines({ title, findings, why }: AuditPart): string[] {
  if (findings === undefined) {
    return [`- **${title}**: not done${why === undefined ? '' : ` (${inline(why)})`}.`, ''];
  }
  return [
    `- **${title}**: ${countedFindings(findings.findings)}.`,
    ...findings.checked.map(text => `  - ${inline(text)}`),
    ...findings.skipped.map(text => `  - Not looked at: ${inline(text)}`),
    '',
  ];
}

function findingLines({ title, file, line, commit, detail, remedy, rule, source }: Finding): string[] {
  const place = file === undefined ? undefined : `${code(line === undefined ? file : `${file}:${line}`)}`;
  const facts = [
    place,
    commit === undefined ? undefined : `in commit ${code(commit.slice(0, 12))}`,
    source,
    rule === undefined ? undefined : inline(rule),
  ].filter(fact => fact !== undefined);
  return [
    `### ${inline(title)}`,
    '',
    facts.join(' · '),
    '',
    ...(detail === undefined ? [] : [block(detail), '']),
    ...(remedy === undefined ? [] : [`**What to do:** ${block(remedy)}`, '']),
  ];
}
