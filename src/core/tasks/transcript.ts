import type { JsonObject } from '../../base/json.ts';
import { snapshotsMissing, undoneText } from '../checkpoints/snapshotWords.ts';
import { describeActor } from '../events/actor.ts';
import type { TaskLogFact, ToolChange } from './taskFact.ts';

interface Common {
  readonly id: string;
  readonly at: number;
  readonly parentToolUseId?: string;
}

export type TranscriptEntry = Common &
  (
    | { readonly kind: 'prompt'; readonly text: string; readonly by: string }
    | { readonly kind: 'text'; readonly text: string; readonly messageId: string; readonly error?: string }
    | { readonly kind: 'thinking'; readonly text: string; readonly messageId: string; readonly durationMs?: number }
    | {
        readonly kind: 'tool';
        readonly toolUseId: string;
        readonly name: string;
        readonly summary: string;
        readonly input: JsonObject;
        readonly status: 'running' | 'ok' | 'error' | 'denied';
        readonly output?: string;
        readonly outputTruncated?: boolean;
        readonly ended?: number;
        /** Part of the time until `ended`. */
        readonly waitedMs?: number;
        readonly change?: ToolChange;
        readonly decision?: string;
      }
    | {
        readonly kind: 'notice';
        readonly level: 'info' | 'warning' | 'error';
        readonly text: string;
        readonly remedy?: string;
      }
    | { readonly kind: 'decision'; readonly approvalId: string; readonly text: string }
    | {
        readonly kind: 'turnEnd';
        readonly outcome: 'succeeded' | 'interrupted' | 'limit' | 'failed';
        readonly costUsd: number;
        readonly durationMs: number;
        readonly text?: string;
      }
  );

export type ToolEntry = Extract<TranscriptEntry, { readonly kind: 'tool' }>;

/** Milliseconds that the call worked, without the wait for a person; undefined while it runs. */
export function workedMs({ at, ended, waitedMs = 0 }: ToolEntry): number | undefined {
  return ended === undefined ? undefined : Math.max(0, ended - at - waitedMs);
}

/** How a fact changes the transcript: a new entry, or the end of a tool call that is already there. */
type TranscriptChange =
  | { readonly kind: 'add'; readonly entry: TranscriptEntry }
  | {
      readonly kind: 'endTool';
      readonly id: string;
      readonly end: Pick<
        ToolEntry,
        'status' | 'output' | 'outputTruncated' | 'ended' | 'waitedMs' | 'change' | 'decision'
      >;
    }
  /** The process is gone: calls that are still open can have no result any more. */
  | { readonly kind: 'closeOpenTools'; readonly at: number };

export function toolEntryId(toolUseId: string): string {
  return `tool:${toolUseId}`;
}

/** What a fact adds to the transcript. `eventId` makes ids that stay the same when the log is read again. */
export function transcriptChange(fact: TaskLogFact, eventId: string, at: number): TranscriptChange | undefined {
  const add = (entry: TranscriptEntry): TranscriptChange => ({ kind: 'add', entry });
  switch (fact.type) {
    case 'claude-panel.task.created':
      return add({
        kind: 'prompt',
        id: `prompt:${fact.data.promptId}`,
        at,
        text: fact.data.prompt,
        by: describeActor(fact.data.by),
      });
    case 'claude-panel.task.messageDelivered':
      return add({
        kind: 'prompt',
        id: `prompt:${fact.data.messageId}`,
        at,
        text: fact.data.text,
        by: describeActor(fact.data.by),
      });
    case 'claude-panel.task.text':
      return add({ ...fact.data, kind: 'text', id: eventId, at });
    case 'claude-panel.task.thinking':
      return add({ ...fact.data, kind: 'thinking', id: eventId, at });
    case 'claude-panel.task.toolStarted':
      return add({ ...fact.data, kind: 'tool', id: toolEntryId(fact.data.toolUseId), at, status: 'running' });
    case 'claude-panel.task.toolEnded': {
      const { toolUseId, outcome, ...rest } = fact.data;
      return { kind: 'endTool', id: toolEntryId(toolUseId), end: { ...rest, status: outcome, ended: at } };
    }
    case 'claude-panel.task.notice': {
      const { level, text, remedy } = fact.data;
      return add({ kind: 'notice', id: eventId, at, level, text, ...(remedy === undefined ? {} : { remedy }) });
    }
    case 'claude-panel.task.turnEnded': {
      const { outcome, costUsd, durationMs, failure } = fact.data;
      return add({
        kind: 'turnEnd',
        id: eventId,
        at,
        outcome,
        costUsd,
        durationMs,
        ...(failure === undefined ? {} : { text: failure.message }),
      });
    }
    case 'claude-panel.approval.answered':
      return add(decision(fact.data.approvalId, at, fact.data.text));
    case 'claude-panel.approval.expired':
      return add(decision(fact.data.approvalId, at, 'Denied, because nobody answered in time.'));
    case 'claude-panel.checkpoint.taken': {
      const text = snapshotsMissing(fact.data);
      return text === undefined ? undefined : add({ kind: 'notice', id: eventId, at, level: 'warning', ...text });
    }
    case 'claude-panel.checkpoint.undone':
    case 'claude-panel.checkpoint.redone': {
      const word = fact.type === 'claude-panel.checkpoint.undone' ? 'Undone' : 'Redone';
      return add({ kind: 'notice', id: eventId, at, level: 'info', text: undoneText(word, fact.data) });
    }
    case 'claude-panel.task.paused':
    case 'claude-panel.task.succeeded':
    case 'claude-panel.task.failed':
    case 'claude-panel.task.stopped':
    case 'claude-panel.task.timedOut':
    case 'claude-panel.task.overBudget':
      return { kind: 'closeOpenTools', at };
    default:
      return undefined;
  }
}

/** One for each approval: of two answers only the first is shown, as only the first counts. */
function decision(approvalId: string, at: number, text: string): TranscriptEntry {
  return { kind: 'decision', id: `decision:${approvalId}`, at, approvalId, text };
}
