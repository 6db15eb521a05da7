import { visibleText } from '../../base/visibleText.ts';
import { countedFindings, type Finding, type Findings, SEVERITIES, sortedFindings } from './finding.ts';

/** One part of an audit, with its heading. */
export interface AuditPart {
  readonly title: string;
  /** Absent when it did not come to a result; `why` says what is known. */
  readonly findings?: Findings;
  readonly why?: string;
}

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

/** Text on one line, in which nothing is Markdown or HTML. */
function inline(text: string): string {
  return escaped(visibleText(text).replace(/\s+/g, ' ').trim());
}

/** Text of several lines; empty lines part paragraphs. */
function block(text: string): string {
  return visibleText(text)
    .split(/\n{2,}/)
    .map(paragraph => escaped(paragraph.replace(/\s+/g, ' ').trim()))
    .join('\n\n');
}

function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~!&]/g, character => `\\${character}`)
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1');
}

/** A code span around any text: its fence is longer than every run of backticks in it. */
function code(text: string): string {
  const shown = visibleText(text).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
