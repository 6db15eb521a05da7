import * as z from 'zod';
import { approvalCardSchema } from './approvalView.ts';
import { chainDetailSchema, chainSummarySchema } from './chainView.ts';
import { panelFactsSchema } from './panelView.ts';
import { failureSchema, taskDetailSchema, taskSummarySchema } from './taskView.ts';
import { transcriptItemSchema } from './transcriptView.ts';

export const PROTOCOL_VERSION = 1;

/** Text that is still being written. Shown at once, never stored; the whole item that follows replaces it. */
const livePartSchema = z.object({
  messageId: z.string(),
  blockIndex: z.number(),
  kind: z.enum(['text', 'thinking', 'toolInput']),
  /** Added to what was sent before for the same message and block. */
  text: z.string(),
  /** For `toolInput`: the tool that is about to be called, and the id that its item will carry. */
  toolName: z.string().optional(),
  toolUseId: z.string().optional(),
});
export type LivePart = z.infer<typeof livePartSchema>;

/** A change of the shared state. Changes carry whole entities, so that applying one twice does no harm. */
const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('task'), task: taskSummarySchema }),
  z.object({ kind: z.literal('approval'), approval: approvalCardSchema }),
  z.object({ kind: z.literal('approvalRemoved'), approvalId: z.string() }),
  z.object({ kind: z.literal('chain'), chain: chainSummarySchema }),
  z.object({ kind: z.literal('chainRemoved'), chainId: z.string() }),
  z.object({ kind: z.literal('facts'), facts: panelFactsSchema }),
]);
export type Change = z.infer<typeof changeSchema>;

export const toWebviewSchema = z.discriminatedUnion('type', [
  /** The whole list; sent on `ready`, and again whenever the view missed a message. */
  z.object({
    type: z.literal('snapshot'),
    protocol: z.number(),
    surface: z.enum(['sidebar', 'editor']),
    /** Each message after this one has the next number; a gap makes the view ask for a new snapshot. */
    sequence: z.number(),
    tasks: z.array(taskSummarySchema),
    approvals: z.array(approvalCardSchema),
    chains: z.array(chainSummarySchema),
    facts: panelFactsSchema,
    /** The extension's clock, in ms since the epoch. The extension may run on another machine than the view. */
    now: z.number().optional(),
    /** Asks for `painted` messages, for measuring. */
    measure: z.boolean().optional(),
  }),
  z.object({ type: z.literal('changes'), sequence: z.number(), changes: z.array(changeSchema) }),
  /** Detail of the open task. */
  z.object({ type: z.literal('detail'), detail: taskDetailSchema }),
  /** Detail of the open chain. */
  z.object({ type: z.literal('chainDetail'), detail: chainDetailSchema }),
  /** A page of one thread of a task, in answer to `getTranscript`. `total` counts all items of that thread. */
  z.object({
    type: z.literal('transcriptPage'),
    taskId: z.string(),
    thread: z.string().optional(),
    from: z.number(),
    total: z.number(),
    items: z.array(transcriptItemSchema),
  }),
  /** Items of one thread of the open task that were added or changed, with their index in that thread. */
  z.object({
    type: z.literal('transcriptChanged'),
    taskId: z.string(),
    thread: z.string().optional(),
    total: z.number(),
    items: z.array(z.object({ index: z.number(), item: transcriptItemSchema })),
  }),
  z.object({
    type: z.literal('live'),
    taskId: z.string(),
    parts: z.array(livePartSchema),
    /** These are the parts from their beginnings, in place of those that were sent before. */
    whole: z.literal(true).optional(),
    /** Messages whose parts are void, because the stream was cut. */
    discarded: z.array(z.string()),
  }),
  /** Answer to a request of the view. */
  z.object({
    type: z.literal('reply'),
    requestId: z.string(),
    failure: failureSchema.optional(),
    taskId: z.string().optional(),
    chainId: z.string().optional(),
  }),
  /**
   * Whether the whole VS Code window has the focus. With it the view tells a click that only brought the window
   * to the front, which must not answer anything, from a click that came over from the editor.
   */
  z.object({ type: z.literal('windowFocus'), focused: z.boolean() }),
  /** Shows a task, a chain, an approval or the field for a new task. */
  z.object({
    type: z.literal('reveal'),
    target: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('task'), taskId: z.string() }),
      z.object({ kind: z.literal('chain'), chainId: z.string() }),
      z.object({ kind: z.literal('approval'), approvalId: z.string() }),
      z.object({ kind: z.literal('compose'), text: z.string().optional() }),
      z.object({ kind: z.literal('list') }),
    ]),
  }),
]);
export type ToWebview = z.infer<typeof toWebviewSchema>;
