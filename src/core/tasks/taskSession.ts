import type { Event } from '../../base/event.ts';
import type { ClaudeAnswer, ClaudeAsk } from '../claude/claudeAsk.ts';
import type { ClaudeEvent, McpServerState } from '../claude/claudeEvents.ts';
import type { ModelTotals, ProcessMark, StopStage, Task } from './task.ts';

/** One Claude Code process, as a task needs it. `ClaudeSession` is the real one. */
export interface TaskSession {
  readonly onEvent: Event<ClaudeEvent>;
  readonly onAsk: Event<ClaudeAsk>;
  readonly onAskWithdrawn: Event<string>;
  /** Resolves when the process is there; rejects with a PanelError that says what to do. */
  start(): Promise<ProcessMark>;
  /** False for a Claude Code too old to say when everything is done. */
  readonly reportsIdle: boolean;
  /** False for a Claude Code too old to say what became of each message: most are reported, but not all. */
  readonly reportsMessages: boolean;
  /** False for a Claude Code too old to count on from what the session had cost before. */
  readonly carriesCost: boolean;
  send(text: string, uuid: string): void;
  answerAsk(requestId: string, answer: ClaudeAnswer): void;
  interrupt(): Promise<void>;
  stopAgent(agentId: string): Promise<void>;
  /** True when Claude Code had not read the message yet and will not. */
  recallMessage(uuid: string): Promise<boolean>;
  /** Of the whole session so far, as Claude Code counts it; undefined from one that is too old to be asked. */
  spent(): Promise<{ readonly costUsd: number; readonly models: ModelTotals } | undefined>;
  /** Tokens in the conversation, and how many fit in; undefined from a Claude Code that is too old to be asked. */
  contextUsage(): Promise<{ readonly tokens: number; readonly window: number } | undefined>;
  mcpServers(): Promise<readonly McpServerState[]>;
  reconnectMcpServer(name: string): Promise<void>;
  /**
   * Goes up the ladder until no process is left; tells each stage. Resolves to the number of processes that could not
   * be ended. Begun at `terminate`, the turn stays cut off, and a resumed session can take it up.
   */
  stop(onStage: (stage: StopStage) => void, from?: StopStage): Promise<number>;
  /** Ends an idle process in good order, with the ladder behind it. */
  close(): Promise<number>;
}

export interface SessionOptions {
  readonly task: Task;
  /** Go on with the stored session. */
  readonly resume: boolean;
  /** Let Claude Code take up the turn that was cut off. */
  readonly resumeInterruptedTurn: boolean;
  readonly signal: AbortSignal;
}

/** Finds the program and asks what has to be asked before it may be started: it may wait long, until the signal aborts. */
export type OpenSession = (options: SessionOptions) => Promise<TaskSession>;
