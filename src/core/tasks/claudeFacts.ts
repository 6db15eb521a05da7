import type { JsonValue } from '../../base/json.ts';
import type { ClaudeEvent, TokenUsage } from '../claude/claudeEvents.ts';
import { sumOfModels } from './forkBaseline.ts';
import type { LiveUpdate } from './liveUpdate.ts';
import type { AgentRun, ModelTotals } from './task.ts';
import type { TaskFact } from './taskFact.ts';
import { toolChange } from './toolChange.ts';
import { toolSummary } from './toolSummary.ts';

const LONGEST_OUTPUT = 100_000;
const LONGEST_NOTICE = 4000;

interface Translated {
  readonly facts: readonly TaskFact[];
  readonly live: readonly LiveUpdate[];
}

const NOTHING: Translated = { facts: [], live: [] };

/**
 * Turns what Claude Code reports into facts for the log and text for the eye. Pure but for what it must remember:
 * which tools are open, since when a thought lasts, and the agents.
 */
export class ClaudeFacts {
  readonly #taskId: string;
  readonly #cwd: string;
  /** Call → whether it is one of the main thread. */
  readonly #openTools = new Map<string, boolean>();
  /** Denied without asking; an older Claude Code does not say so with the result. */
  readonly #denied = new Set<string>();
  readonly #agents = new Map<string, AgentRun>();
  #thinkingSince: number | undefined;
  #toldOfRateLimit = false;
  #before: { readonly costUsd: number; readonly models: ModelTotals } = { costUsd: 0, models: {} };

  constructor(taskId: string, cwd: string) {
    this.#taskId = taskId;
    this.#cwd = cwd;
  }

  /** While a tool or an agent runs, silence is no sign of trouble. */
  get isWorking(): boolean {
    return this.#openTools.size > 0 || [...this.#agents.values()].some(agent => agent.status === 'running');
  }

  /** What the session had cost that is not in what Claude Code reports from now on. */
  countOnFrom(before: { readonly costUsd: number; readonly models: ModelTotals }): void {
    this.#before = before;
  }

  /** What the session has cost, of what Claude Code says. */
  wholeCost(reportedUsd: number): number {
    return this.#before.costUsd + reportedUsd;
  }

  take(event: ClaudeEvent, now: number): Translated {
    switch (event.type) {
      case 'textDelta':
        return this.#live('text', event.messageId, event.blockIndex, event.text);
      case 'thinkingDelta':
        this.#thinkingSince ??= now;
        return this.#live('thinking', event.messageId, event.blockIndex, event.text);
      case 'toolInputDelta':
        return this.#live('toolInput', event.messageId, event.blockIndex, event.json, event.name);
      case 'messageDiscarded':
        return { facts: [], live: [{ kind: 'discarded', taskId: this.#taskId, messageId: event.messageId }] };
      default:
        return { facts: this.#facts(event, now), live: NOTHING.live };
    }
  }

  #live(
    part: 'text' | 'thinking' | 'toolInput',
    messageId: string,
    blockIndex: number,
    text: string,
    toolName?: string,
  ): Translated {
    const update = { kind: 'part' as const, taskId: this.#taskId, messageId, blockIndex, part, text };
    return { facts: NOTHING.facts, live: [toolName === undefined ? update : { ...update, toolName }] };
  }

  #facts(event: ClaudeEvent, now: number): readonly TaskFact[] {
    switch (event.type) {
      case 'ready': {
        const { apiKeySource, tokenSource } = event.account;
        const source = apiKeySource ?? (tokenSource === 'none' ? undefined : tokenSource);
        return [
          {
            type: 'claude-panel.task.ready',
            data: { cliVersion: event.version, ...(source === undefined ? {} : { apiKeySource: source }) },
          },
        ];
      }
      case 'turnStarted': {
        const { sessionId, model, permissionMode, apiKeySource, version, mcpServers } = event;
        return [
          {
            type: 'claude-panel.task.turnStarted',
            data: { sessionId, model, permissionMode, apiKeySource, cliVersion: version, mcpServers },
          },
        ];
      }
      case 'text': {
        const { messageId, text, parentToolUseId, error } = event;
        return [{ type: 'claude-panel.task.text', data: { messageId, text, ...defined({ parentToolUseId, error }) } }];
      }
      case 'thinking': {
        const { messageId, text, parentToolUseId } = event;
        const durationMs = this.#thinkingSince === undefined ? undefined : now - this.#thinkingSince;
        this.#thinkingSince = undefined;
        return text === ''
          ? []
          : [
              {
                type: 'claude-panel.task.thinking',
                data: { messageId, text, ...defined({ parentToolUseId, durationMs }) },
              },
            ];
      }
      case 'toolStarted': {
        const { toolUseId, name, input, parentToolUseId } = event;
        if (this.#openTools.has(toolUseId)) {
          return [];
        }
        this.#openTools.set(toolUseId, parentToolUseId === undefined);
        const summary = toolSummary(name, input, this.#cwd);
        return [
          {
            type: 'claude-panel.task.toolStarted',
            data: { toolUseId, name, input, summary, ...defined({ parentToolUseId }) },
          },
        ];
      }
      case 'toolEnded': {
        const { toolUseId, isError, output, result } = event;
        const decision = event.decision ?? (this.#denied.delete(toolUseId) ? 'reject:config' : undefined);
        this.#openTools.delete(toolUseId);
        const denied = decision?.startsWith('reject') === true;
        const change = isError ? undefined : toolChange(result, this.#cwd);
        const data = {
          toolUseId,
          outcome: denied ? ('denied' as const) : isError ? ('error' as const) : ('ok' as const),
          output: output.slice(0, LONGEST_OUTPUT),
          outputTruncated: output.length > LONGEST_OUTPUT,
          ...defined({ decision, change }),
        };
        return [{ type: 'claude-panel.task.toolEnded', data }];
      }
      case 'usage': {
        const { messageId, usage, parentToolUseId } = event;
        const contextTokens = parentToolUseId === undefined ? contextOf(usage) : undefined;
        return [{ type: 'claude-panel.task.usage', data: { messageId, tokens: usage, ...defined({ contextTokens }) } }];
      }
      case 'todos':
        return [
          {
            type: 'claude-panel.task.todosChanged',
            data: { todos: event.todos.map(({ content, status }) => ({ content, status })) },
          },
        ];
      case 'agentStarted': {
        const { agentId, kind, description, toolUseId } = event;
        return this.#agent({ id: agentId, kind, description, status: 'running', ...defined({ toolUseId }) });
      }
      case 'agentProgress': {
        const { agentId, tokens, toolUses, durationMs } = event;
        const known = this.#agents.get(agentId);
        return known === undefined ? [] : this.#agent({ ...known, ...defined({ tokens, toolUses, durationMs }) });
      }
      case 'agentEnded': {
        const known = this.#agents.get(event.agentId);
        return known === undefined ? [] : this.#agent({ ...known, status: event.status });
      }
      case 'permissionModeChanged':
        return [{ type: 'claude-panel.task.permissionModeChanged', data: { mode: event.mode } }];
      case 'apiRetry': {
        const { attempt, maxRetries, delayMs, status, error } = event;
        const reason = `${describeRetry(error)}${status === null ? '' : ` (HTTP ${status})`}`;
        return [{ type: 'claude-panel.task.retrying', data: { attempt, maxRetries, nextAt: now + delayMs, reason } }];
      }
      case 'modelFallback':
        return [notice('warning', `${event.from} is overloaded; the task goes on with ${event.to}.`)];
      case 'compacting':
        return [notice('info', 'The conversation is long; Claude Code is summarising it.')];
      case 'compacted':
        return [compactedNotice(event)];
      case 'rateLimit':
        return this.#rateLimit(event);
      case 'permissionDenied':
        if (event.toolUseId !== undefined) {
          this.#denied.add(event.toolUseId);
        }
        return [
          notice(
            'warning',
            `${event.toolName} was denied by a rule${event.reason === undefined ? '' : `: ${event.reason}`}.`,
          ),
        ];
      case 'notice':
        return [notice(event.level, event.text)];
      case 'turnEnded': {
        const { outcome, text, costUsd, durationMs, turns, models, lastLine } = event;
        const failure = outcome.kind === 'failed' ? outcome.failure : undefined;
        return [
          ...this.#endMainTools(outcome.kind === 'succeeded' ? 'ok' : 'error'),
          {
            type: 'claude-panel.task.turnEnded',
            data: {
              outcome: outcome.kind,
              text,
              costUsd: this.wholeCost(costUsd),
              durationMs,
              turns,
              models: sumOfModels(models, this.#before.models),
              ...defined({ failure, lastLine }),
            },
          },
        ];
      }
      case 'unknownMessage':
        return [notice('info', `Claude Code sent a message that this version does not know: ${preview(event.raw)}`)];
      case 'badLine':
        return [
          notice(
            'warning',
            `Claude Code sent a line that could not be read (${event.error}): ${event.text.slice(0, 200)}`,
          ),
        ];
      default:
        return [];
    }
  }

  #rateLimit(event: Extract<ClaudeEvent, { readonly type: 'rateLimit' }>): readonly TaskFact[] {
    if (event.status !== 'allowed') {
      this.#toldOfRateLimit = true;
      return rateLimited(event);
    }
    const wasTold = this.#toldOfRateLimit;
    this.#toldOfRateLimit = false;
    return wasTold ? [{ type: 'claude-panel.task.rateLimitLifted', data: {} }] : [];
  }

  /** A turn ends with no call of its own open: of one that ran at the API, no result may ever have been told. */
  #endMainTools(outcome: 'ok' | 'error'): readonly TaskFact[] {
    const open = [...this.#openTools].flatMap(([toolUseId, isMain]) => (isMain ? [toolUseId] : []));
    return open.map(toolUseId => {
      this.#openTools.delete(toolUseId);
      return { type: 'claude-panel.task.toolEnded', data: { toolUseId, outcome, output: '', outputTruncated: false } };
    });
  }

  #agent(agent: AgentRun): readonly TaskFact[] {
    this.#agents.set(agent.id, agent);
    return [{ type: 'claude-panel.task.agentChanged', data: { agent } }];
  }
}

function notice(level: 'info' | 'warning' | 'error', text: string): TaskFact {
  return { type: 'claude-panel.task.notice', data: { level, text: text.slice(0, LONGEST_NOTICE) } };
}

function compactedNotice(event: Extract<ClaudeEvent, { readonly type: 'compacted' }>): TaskFact {
  if (!event.ok) {
    return notice(
      'warning',
      `The conversation could not be summarised${event.error === undefined ? '' : `: ${event.error}`}.`,
    );
  }
  const sizes =
    event.preTokens === undefined || event.postTokens === undefined
      ? ''
      : ` from ${event.preTokens} to ${event.postTokens} tokens`;
  return notice('info', `The conversation was summarised${sizes}.`);
}

function rateLimited(event: Extract<ClaudeEvent, { readonly type: 'rateLimit' }>): readonly TaskFact[] {
  const blocked = event.status === 'rejected';
  const which = event.kind === undefined ? 'usage limit' : `${event.kind.replaceAll('_', ' ')} limit`;
  const text = blocked ? `The ${which} is reached.` : `The ${which} is close.`;
  return [{ type: 'claude-panel.task.rateLimited', data: { text, blocked, ...defined({ resetsAt: event.resetsAt }) } }];
}

const RETRY_WORDS: Record<string, string> = {
  rate_limit: 'Too many requests',
  overloaded: 'The service is overloaded',
  server_error: 'The service has an error',
  authentication_failed: 'The account was not accepted',
  unknown: 'The service did not answer',
};

function describeRetry(error: string): string {
  return RETRY_WORDS[error] ?? error.replaceAll('_', ' ');
}

/** What the model has to read for its next answer: the whole conversation up to now. */
function contextOf(usage: TokenUsage): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheCreationTokens + usage.outputTokens;
}

function preview(raw: JsonValue): string {
  return JSON.stringify(raw).slice(0, 300);
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function defined<T extends Record<string, unknown>>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
