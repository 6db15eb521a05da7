import * as z from 'zod';
import { findingsSchema, shownText } from './finding.ts';

const partSchema = z.object({
  title: shownText(200),
  /** Absent when it did not come to a result; `why` says what is known. */
  findings: findingsSchema.optional(),
  why: shownText(2000).optional(),
});
/** One part of an audit, with its heading. */
export type AuditPart = z.infer<typeof partSchema>;

/** The parts, as one step gives them to the next. */
export const auditPartsSchema = z.array(partSchema).max(20);
