import * as z from 'zod';

/*
 * The shape of a scenario as it is written. A round may be one block or a list of blocks, and a block may be plain text;
 * both are made uniform before they are checked, so that a fault is reported for the one key that has it.
 */

const milliseconds = z.number().min(0).max(86_400_000);
const count = z.number().int().min(0);

const textTest = z
  .string()
  .min(1)
  .refine(text => isValidTextTest(text), { error: 'is not a valid regular expression' });

function isValidTextTest(text: string): boolean {
  const written = writtenRegex(text);
  if (written === undefined) {
    return true;
  }
  try {
    return new RegExp(written.source, written.flags) instanceof RegExp;
  } catch {
    return false;
  }
}

/** `/source/flags`; anything else is text to look for. */
export function writtenRegex(text: string): { source: string; flags: string } | undefined {
  const parts = /^\/(.+)\/([dimsuv]*)$/s.exec(text);
  return parts === null ? undefined : { source: parts[1] ?? '', flags: parts[2] ?? '' };
}

export const matchSchema = z.strictObject({
  prompt: textTest.optional(),
  turn: z.number().int().min(1).optional(),
  tool: z.union([z.string().min(1), z.array(z.string().min(1))], { error: 'must be one name or a list' }).optional(),
  agent: z.enum(['main', 'sub']).optional(),
  model: textTest.optional(),
  followUp: z.boolean().optional(),
  planMode: z.boolean().optional(),
  lastTool: z
    .strictObject({
      name: textTest.optional(),
      input: textTest.optional(),
      result: textTest.optional(),
      error: z.boolean().optional(),
    })
    .optional(),
  utility: z.boolean().optional(),
});
export type WrittenMatch = z.infer<typeof matchSchema>;

const usageSchema = z.strictObject({
  input: count.optional(),
  output: count.optional(),
  cacheRead: count.optional(),
  cacheCreation: count.optional(),
});

const errorSchema = z.strictObject({
  status: z.number().int().min(400).max(599),
  type: z.string().optional(),
  message: z.string().optional(),
  retryAfter: z.number().min(0).optional(),
  retry: z.boolean().optional(),
  after: count.optional(),
  times: count.optional(),
});
export type WrittenError = z.infer<typeof errorSchema>;

const afterSchema = z.strictObject({ after: count.optional(), times: count.optional() });
const timesSchema = z.strictObject({ times: count.optional() });

const stops = ['end_turn', 'tool_use', 'max_tokens', 'stop_sequence', 'refusal', 'pause_turn'] as const;

const orNumber = (key: string) => (value: unknown) =>
  typeof value === 'number' ? { [key]: value } : value === true ? {} : value;
const orName = (value: unknown): unknown => (typeof value === 'string' ? { name: value } : value);

const stepShape = {
  text: z.string(),
  thinking: z.string(),
  tool: z.preprocess(
    orName,
    z.strictObject({
      name: z.string().min(1),
      input: z.record(z.string(), z.json()).optional(),
      optional: z.boolean().optional(),
    }),
  ),
  burst: z.strictObject({
    deltas: z.number().int().min(1).max(10_000_000),
    bytes: z.number().int().min(1).max(16_000_000),
  }),
  hugeOutput: z.number().int().min(1).max(4_000_000_000),
  stop: z.enum(stops),
  usage: usageSchema,
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().regex(/^[\x20-\x7e]*$/)),
  refusal: z.union([z.literal(true), z.string()], { error: 'must be true or a text' }),
  maxTokens: z.literal(true),
  loop: z.literal(true),
  error: z.preprocess(orNumber('status'), errorSchema),
  cut: z.preprocess(orNumber('after'), afterSchema),
  stall: z.preprocess(orNumber('after'), afterSchema),
  malformed: z.preprocess(orNumber('after'), afterSchema),
  html: z.preprocess(orNumber('times'), timesSchema),
  silence: z.union([z.literal(true), milliseconds], { error: 'must be true or a number of milliseconds' }),
};
const timingShape = {
  delay: milliseconds.optional(),
  pace: milliseconds.optional(),
  chunk: z.number().int().min(1).max(1_000_000).optional(),
};
const STEPS = Object.keys(stepShape);
const TIMED = ['text', 'thinking', 'tool'];

export const stepSchema = z
  .strictObject({ ...z.object(stepShape).partial().shape, ...timingShape })
  .superRefine((step, context) => {
    const keys = Object.keys(step);
    const main = keys.filter(key => STEPS.includes(key));
    const isDelay = main.length === 0 && keys.length === 1 && step.delay !== undefined;
    if (main.length !== 1 && !isDelay) {
      const found = main.length === 0 ? 'none' : main.join(' and ');
      context.addIssue(`needs exactly one of ${STEPS.join(', ')} or delay; found ${found}`);
    } else if (main[0] !== undefined && keys.length > 1 && !TIMED.includes(main[0])) {
      context.addIssue(`delay, pace and chunk go with ${TIMED.join(', ')} only`);
    }
  });
export type WrittenStep = z.infer<typeof stepSchema>;

const asStep = (step: unknown): unknown => (typeof step === 'string' ? { text: step } : step);
const asRound = (round: unknown): unknown => (Array.isArray(round) ? round.map(asStep) : [asStep(round)]);

const roundSchema = z.preprocess(asRound, z.array(stepSchema).min(1));
const replySchema = z.array(roundSchema).min(1);
export type WrittenReply = z.infer<typeof replySchema>;

const ruleSchema = z.strictObject({
  name: z.string().min(1).optional(),
  match: matchSchema.optional(),
  reply: replySchema,
});
export type WrittenRule = z.infer<typeof ruleSchema>;

const defaultsSchema = z.strictObject(timingShape);
export type WrittenTiming = z.infer<typeof defaultsSchema>;

export const scenarioSchema = z.strictObject({
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  defaults: defaultsSchema.optional(),
  rules: z.array(ruleSchema).min(1),
});

/** What a prompt may carry in a `rehearse` block: the rounds, or the rounds with a pace. */
export const promptScriptSchema = z.preprocess(
  value => (Array.isArray(value) ? { reply: value } : value),
  z.strictObject({ defaults: defaultsSchema.optional(), reply: replySchema }),
);
