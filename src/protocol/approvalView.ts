import * as z from 'zod';
import { diffSchema } from './transcriptView.ts';

const approvalChoiceSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** `primary` is the one main button; `more` goes into the menu beside it; `deny` asks for a message. */
  role: z.enum(['primary', 'more', 'deny']),
  /** The exact rule that this choice would save, and where; nothing is saved when absent. */
  rule: z.string().optional(),
  savedIn: z.string().optional(),
});
export type ApprovalChoiceView = z.infer<typeof approvalChoiceSchema>;

export const questionSchema = z.object({
  question: z.string(),
  header: z.string(),
  multiSelect: z.boolean(),
  options: z.array(z.object({ label: z.string(), description: z.string() })),
});

/** A field of a form that an MCP server asks to have filled in. */
export const formFieldSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  type: z.enum(['text', 'number', 'integer', 'boolean', 'choice']),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  required: z.boolean(),
  initial: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

const approvalBodySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tool'),
    toolName: z.string(),
    /** Headline, such as "Run a command", "Edit" or "Use linear: create_issue". */
    headline: z.string(),
    /** The command or path, whole, with hidden characters made visible. */
    target: z.string(),
    /** The whole input as indented JSON, with hidden characters made visible. */
    input: z.string(),
    diff: diffSchema.optional(),
    /** True when the input can be edited before it is allowed. */
    editable: z.boolean(),
    hasHiddenCharacters: z.boolean(),
  }),
  z.object({ kind: z.literal('question'), questions: z.array(questionSchema) }),
  z.object({ kind: z.literal('plan'), plan: z.string() }),
  z.object({
    kind: z.literal('elicitation'),
    server: z.string(),
    message: z.string(),
    title: z.string().optional(),
    fields: z.array(formFieldSchema),
    /** A page that the server wants opened, as it gave it; it may hold hidden characters. */
    url: z.string().optional(),
  }),
  /** Something in the workspace would start a program or grant rights; shown in full and approved for exactly this content. */
  z.object({
    kind: z.literal('workspaceContent'),
    headline: z.string(),
    files: z.array(z.string()),
    grants: z.array(z.string()),
    content: z.string(),
  }),
  /** A chain goes on when a person says so. */
  z.object({
    kind: z.literal('gate'),
    /** The step that asks. */
    step: z.string(),
    message: z.string(),
    /** What is shown with it, as Markdown. */
    shown: z.string().optional(),
    /** What is shown with it, when it is a patch: file by file. */
    diffs: z.array(diffSchema).optional(),
  }),
]);
export type ApprovalBody = z.infer<typeof approvalBodySchema>;

const approvalStatusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending') }),
  z.object({ state: z.literal('answered'), at: z.number(), by: z.string(), choice: z.string(), label: z.string() }),
  z.object({ state: z.literal('expired'), at: z.number() }),
  z.object({ state: z.literal('withdrawn'), at: z.number(), why: z.string() }),
]);

export const approvalCardSchema = z.object({
  id: z.string(),
  taskId: z.string().optional(),
  /** The chain that waits for it. */
  chainId: z.string().optional(),
  taskTitle: z.string(),
  /** The sub-agent that asks, when it is not the task itself. */
  agent: z.string().optional(),
  folder: z.string(),
  body: approvalBodySchema,
  /** Why it is asked, in one sentence. */
  why: z.string(),
  /** What waits for it, in one sentence. */
  blocks: z.string(),
  created: z.number(),
  deadline: z.number().optional(),
  choices: z.array(approvalChoiceSchema),
  status: approvalStatusSchema,
});
export type ApprovalCard = z.infer<typeof approvalCardSchema>;

export const approvalAnswerSchema = z.object({
  choice: z.string(),
  /** Words for the agent: the reason of a denial, the comments on a plan. */
  message: z.string().max(20_000).optional(),
  /** The input as edited by the person, as JSON. */
  updatedInput: z.string().max(8_000_000).optional(),
  /** Question text → chosen labels or the person's own words. */
  answers: z.record(z.string(), z.array(z.string())).optional(),
  /** Field name → value, for a form. */
  content: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type ApprovalAnswerMessage = z.infer<typeof approvalAnswerSchema>;
