import { visibleText } from '../../base/visibleText.ts';
import { type ToolEntry, type TranscriptEntry, workedMs } from '../../core/tasks/transcript.ts';
import type { TranscriptItem } from '../../protocol/transcriptView.ts';
import { changeView } from './diffView.ts';
import { oneLine, shownJson, shownText } from './shownText.ts';

const LONGEST_TEXT = 100_000;
/** The rest of an input or output is read in an editor. */
const LONGEST_INPUT = 8000;
const LONGEST_OUTPUT = 8000;
const LONGEST_SUMMARY = 300;

interface ItemSurroundings {
  /** The task's folder: paths inside it are shown relative to it. */
  readonly cwd: string;
  /** How many items the thread of this call's sub-agent has. */
  readonly nested?: number | undefined;
}

export function presentEntry(entry: TranscriptEntry, surroundings: ItemSurroundings): TranscriptItem {
  const common = {
    id: entry.id,
    at: entry.at,
    ...(entry.parentToolUseId === undefined ? {} : { parentToolUseId: entry.parentToolUseId }),
  };
  switch (entry.kind) {
    case 'prompt':
      return { ...common, kind: 'prompt', text: long(entry.text), by: visibleText(entry.by) };
    case 'text':
      return { ...common, kind: 'text', text: long(entry.text), messageId: entry.messageId };
    case 'thinking':
      return {
        ...common,
        kind: 'thinking',
        text: long(entry.text),
        messageId: entry.messageId,
        ...(entry.durationMs === undefined ? {} : { durationMs: entry.durationMs }),
      };
    case 'tool':
      return { ...common, ...presentTool(entry, surroundings) };
    case 'notice':
      return {
        ...common,
        kind: 'notice',
        level: entry.level,
        text: long(entry.text),
        ...(entry.remedy === undefined ? {} : { remedy: visibleText(entry.remedy) }),
      };
    case 'decision':
      return { ...common, kind: 'decision', approvalId: entry.approvalId, text: long(entry.text) };
    case 'turnEnd':
      return {
        ...common,
        kind: 'turnEnd',
        outcome: entry.outcome,
        costUsd: entry.costUsd,
        durationMs: entry.durationMs,
        ...(entry.text === undefined ? {} : { text: long(entry.text) }),
      };
  }
}

type ToolItem = Extract<TranscriptItem, { kind: 'tool' }>;

function presentTool(
  entry: ToolEntry,
  { cwd, nested }: ItemSurroundings,
): Omit<ToolItem, 'id' | 'at' | 'parentToolUseId'> {
  const output = entry.output === undefined ? undefined : shownText(entry.output, LONGEST_OUTPUT);
  const duration = workedMs(entry);
  const isCut = entry.outputTruncated === true || output?.isCut === true;
  return {
    kind: 'tool',
    toolUseId: entry.toolUseId,
    name: visibleText(entry.name),
    summary: oneLine(entry.summary, LONGEST_SUMMARY),
    input: shownJson(entry.input, LONGEST_INPUT).text,
    status: entry.status,
    ...(output === undefined ? {} : { output: output.text }),
    ...(isCut ? { outputTruncated: true } : {}),
    ...(duration === undefined ? {} : { durationMs: duration }),
    ...(entry.change === undefined ? {} : { diff: changeView(entry.change, cwd) }),
    ...(nested === undefined || nested === 0 ? {} : { nested }),
    ...(entry.decision === undefined ? {} : { decision: decisionText(entry.decision) }),
  };
}

/** Claude Code's own words for who decided, such as `accept:user_temporary`. */
function decisionText(decision: string): string {
  const [verdict = '', source = ''] = decision.split(':', 2);
  const who = SOURCES[source];
  if (who === undefined || (verdict !== 'accept' && verdict !== 'reject')) {
    return visibleText(decision);
  }
  return `${verdict === 'accept' ? 'allowed' : 'denied'} by ${who}`;
}

const SOURCES: Readonly<Record<string, string>> = {
  user_temporary: 'you',
  user_permanent: 'you, for good',
  user_reject: 'you',
  user_abort: 'you',
  config: 'a rule',
  hook: 'a hook',
};

function long(text: string): string {
  return shownText(text, LONGEST_TEXT).text;
}
