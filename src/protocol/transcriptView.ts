import * as z from 'zod';

/** A line of a shown diff: kept, added or removed. */
const diffLineSchema = z.object({ kind: z.enum(['kept', 'added', 'removed']), text: z.string() });

export const diffSchema = z.object({
  path: z.string(),
  added: z.number(),
  removed: z.number(),
  lines: z.array(diffLineSchema),
  /** Lines that were left out of `lines`. */
  hiddenLines: z.number(),
});
export type DiffView = z.infer<typeof diffSchema>;

const common = {
  /** Stable within the task; an item with the same id replaces the earlier one. */
  id: z.string(),
  at: z.number(),
  /**
   * The tool call of the sub-agent that this belongs to. Such items are a thread of their own, with their own
   * indexes, and are not counted in the main thread.
   */
  parentToolUseId: z.string().optional(),
};

export const transcriptItemSchema = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('prompt'), text: z.string(), by: z.string() }),
  z.object({ ...common, kind: z.literal('text'), text: z.string(), messageId: z.string().optional() }),
  z.object({
    ...common,
    kind: z.literal('thinking'),
    text: z.string(),
    messageId: z.string().optional(),
    durationMs: z.number().optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('tool'),
    toolUseId: z.string(),
    name: z.string(),
    /** One line that says what the call does, such as the command or the path. */
    summary: z.string(),
    /** The full input, as indented JSON. */
    input: z.string(),
    status: z.enum(['running', 'ok', 'error', 'denied']),
    output: z.string().optional(),
    outputTruncated: z.boolean().optional(),
    durationMs: z.number().optional(),
    diff: diffSchema.optional(),
    /** How many items the thread of this sub-agent has so far. */
    nested: z.number().optional(),
    /** Who allowed or denied it: "you", "a rule of the profile", … */
    decision: z.string().optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('notice'),
    level: z.enum(['info', 'warning', 'error']),
    text: z.string(),
    remedy: z.string().optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('decision'),
    approvalId: z.string(),
    text: z.string(),
  }),
  z.object({
    ...common,
    kind: z.literal('turnEnd'),
    outcome: z.enum(['succeeded', 'interrupted', 'limit', 'failed']),
    costUsd: z.number(),
    durationMs: z.number(),
    text: z.string().optional(),
  }),
]);
export type TranscriptItem = z.infer<typeof transcriptItemSchema>;
