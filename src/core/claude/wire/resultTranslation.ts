import type { ClaudeEvent, TurnOutcome } from '../claudeEvents.ts';
import { cappedText } from './cappedJson.ts';
import { asList, asNumber, asRaw, asText, asTexts, type Raw } from './rawFields.ts';
import { failureOf } from './resultFailure.ts';
import { readModels, readUsage } from './tokenUsage.ts';

export type RawResult = Raw<
  | 'subtype'
  | 'is_error'
  | 'terminal_reason'
  | 'result'
  | 'errors'
  | 'num_turns'
  | 'duration_ms'
  | 'total_cost_usd'
  | 'usage'
  | 'modelUsage'
  | 'permission_denials'
  | 'queued_turn_count'
  | 'origin'
  | 'api_error_status'
  | 'api_error'
  | 'startup_failure_reason'
  | 'structured_output'
>;

const MAX_TEXT = 200_000;
/** A line for the developers of Claude Code, not for people. */
const DIAGNOSTIC = '[ede_diagnostic]';

/** What the turn has shown before its end. */
interface TurnMemory {
  /** The last word for an error. */
  readonly error: string | undefined;
  /** A note said that the turn was interrupted; older versions say so nowhere else. */
  readonly interruptNoted: boolean;
  readonly cwd: string | undefined;
  /** The name of the last line of the conversation that Claude wrote. */
  readonly lastLine: string | undefined;
}

export function translateResult(raw: RawResult, memory: TurnMemory): ClaudeEvent {
  const errors = asTexts(raw.errors).filter(error => !error.startsWith(DIAGNOSTIC));
  const text = asText(raw.result) ?? errors.join('\n');
  const origin = asText((asRaw(raw.origin) as Raw<'kind'> | undefined)?.kind);
  return {
    type: 'turnEnded',
    outcome: outcomeOf(raw, text, memory),
    costUsd: asNumber(raw.total_cost_usd) ?? 0,
    usage: readUsage(raw.usage),
    models: readModels(raw.modelUsage),
    turns: asNumber(raw.num_turns) ?? 0,
    durationMs: asNumber(raw.duration_ms) ?? 0,
    queuedTurns: asNumber(raw.queued_turn_count) ?? 0,
    ...(origin === undefined ? {} : { origin }),
    permissionDenials: asList(raw.permission_denials).length,
    text: cappedText(text, MAX_TEXT),
    ...(memory.lastLine === undefined ? {} : { lastLine: memory.lastLine }),
    ...(raw.structured_output === undefined ? {} : { structuredOutput: raw.structured_output }),
  };
}

/** `subtype: "success"` does not mean success: failures of the API come with it. */
function outcomeOf(raw: RawResult, text: string, memory: TurnMemory): TurnOutcome {
  switch (raw.subtype) {
    case 'error_max_turns':
      return { kind: 'limit', limit: 'turns' };
    case 'error_max_budget_usd':
      return { kind: 'limit', limit: 'budget' };
    case 'error_max_structured_output_retries':
      return { kind: 'limit', limit: 'structuredOutput' };
  }
  const terminalReason = asText(raw.terminal_reason);
  if (terminalReason === 'aborted_streaming' || terminalReason === 'aborted_tools') {
    return { kind: 'interrupted' };
  }
  const isError = raw.is_error === true || raw.subtype !== 'success';
  if (!isError) {
    return { kind: 'succeeded' };
  }
  if (terminalReason === undefined && memory.interruptNoted) {
    return { kind: 'interrupted' };
  }
  const status = asNumber(raw.api_error_status);
  const failure = failureOf({
    error: memory.error,
    status,
    terminalReason,
    apiError: asText(raw.api_error),
    startupReason: asText(raw.startup_failure_reason),
    text: cappedText(text, 2000),
    cwd: memory.cwd,
  });
  return { kind: 'failed', failure, ...(status === undefined ? {} : { status }) };
}
