import * as z from 'zod';

/*
 * What a view shows of a task. Plain data, made by hand from the domain at the edge, so that the domain can change freely.
 * Times are milliseconds since the epoch; money is US dollars; text is untrusted and is rendered as text only.
 */

const taskStateSchema = z.enum([
  'queued',
  'starting',
  'running',
  'waiting',
  'paused',
  'succeeded',
  'failed',
  'stopped',
  'timedOut',
  'overBudget',
]);
export type TaskStateView = z.infer<typeof taskStateSchema>;

export const failureSchema = z.object({
  family: z.string(),
  reason: z.string(),
  message: z.string(),
  detail: z.string().optional(),
  remedy: z.string().optional(),
});

const stopStageSchema = z.enum(['interrupt', 'terminate', 'kill']);

/** What can be done about what a task changed, once it does not run. */
const taskUndoSchema = z.object({
  /** How many files it changed, shell commands included; absent where that is not known. */
  files: z.number().optional(),
  /** What of it is undone now, if anything. */
  undone: z.enum(['all', 'lastRun', 'some']).optional(),
  /** The conversation can go on from before what was undone. */
  canFork: z.boolean(),
});
export type TaskUndo = z.infer<typeof taskUndoSchema>;

export const taskSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  state: taskStateSchema,
  /** One short line for the list, such as "Running npm test" or "Waits for you". */
  activity: z.string(),
  profile: z.string(),
  model: z.string().optional(),
  created: z.number(),
  /** When the process first started; the clock of a task runs from here, less the time in `workedMs` already counted. */
  runningSince: z.number().optional(),
  /** Milliseconds of work before `runningSince`; with it the view counts on by itself. */
  workedMs: z.number(),
  ended: z.number().optional(),
  costUsd: z.number(),
  tokens: z.number(),
  filesChanged: z.number(),
  agentsRunning: z.number(),
  toolCalls: z.number().optional(),
  todosDone: z.number(),
  todosTotal: z.number(),
  pendingApprovals: z.number(),
  stopping: z.object({ stage: stopStageSchema, since: z.number() }).optional(),
  pausing: z.boolean(),
  unread: z.boolean(),
  archived: z.boolean(),
  /** Runs against the rehearsal model: no account, nothing is charged. */
  rehearsal: z.boolean(),
  /** Another window or program runs it, such as "command line (pid 4321)". */
  ownedElsewhere: z.string().optional(),
  failure: failureSchema.optional(),
  /** Absent while it runs, and where it changed nothing or has no snapshot. */
  undo: taskUndoSchema.optional(),
});
export type TaskSummary = z.infer<typeof taskSummarySchema>;

export const todoSchema = z.object({
  content: z.string(),
  status: z.enum(['pending', 'inProgress', 'completed']),
});

const mcpServerSchema = z.object({
  name: z.string(),
  status: z.enum(['pending', 'connected', 'failed', 'disabled', 'needsAuth', 'unknown']),
  error: z.string().optional(),
  /** What one that failed wrote on stderr last. */
  lastWords: z.string().optional(),
  toolCount: z.number().optional(),
});

const queuedMessageSchema = z.object({
  id: z.string(),
  text: z.string(),
  state: z.enum(['queued', 'sent', 'delivered']),
});

const fileChangeSchema = z.object({
  path: z.string(),
  added: z.number(),
  removed: z.number(),
  kind: z.enum(['created', 'edited']),
});

const modelUsageSchema = z.object({
  model: z.string(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheCreationTokens: z.number(),
  costUsd: z.number(),
});

const agentSchema = z.object({
  id: z.string(),
  kind: z.string(),
  description: z.string(),
  /** The tool call that started it; the thread of its items has the same id. */
  toolUseId: z.string().optional(),
  status: z.enum(['running', 'completed', 'failed', 'stopped']),
  tokens: z.number().optional(),
  toolUses: z.number().optional(),
  durationMs: z.number().optional(),
});

/** The calls of one tool in a task, sub-agents included. */
const toolUsageSchema = z.object({
  name: z.string(),
  calls: z.number(),
  failed: z.number(),
  denied: z.number(),
  /** Without the wait for a person. */
  totalMs: z.number(),
  waitedMs: z.number(),
});

/** Everything of one open task except its transcript, which is fetched in pages. */
export const taskDetailSchema = z.object({
  id: z.string(),
  prompt: z.string(),
  cwd: z.string(),
  sessionId: z.string().optional(),
  permissionMode: z.string().optional(),
  /** Which account pays: "API key", "subscription", "rehearsal model". */
  authSource: z.string().optional(),
  cliVersion: z.string().optional(),
  todos: z.array(todoSchema),
  mcpServers: z.array(mcpServerSchema),
  messages: z.array(queuedMessageSchema),
  files: z.array(fileChangeSchema),
  models: z.array(modelUsageSchema),
  agents: z.array(agentSchema),
  tools: z.array(toolUsageSchema).optional(),
  context: z.object({ tokens: z.number(), window: z.number() }).optional(),
  retry: z.object({ attempt: z.number(), maxRetries: z.number(), nextAt: z.number(), reason: z.string() }).optional(),
  rateLimit: z.object({ text: z.string(), resetsAt: z.number().optional() }).optional(),
  /** Set when nothing was heard for a while and no tool runs. */
  silentSince: z.number().optional(),
  limits: z.object({ minutes: z.number().optional(), usd: z.number().optional(), turns: z.number().optional() }),
  forkedFrom: z.object({ id: z.string(), title: z.string() }).optional(),
  canContinue: z.boolean(),
  /** Whether there are snapshots, so that all changes can be reviewed, also while it runs. */
  canReview: z.boolean(),
  result: z.string().optional(),
});
export type TaskDetail = z.infer<typeof taskDetailSchema>;
