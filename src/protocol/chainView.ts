import * as z from 'zod';
import { failureSchema } from './taskView.ts';

/*
 * What a view shows of a chain. Times are milliseconds since the epoch; money is US dollars; text is untrusted and is
 * rendered as text only.
 */

/** `planned` is a dry run: it is shown as it would be, and nothing of it has started. */
const chainStateSchema = z.enum(['planned', 'queued', 'running', 'succeeded', 'failed', 'stopped']);
export type ChainStateView = z.infer<typeof chainStateSchema>;

/** `asking` is a gate that waits for a person. */
const stepStateSchema = z.enum([
  'waiting',
  'running',
  'asking',
  'retrying',
  'succeeded',
  'failed',
  'stopped',
  'skipped',
]);
export type StepStateView = z.infer<typeof stepStateSchema>;

const stepKindSchema = z.enum(['prompt', 'run', 'command', 'action', 'approve']);

export const chainSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Full name of the command, such as `global:security-audit`. */
  command: z.string(),
  state: chainStateSchema,
  /** One short line for the list, such as "Risky code" or "Waits for you". */
  activity: z.string(),
  created: z.number(),
  ended: z.number().optional(),
  costUsd: z.number(),
  /** Steps that ended, whichever way. */
  stepsDone: z.number(),
  stepsTotal: z.number(),
  pendingApprovals: z.number(),
  /** The tasks of its steps, oldest first. */
  taskIds: z.array(z.string()),
  /** A stop was asked for and is under way. */
  stopping: z.boolean(),
  /** Another window or program runs it, such as "command line (pid 4321)". */
  ownedElsewhere: z.string().optional(),
  failure: failureSchema.optional(),
  /** The chain whose step started this one. */
  parentId: z.string().optional(),
});
export type ChainSummary = z.infer<typeof chainSummarySchema>;

const chainStepSchema = z.object({
  id: z.string(),
  title: z.string(),
  kind: stepKindSchema,
  /** Ids of the steps that come before it. */
  needs: z.array(z.string()),
  state: stepStateSchema,
  /** One short line: what it does, why it was skipped or failed. */
  note: z.string(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** When the next attempt begins. */
  nextAt: z.number().optional(),
  /** Counted from 1; absent before the first. */
  attempt: z.number().optional(),
  costUsd: z.number(),
  taskIds: z.array(z.string()),
  canRunAgain: z.boolean(),
});
export type ChainStep = z.infer<typeof chainStepSchema>;

/** What is shown of the step that the person chose. */
const chosenStepSchema = z.object({
  stepId: z.string(),
  /** What it does, in full: the prompt, the program with its arguments, the question. */
  does: z.string(),
  /** Its output as text; absent before it has one. */
  output: z.string().optional(),
  /** The output is longer than what is sent here; it can be opened whole. */
  outputIsCut: z.boolean(),
  failure: failureSchema.optional(),
  /** Chains that this step started. */
  chains: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type ChosenStep = z.infer<typeof chosenStepSchema>;

/** Everything of one open chain. */
export const chainDetailSchema = z.object({
  id: z.string(),
  description: z.string(),
  cwd: z.string(),
  inputs: z.array(z.object({ name: z.string(), value: z.string() })),
  steps: z.array(chainStepSchema),
  chosen: chosenStepSchema.optional(),
});
export type ChainDetail = z.infer<typeof chainDetailSchema>;
