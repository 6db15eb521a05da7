import type { BackgroundRun, ClaudeEvent } from '../claudeEvents.ts';
import { cappedText } from './cappedJson.ts';
import { asNumber, asRaw, asRaws, asText, type Raw } from './rawFields.ts';

export type RawAgentMessage = Raw<
  | 'task_id'
  | 'tool_use_id'
  | 'description'
  | 'task_type'
  | 'is_backgrounded'
  | 'subagent_type'
  | 'ambient'
  | 'skip_transcript'
  | 'summary'
  | 'usage'
  | 'patch'
  | 'status'
  | 'tasks'
>;
type RawRun = Raw<'task_id' | 'task_type' | 'description' | 'ambient'>;

const MAX_SUMMARY = 20_000;
const NONE: readonly ClaudeEvent[] = [];

/** Sub-agents and long shell commands: Claude Code calls both of them tasks. */
export class AgentTranslation {
  /** How each one ended that has ended, to say it once. */
  readonly #ended = new Map<string, boolean>();

  started(raw: RawAgentMessage): readonly ClaudeEvent[] {
    const agentId = asText(raw.task_id);
    if (agentId === undefined || isAmbient(raw)) {
      return NONE;
    }
    // An agent that is resumed keeps its id and starts again.
    this.#ended.delete(agentId);
    const toolUseId = asText(raw.tool_use_id);
    const subagentType = asText(raw.subagent_type);
    return [
      {
        type: 'agentStarted',
        agentId,
        ...(toolUseId === undefined ? {} : { toolUseId }),
        kind: asText(raw.task_type) ?? 'unknown',
        description: asText(raw.description) ?? '',
        background: raw.is_backgrounded === true,
        ...(subagentType === undefined ? {} : { subagentType }),
      },
    ];
  }

  progress(raw: RawAgentMessage): readonly ClaudeEvent[] {
    const agentId = asText(raw.task_id);
    if (agentId === undefined || isAmbient(raw)) {
      return NONE;
    }
    const usage: Raw<'total_tokens' | 'tool_uses' | 'duration_ms'> = asRaw(raw.usage) ?? {};
    const tokens = asNumber(usage.total_tokens);
    const toolUses = asNumber(usage.tool_uses);
    const durationMs = asNumber(usage.duration_ms);
    return [
      {
        type: 'agentProgress',
        agentId,
        description: asText(raw.summary) ?? asText(raw.description) ?? '',
        ...(tokens === undefined ? {} : { tokens }),
        ...(toolUses === undefined ? {} : { toolUses }),
        ...(durationMs === undefined ? {} : { durationMs }),
      },
    ];
  }

  updated(raw: RawAgentMessage): readonly ClaudeEvent[] {
    const patch: Raw<'status'> = asRaw(raw.patch) ?? {};
    const status = endStatus(patch.status);
    return status === undefined ? NONE : this.#end(raw, status, undefined);
  }

  notified(raw: RawAgentMessage): readonly ClaudeEvent[] {
    const status = endStatus(raw.status) ?? 'completed';
    return this.#end(raw, status, asText(raw.summary));
  }

  background(raw: RawAgentMessage): ClaudeEvent {
    const running = asRaws<keyof RawRun>(raw.tasks).flatMap((run): BackgroundRun[] => {
      const id = asText(run.task_id);
      return id === undefined || isAmbient(run)
        ? []
        : [{ id, kind: asText(run.task_type) ?? 'unknown', description: asText(run.description) ?? '' }];
    });
    return { type: 'backgroundChanged', running };
  }

  /** The end is told by up to two messages, in either order; only one of them has the summary. */
  #end(
    raw: RawAgentMessage,
    status: 'completed' | 'failed' | 'stopped',
    summary: string | undefined,
  ): readonly ClaudeEvent[] {
    const agentId = asText(raw.task_id);
    if (agentId === undefined || isAmbient(raw)) {
      return NONE;
    }
    const hadSummary = this.#ended.get(agentId);
    if (hadSummary === true || (hadSummary === false && summary === undefined)) {
      return NONE;
    }
    this.#ended.set(agentId, summary !== undefined);
    const brief = summary === undefined ? {} : { summary: cappedText(summary, MAX_SUMMARY) };
    return [{ type: 'agentEnded', agentId, status, ...brief }];
  }
}

function isAmbient(raw: Raw<'ambient'> & Raw<'skip_transcript'>): boolean {
  return raw.ambient === true || raw.skip_transcript === true;
}

function endStatus(status: unknown): 'completed' | 'failed' | 'stopped' | undefined {
  switch (status) {
    case 'completed':
    case 'failed':
    case 'stopped':
      return status;
    case 'killed':
      return 'stopped';
    default:
      return undefined;
  }
}
