import * as z from 'zod';
import type { JsonValue } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';

/** From worst to least. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A path inside the folder, with `/`; nothing that leads out of it. */
const INSIDE = /^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).+$/su;

/** With all that an agent or a repository wrote made visible; cut and not refused, so that no long name hides the rest. */
export function shownText(most: number) {
  return z.string().transform(text => visibleText(text).slice(0, most));
}

/** A place that an agent names. */
export const findingFileSchema = z.string().regex(INSIDE).max(4000);

export const findingSchema = z.object({
  severity: z.enum(SEVERITIES),
  source: z.enum(['dependencies', 'secrets', 'review']),
  title: z.string().min(1).pipe(shownText(500)),
  detail: shownText(4000).optional(),
  /** What to do about it. */
  remedy: shownText(2000).optional(),
  /** Such as the id of an advisory, or the name of a rule. */
  rule: shownText(200).optional(),
  /** Relative to the folder that was looked at, with `/`. A finding in a file of another name stands without it. */
  file: findingFileSchema.optional().catch(undefined),
  /** From 1. */
  line: z.number().int().positive().optional(),
  /** The commit that it stands in, when it is no longer in the files of today. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .optional(),
});
/** Something that an audit found: plain data for a report, and for the Problems panel. */
export type Finding = z.infer<typeof findingSchema>;

/** What one part of an audit found, and what it could not look at. */
export const findingsSchema = z.object({
  findings: z.array(findingSchema).max(10_000),
  /** What was looked at, a sentence each. */
  checked: z.array(shownText(2000)).max(1000),
  /** What was not looked at, each with its reason. */
  skipped: z.array(shownText(2000)).max(1000),
});
export type Findings = z.infer<typeof findingsSchema>;

/** The findings in the output of a step; nothing when it holds none. */
export function findingsIn(output: JsonValue | undefined): Findings | undefined {
  return findingsSchema.safeParse(output).data;
}

/** As the output of a step. */
export function findingsOutput(findings: Findings): JsonValue {
  return JSON.parse(JSON.stringify(findings)) as JsonValue;
}

/** Worst first; of the same severity by file and line, so that two runs list alike. */
export function sortedFindings(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);
  return findings.toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      compare(one.file ?? '', other.file ?? '') ||
      (one.line ?? 0) - (other.line ?? 0) ||
      compare(one.title, other.title),
  );
}

/** Such as `2 critical, 1 low`; `nothing found` when there is nothing. */
export function countedFindings(findings: readonly Finding[]): string {
  const counts = SEVERITIES.map(severity => ({
    severity,
    count: findings.filter(finding => finding.severity === severity).length,
  })).filter(({ count }) => count > 0);
  return counts.length === 0 ? 'nothing found' : counts.map(({ severity, count }) => `${count} ${severity}`).join(', ');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
