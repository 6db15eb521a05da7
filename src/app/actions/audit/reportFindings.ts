import path from 'node:path';
import type { JsonValue } from '../../../base/json.ts';
import type { AuditPart } from '../../../core/audit/auditPart.ts';
import { auditReport } from '../../../core/audit/auditReport.ts';
import { countedFindings, findingsOutput, sortedFindings } from '../../../core/audit/finding.ts';
import { saveDocument } from '../panelDocument.ts';

export async function reportFindings(
  parts: readonly AuditPart[],
  { folder, now }: { readonly folder: string; readonly now: number },
): Promise<JsonValue> {
  const text = auditReport(parts, { folder: path.basename(folder), at: new Date(now) });
  const document = await saveDocument(folder, { name: 'security-audit', title: 'Security audit', text, now });
  const all = parts.flatMap(({ findings }) => (findings === undefined ? [] : [findings]));
  const findings = sortedFindings(all.flatMap(one => one.findings));
  return {
    ...document,
    summary: countedFindings(findings),
    ...(findingsOutput({
      findings,
      checked: all.flatMap(({ checked }) => checked),
      skipped: all.flatMap(({ skipped }) => skipped),
    }) as Readonly<Record<string, JsonValue>>),
  };
}
