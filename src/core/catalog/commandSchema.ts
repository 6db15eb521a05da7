import * as z from 'zod';

/** A command's or step's own name: what `${{ steps.NAME.output }}` and the palette call it. */
export const COMMAND_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
export const STEP_ID = /^[a-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*$/;
/** A command by its bare name, or by its full one: `project:`, `user:` or `global:` before it. */
export const COMMAND_REFERENCE = /^(?:(?:project|user|global):)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Such as `90s`, `10m`, `1h30m`, `500ms`. */
const DURATION = /^(?=\d)(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/;

const durationSchema = z.string().regex(DURATION).describe('Such as 30s, 10m or 1h30m.');
const scalarSchema = z.union([z.string().max(20_000), z.number(), z.boolean()]);
const textSchema = z.string().min(1).max(100_000);

const inputBase = {
  name: z.string().regex(STEP_ID).describe('Used as ${{ inputs.NAME }}.'),
  title: z.string().min(1).max(200).optional().describe('The question that is asked.'),
  description: z.string().max(1000).optional(),
  required: z.boolean().optional().describe('Whether it must be given. True unless there is a default.'),
};

export const commandInputSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...inputBase,
    type: z.literal('text'),
    default: z.string().max(20_000).optional(),
    pattern: z.string().max(500).optional().describe('A regular expression that the whole text must match.'),
    multiline: z.boolean().optional(),
  }),
  z.strictObject({
    ...inputBase,
    type: z.literal('choice'),
    choices: z.array(z.string().min(1).max(200)).min(1).max(100),
    default: z.string().max(200).optional(),
  }),
  z.strictObject({
    ...inputBase,
    type: z.literal('number'),
    default: z.number().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({ ...inputBase, type: z.literal('boolean'), default: z.boolean().optional() }),
  z.strictObject({ ...inputBase, type: z.literal('file'), default: z.string().max(4000).optional() }),
  z.strictObject({ ...inputBase, type: z.literal('folder'), default: z.string().max(4000).optional() }),
  z.strictObject({ ...inputBase, type: z.literal('gitRef'), default: z.string().max(500).optional() }),
]);
export type CommandInput = z.infer<typeof commandInputSchema>;

export const limitsSchema = z.strictObject({
  usd: z.number().positive().max(100_000).optional().describe('US dollars.'),
  turns: z.number().int().positive().max(100_000).optional().describe('Model rounds.'),
  minutes: z.number().positive().max(10_080).optional().describe('Minutes of work.'),
});
export type CommandLimits = z.infer<typeof limitsSchema>;

export const retrySchema = z.strictObject({
  attempts: z.number().int().min(2).max(20).describe('How often it is tried in all.'),
  delay: durationSchema.optional().describe('The wait before the second attempt; one second when absent.'),
  factor: z.number().min(1).max(10).optional().describe('How much longer each further wait is; twice when absent.'),
  maxDelay: durationSchema.optional().describe('The longest wait; one minute when absent.'),
});
export type RetryPolicy = z.infer<typeof retrySchema>;

/** What a step gives to later ones. */
const outputSchema = z.union([
  z.enum(['text', 'json']),
  z.strictObject({ schema: z.record(z.string(), z.unknown()).describe('A JSON Schema that the output must fit.') }),
  z.strictObject({
    files: z.array(z.string().min(1).max(4000)).min(1).max(200).describe('Paths or globs of the files it makes.'),
  }),
]);
export type StepOutput = z.infer<typeof outputSchema>;

const stepBase = {
  id: z.string().regex(STEP_ID).describe('Unique in the command.'),
  title: z.string().min(1).max(200).optional(),
  needs: z
    .array(z.string().regex(STEP_ID))
    .max(100)
    .optional()
    .describe('The steps that come before it; the step above when absent, none when empty.'),
  when: z.string().min(1).max(4000).optional().describe('A CEL expression; the step is skipped when it is false.'),
  foreach: z
    .union([z.string().min(1).max(4000), z.array(scalarSchema).max(1000)])
    .optional()
    .describe('A list, or an expression that gives one. The step runs once for each ${{ item }}, four at a time.'),
  retry: retrySchema.optional(),
  timeout: durationSchema
    .optional()
    .describe('How long one attempt, or one item, may take. Such as 30s, 10m or 1h30m.'),
  onFailure: z
    .union([z.enum(['stop', 'continue']), z.strictObject({ step: z.string().regex(STEP_ID) })])
    .optional()
    .describe(
      'What happens when it fails for good. stop, when absent: nothing more starts, what runs is stopped, and the chain fails. continue: the steps after it run as if it had succeeded, with null as its output. A step: that one runs, and the steps after this one wait for it.',
    ),
};

const mcpSchema = z
  .string()
  .max(2000)
  .describe('Names of MCP servers of this folder to start besides those of the profile, with commas between.');

const promptStepSchema = z.strictObject({
  ...stepBase,
  prompt: textSchema,
  profile: z.string().min(1).max(64).optional(),
  mcp: mcpSchema.optional(),
  limits: limitsSchema.optional(),
  output: outputSchema.optional(),
});
const runStepSchema = z.strictObject({
  ...stepBase,
  run: z
    .union([
      z
        .array(z.union([z.string().max(20_000), z.number()]))
        .min(1)
        .max(500),
      z.string().min(1).max(20_000),
    ])
    .describe('A program and its arguments as a list. A text is allowed only with shell: true.'),
  shell: z.literal(true).optional().describe('Runs the text in a shell. Values are given to it as variables only.'),
  cwd: z.string().min(1).max(4000).optional(),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), scalarSchema).optional(),
  successCodes: z
    .array(z.number().int().min(0).max(255))
    .min(1)
    .max(50)
    .optional()
    .describe('Exit codes that count as success.'),
  output: outputSchema.optional(),
});
const commandStepSchema = z.strictObject({
  ...stepBase,
  command: z.string().regex(COMMAND_REFERENCE),
  inputs: z.record(z.string().regex(STEP_ID), scalarSchema).optional(),
});
const actionStepSchema = z.strictObject({
  ...stepBase,
  action: z.string().regex(COMMAND_NAME).describe('Something that the panel itself does.'),
  with: z.record(z.string().regex(STEP_ID), scalarSchema).optional(),
});
const approveStepSchema = z.strictObject({
  ...stepBase,
  approve: z.string().min(1).max(4000).describe('The question that a person answers.'),
  show: z.string().min(1).max(20_000).optional().describe('What is shown with it.'),
});

/** Steps that start together, after the step above; the step below waits for all of them. */
const parallelSchema = z.strictObject({
  parallel: z
    .array(z.union([promptStepSchema, runStepSchema, commandStepSchema, actionStepSchema, approveStepSchema]))
    .min(1)
    .max(50),
});
/** Each form of step under the key that tells it from the others. */
export const stepForms = {
  prompt: promptStepSchema,
  run: runStepSchema,
  command: commandStepSchema,
  action: actionStepSchema,
  approve: approveStepSchema,
  parallel: parallelSchema,
} as const;

/** The forms in the order of `stepForms`. */
export const stepSchema = z.union([
  promptStepSchema,
  runStepSchema,
  commandStepSchema,
  actionStepSchema,
  approveStepSchema,
  parallelSchema,
]);
export type PromptStep = z.infer<typeof promptStepSchema>;
export type RunStep = z.infer<typeof runStepSchema>;
export type CommandStep = z.infer<typeof commandStepSchema>;
export type ActionStep = z.infer<typeof actionStepSchema>;
export type ApproveStep = z.infer<typeof approveStepSchema>;
export type LeafStep = PromptStep | RunStep | CommandStep | ActionStep | ApproveStep;
export type Step = z.infer<typeof stepSchema>;

export const commandFileSchema = z
  .strictObject({
    name: z.string().regex(COMMAND_NAME).max(64).describe('The same as the name of the file.'),
    title: z.string().min(1).max(100).describe('What the palette shows.'),
    description: z.string().min(1).max(1000),
    icon: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .max(64)
      .optional()
      .describe('The name of a codicon.'),
    inputs: z.array(commandInputSchema).max(30).optional(),
    profile: z.string().min(1).max(64).optional().describe('The profile of its tasks; the default one when absent.'),
    mcp: mcpSchema.optional(),
    limits: limitsSchema.optional(),
    snapshot: z.enum(['try', 'required']).optional().describe('Whether it may run without a snapshot before it.'),
    prompt: textSchema.optional(),
    action: z.string().regex(COMMAND_NAME).optional().describe('Something that the panel itself does.'),
    with: z.record(z.string().regex(STEP_ID), scalarSchema).optional(),
    steps: z.array(stepSchema).min(1).max(200).optional(),
  })
  .describe('A command of the Control Panel for Claude Code.');
export type CommandFile = z.infer<typeof commandFileSchema>;
