import * as z from 'zod';
import type { JsonValue } from '../../../base/json.ts';
import type { AuditPart } from '../../../core/audit/auditPart.ts';
import {
  countedFindings,
  type Finding,
  findingFileSchema,
  findingSchema,
  findingsIn,
} from '../../../core/audit/finding.ts';
import { findingsOverview } from '../../../core/audit/findingsOverview.ts';
import { withoutSecrets } from '../../../core/audit/secretLines.ts';
import { isGeneratedFile } from '../../../core/audit/secretScan.ts';
import { readWorkspaceText } from '../../../core/validation/workspaceText.ts';

const MOST_FILE_BYTES = 5 * 1024 * 1024;

/** What the reviewing agent was told to give. It is a model's word: each finding is checked by itself. */
const reviewSchema = z.object({
  summary: z.string().max(20_000).optional(),
  findings: z.array(z.unknown()).max(1000),
});
const reviewFindingSchema = findingSchema
  .omit({ source: true, commit: true })
  .extend({ file: findingFileSchema.optional() });
/** A reviewer may quote what it read, and a report is passed on. */
const MASKED = ['title', 'detail', 'remedy'];

/** What the steps of an audit gave, as far as they came to an end. */
interface AuditOutputs {
  readonly dependencies?: JsonValue | undefined;
  readonly secrets?: JsonValue | undefined;
  readonly review?: JsonValue | undefined;
}

/** @returns `text`, an overview in Markdown; `summary`, the counts; and `parts`, for the report */
export async function mergeFindings(
  { dependencies, secrets, review }: AuditOutputs,
  folder: string,
): Promise<JsonValue> {
  const parts: AuditPart[] = [
    partOf('Dependencies', dependencies),
    partOf('Secrets', secrets),
    await reviewPart(folder, review),
  ];
  return {
    text: findingsOverview(parts),
    summary: countedFindings(parts.flatMap(({ findings }) => findings?.findings ?? [])),
    parts: JSON.parse(JSON.stringify(parts)) as JsonValue,
  };
}

function partOf(title: string, output: JsonValue | undefined): AuditPart {
  const findings = findingsIn(output);
  return findings === undefined ? { title, why: 'this step did not come to an end' } : { title, findings };
}

async function reviewPart(folder: string, output: JsonValue | undefined): Promise<AuditPart> {
  const title = 'Review of the code';
  const review = reviewSchema.safeParse(output);
  if (!review.success) {
    return { title, why: 'the reviewing task did not come to an end; open it to see why' };
  }
  const findings: Finding[] = [];
  let unreadable = 0;
  for (const entry of review.data.findings) {
    const found = reviewFindingSchema.safeParse(tidied(entry));
    if (found.success) {
      findings.push(await inItsPlace(folder, { ...found.data, source: 'review' }));
    } else {
      unreadable += 1;
    }
  }
  const { summary } = review.data;
  return {
    title,
    findings: {
      findings,
      checked: [...(summary === undefined || summary.trim() === '' ? [] : [withoutSecrets(summary).slice(0, 2000)])],
      skipped: unreadable === 0 ? [] : [`${unreadable} findings of the review that were not written as asked.`],
    },
  };
}

/** Without secrets, before anything is cut. Models leave out what they do not know by null or an empty text. */
function tidied(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) {
    return entry;
  }
  const given = Object.entries(entry).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(
    given.map(([key, value]) => [
      key,
      typeof value === 'string' && MASKED.includes(key) ? withoutSecrets(value) : value,
    ]),
  );
}

/** A model may name a line, or a file, that is not there: then the finding stands without. */
async function inItsPlace(folder: string, finding: Finding): Promise<Finding> {
  const { file, line, ...rest } = finding;
  if (file === undefined) {
    return rest;
  }
  const read = isGeneratedFile(file)
    ? ({ state: 'refused' } as const)
    : await readWorkspaceText(folder, file, { mostBytes: MOST_FILE_BYTES, links: 'insideOnly' });
  if (read.state === 'absent') {
    return {
      ...rest,
      detail: `${rest.detail ?? ''}\n\nIt was said to be in ${file}, which is not there.`.trim().slice(0, 4000),
    };
  }
  const isThere = line !== undefined && (read.state !== 'text' || line <= read.text.split('\n').length);
  return { ...rest, file, ...(isThere ? { line } : {}) };
}
