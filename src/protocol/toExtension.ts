import * as z from 'zod';
import { approvalAnswerSchema } from './approvalView.ts';

const id = z.string().min(1).max(200);
const text = z.string().max(200_000);
/** Requests are answered by a `reply` with the same id. */
const request = { requestId: id };

export const toExtensionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), protocol: z.number() }),
  /** The view missed a message and wants the whole state. */
  z.object({ type: z.literal('resync') }),
  /** The person opened a task, or went back to the list (no `taskId`). */
  z.object({ type: z.literal('openTask'), taskId: id.optional() }),
  /** The person opened a chain and one of its steps, or left it (no `chainId`). */
  z.object({ type: z.literal('openChain'), chainId: id.optional(), stepId: id.optional() }),
  z.object({
    type: z.literal('getTranscript'),
    taskId: id,
    /** The `toolUseId` of the sub-agent whose items are wanted; the main thread when absent. */
    thread: id.optional(),
    from: z.number().int().min(0),
    count: z.number().int().min(1).max(500),
  }),
  z.object({ type: z.literal('getOlderTasks'), before: z.number() }),
  z.object({
    ...request,
    type: z.literal('runTask'),
    prompt: text,
    profile: id,
    folder: z.string().max(4096).optional(),
  }),
  z.object({ type: z.literal('selectProfile'), profile: id }),
  z.object({ ...request, type: z.literal('answerApproval'), approvalId: id, answer: approvalAnswerSchema }),
  /** Into a running task, or into its queue; on a task that has ended it continues the session. */
  z.object({ ...request, type: z.literal('sendMessage'), taskId: id, text }),
  z.object({ ...request, type: z.literal('editMessage'), taskId: id, messageId: id, text }),
  z.object({ ...request, type: z.literal('withdrawMessage'), taskId: id, messageId: id }),
  z.object({
    ...request,
    type: z.literal('taskAction'),
    taskId: id,
    action: z.enum(['stop', 'pause', 'continue', 'fork', 'archive', 'unarchive', 'markRead', 'runAgain']),
  }),
  /** `run` starts what was planned, `discard` forgets the plan, `openWide` shows it where there is room for a graph. */
  z.object({
    ...request,
    type: z.literal('chainAction'),
    chainId: id,
    action: z.enum(['stop', 'run', 'discard', 'openWide']),
  }),
  /** Runs a step anew, and then all that follow from it. */
  z.object({ ...request, type: z.literal('rerunStep'), chainId: id, stepId: id }),
  z.object({ ...request, type: z.literal('openStepOutput'), chainId: id, stepId: id }),
  z.object({ ...request, type: z.literal('stopAgent'), taskId: id, agentId: id }),
  /** The server by the name that is shown. */
  z.object({ ...request, type: z.literal('reconnectServer'), taskId: id, server: z.string().min(1) }),
  z.object({ ...request, type: z.literal('renameTask'), taskId: id, title: z.string().min(1).max(200) }),
  /** Opens VS Code's own diff editor for what an approval proposes. With `edit`, the right side can be changed and is what is then allowed. */
  z.object({ ...request, type: z.literal('openProposal'), approvalId: id, edit: z.boolean() }),
  /** Opens the diff of a finished tool call, or the file itself. */
  z.object({
    ...request,
    type: z.literal('openChange'),
    taskId: id,
    toolUseId: id.optional(),
    path: z.string().max(4096).optional(),
  }),
  /** Reviews or undoes what a task changed, takes the undo back, or goes on with the conversation from before. */
  z.object({
    ...request,
    type: z.literal('changes'),
    taskId: id,
    action: z.enum(['review', 'undo', 'redo', 'forkFromBefore']),
  }),
  /** Opens the full output of a tool call in an editor. */
  z.object({ ...request, type: z.literal('openOutput'), taskId: id, toolUseId: id }),
  z.object({ ...request, type: z.literal('openLink'), href: z.string().max(4096) }),
  /** Runs one of the extension's own commands; anything else is refused. */
  z.object({ ...request, type: z.literal('command'), command: z.string().regex(/^claudePanel\.[A-Za-z]+$/) }),
  /** What the view found wrong with itself: a policy violation or an error. Goes to the log. */
  z.object({ type: z.literal('problem'), text: z.string().max(4000) }),
  /** When the view painted an event, for measuring; only sent when the extension asked for it. */
  z.object({ type: z.literal('painted'), sequence: z.number(), at: z.number() }),
]);
export type ToExtension = z.infer<typeof toExtensionSchema>;
