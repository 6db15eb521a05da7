import * as z from 'zod';
import type { JsonValue } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';
import { type Findings, findingsSchema, shownFindings } from './finding.ts';

const partSchema = z.object({
  title: z.string().max(200),
  findings: findingsSchema.optional(),
  why: z.string().max(2000).optional(),
});

/** One part of an audit, with its heading. */
export interface AuditPart {
  readonly title: string;
  /** Absent when it did not come to a result; `why` says what is known. */
  readonly findings?: Findings;
  readonly why?: string;
}

/** The parts in the output of a step; none when it holds none. */
export function auditPartsIn(output: JsonValue | undefined): readonly AuditPart[] {
  const parsed = z.array(partSchema).max(20).safeParse(output);
  return (parsed.data ?? []).map(({ title, findings, why }) => ({
    title: visibleText(title),
    ...(findings === undefined ? {} : { findings: shownFindings(findings) }),
    ...(why === undefined ? {} : { why: visibleText(why) }),
  }));
}
