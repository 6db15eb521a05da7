import { Emitter } from '../../../../src/base/event.ts';
import type { ClaudeAnswer, ClaudeAsk } from '../../../../src/core/claude/claudeAsk.ts';
import { requestFailed } from '../../../../src/core/claude/claudeErrors.ts';
import type { ClaudeEvent, McpServerState } from '../../../../src/core/claude/claudeEvents.ts';
import type { ModelTotals, ProcessMark, StopStage } from '../../../../src/core/tasks/task.ts';
import type { SessionOptions, TaskSession } from '../../../../src/core/tasks/taskSession.ts';

/** A session that does only what a test says: the ends of a run that a real program cannot be made to show at will. */
export class FakeSession implements TaskSession {
  readonly events = new Emitter<ClaudeEvent>();
  readonly asks = new Emitter<ClaudeAsk>();
  readonly takenBack = new Emitter<string>();
  readonly onEvent = this.events.event;
  readonly onAsk = this.asks.event;
  readonly onAskWithdrawn = this.takenBack.event;
  readonly options: SessionOptions;
  readonly sent: { readonly text: string; readonly uuid: string }[] = [];
  readonly answers: { readonly requestId: string; readonly answer: ClaudeAnswer }[] = [];
  readonly stages: StopStage[] = [];
  reportsIdle = true;
  reportsMessages = true;
  carriesCost = true;
  /** What it has counted before its first turn. */
  carried: { costUsd: number; models: ModelTotals } | undefined;
  closed = false;
  leftOver = 0;
  recalls = true;
  servers: readonly McpServerState[] = [];
  looksAtServers = 0;

  constructor(options: SessionOptions) {
    this.options = options;
  }

  start(): Promise<ProcessMark> {
    return Promise.resolve({ pid: 4321, started: '77' });
  }
  send(text: string, uuid: string): void {
    this.sent.push({ text, uuid });
  }
  answerAsk(requestId: string, answer: ClaudeAnswer): void {
    this.answers.push({ requestId, answer });
  }
  interrupt(): Promise<void> {
    return Promise.resolve();
  }
  stopAgent(): Promise<void> {
    return Promise.resolve();
  }
  recallMessage(): Promise<boolean> {
    return Promise.resolve(this.recalls);
  }
  spent(): Promise<{ costUsd: number; models: ModelTotals } | undefined> {
    return Promise.resolve(this.carried);
  }
  contextUsage(): Promise<{ tokens: number; window: number } | undefined> {
    return Promise.resolve(undefined);
  }
  mcpServers(): Promise<readonly McpServerState[]> {
    this.looksAtServers += 1;
    return Promise.resolve(this.servers);
  }
  reconnectMcpServer(name: string): Promise<void> {
    const known = this.servers.some(server => server.name === name);
    this.servers = this.servers.map(server => (server.name === name ? { name, status: 'connected' } : server));
    return known ? Promise.resolve() : Promise.reject(requestFailed('mcp_reconnect', `There is no ${name}.`));
  }
  stop(onStage: (stage: StopStage) => void): Promise<number> {
    onStage('interrupt');
    this.stages.push('interrupt');
    return Promise.resolve(this.leftOver);
  }
  close(): Promise<number> {
    this.closed = true;
    return Promise.resolve(0);
  }

  turn(): void {
    const { sessionId = 's' } = this.options.task;
    this.events.fire({ type: 'sessionState', state: 'running' });
    this.events.fire({
      type: 'turnStarted',
      sessionId,
      model: 'sonnet',
      permissionMode: 'default',
      cwd: '/ws',
      tools: [],
      mcpServers: [],
      apiKeySource: 'none',
      version: '2.1.0',
    });
  }

  endTurn(text = 'All done.', costUsd = 0.01): void {
    this.events.fire({
      type: 'turnEnded',
      outcome: { kind: 'succeeded' },
      costUsd,
      usage: { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheCreationTokens: 0 },
      models: {},
      turns: 1,
      durationMs: 10,
      queuedTurns: 0,
      permissionDenials: 0,
      text,
    });
  }

  idle(): void {
    this.events.fire({ type: 'sessionState', state: 'idle' });
  }
}
