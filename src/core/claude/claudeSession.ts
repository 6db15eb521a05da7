import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter, type Event } from '../../base/event.ts';
import { type NewId, newUuid } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { type Failure, PanelError, toFailure } from '../../base/panelError.ts';
import { ProcessError } from '../process/processErrors.ts';
import type { ProcessIdentity, ProcessTable } from '../process/processIdentity.ts';
import { type RunningProcess, spawnProcess } from '../process/spawnProcess.ts';
import type { StopStage, StopTimes } from '../process/stopLadder.ts';
import type { ClaudeAnswer, ClaudeAsk } from './claudeAsk.ts';
import type { ClaudeProgram } from './claudeCli.ts';
import { withFoldersOnPath } from './claudeEnvironment.ts';
import {
  type ClaudeError,
  claudeClosedOutput,
  claudeLacks,
  claudeNeverStarted,
  claudeNotExecutable,
  claudeNotFound,
  claudeStartFailed,
  sessionEnded,
  taskFolderGone,
} from './claudeErrors.ts';
import type { ClaudeEvent, McpServerState } from './claudeEvents.ts';
import type { ClaudeLaunch } from './claudeLaunch.ts';
import { toLine, type UserImage, userMessage } from './claudeMessages.ts';
import { ControlChannel } from './controlChannel.ts';
import { OpenAsks } from './openAsks.ts';
import { type LoggedSession, lastWordsOf } from './serverLog.ts';
import { SessionEnding } from './sessionEnding.ts';
import { SessionReader } from './sessionReader.ts';
import {
  type ContextUsage,
  readContextUsage,
  readSettingsErrors,
  readSpent,
  type SessionTotals,
} from './wire/controlAnswers.ts';
import { translateInitialized } from './wire/initializeTranslation.ts';
import type { Raw } from './wire/rawFields.ts';
import { readMcpServers } from './wire/systemTranslation.ts';

/** In milliseconds. */
interface SessionLimits {
  /** Until the first request has to be answered. */
  readonly initialize: number;
  /** Until any other request has to be answered. */
  readonly request: number;
  /** Until an idle process has to end when told to. */
  readonly close: number;
  /** How long a process may live on after it has closed its output. */
  readonly deaf: number;
}

const DEFAULT_LIMITS: SessionLimits = { initialize: 60_000, request: 30_000, close: 3000, deaf: 2000 };

export interface SessionParts {
  readonly program: ClaudeProgram;
  readonly launch: ClaudeLaunch;
  /** What `--version` said. */
  readonly version: string;
  readonly cwd: string;
  readonly processes: ProcessTable;
  readonly clock: Clock;
  /** Stops the session, by the ladder. */
  readonly signal: AbortSignal;
  readonly limits?: Partial<SessionLimits>;
  readonly stopTimes?: StopTimes;
  readonly newRequestId?: NewId;
  readonly maxLineBytes?: number;
}

/**
 * One Claude Code process from its start to its end. Reports, and decides nothing about the task. After `start` has
 * resolved, the event `exited` always comes, and comes last; by then `stop` and `close` leave no process behind.
 */
export class ClaudeSession implements Disposable {
  readonly #parts: SessionParts;
  readonly #limits: SessionLimits;
  readonly #events = new Emitter<ClaudeEvent>();
  readonly #asks = new Emitter<ClaudeAsk>();
  readonly #withdrawals = new Emitter<string>();
  readonly #channel: ControlChannel;
  readonly #openAsks: OpenAsks;
  readonly #ending: SessionEnding;
  #process: RunningProcess | undefined;
  #deafTimer: Disposable | undefined;
  #isWorking = false;
  /** Known from the first turn on. */
  #logged: LoggedSession | undefined;
  #gaveUp: Failure | undefined;
  /** An older Claude Code repeats these as it takes them up. */
  readonly #unconfirmed = new Set<string>();
  /** Written before there is a process. */
  readonly #early: JsonObject[] = [];

  readonly onEvent: Event<ClaudeEvent> = this.#events.event;
  /** Every ask needs an answer. Without a listener it is denied. */
  readonly onAsk: Event<ClaudeAsk> = this.#asks.event;
  /** The id of an ask that takes no answer any more. */
  readonly onAskWithdrawn: Event<string> = this.#withdrawals.event;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#limits = { ...DEFAULT_LIMITS, ...parts.limits };
    const write = (message: JsonObject): void => this.#write(message);
    this.#channel = new ControlChannel({ clock: parts.clock, newRequestId: parts.newRequestId ?? newUuid, write });
    this.#openAsks = new OpenAsks(write);
    this.#ending = new SessionEnding({
      clock: parts.clock,
      processes: parts.processes,
      marker: parts.launch.marker,
      stopTimes: parts.stopTimes,
      closeWithin: this.#limits.close,
      knowsEndSession: parts.launch.capabilities.endSession,
      request: request => this.#request(request),
      onEvent: this.onEvent,
      isWorking: () => this.#isWorking,
    });
  }

  /** False for a Claude Code that is too old to say when nothing follows any more. */
  get reportsIdle(): boolean {
    return this.#parts.launch.capabilities.sessionState;
  }

  /** False for a Claude Code that is too old to say what became of each message: it only repeats most that it takes up. */
  get reportsMessages(): boolean {
    return this.#parts.launch.capabilities.messageState;
  }

  /** False for a Claude Code that is too old to count on from what a session had cost before. */
  get carriesCost(): boolean {
    return this.#parts.launch.capabilities.carriesCost;
  }

  /**
   * Starts the process and resolves when it is there. Messages may be sent at once; the event `ready` comes when it has
   * answered for the first time.
   * @throws ClaudeError with a remedy when it cannot be started.
   */
  async start(): Promise<ProcessIdentity> {
    const { program, launch, version, cwd, processes, signal, maxLineBytes } = this.#parts;
    signal.throwIfAborted();
    const reader = new SessionReader(
      {
        event: event => this.#fire(event),
        ask: ask => this.#takeAsk(ask),
        askWithdrawn: id => this.#openAsks.withdraw(id) && this.#withdrawals.fire(id),
        unknownRequest: id => this.#openAsks.refuse(id, 'This request is not supported.'),
        controlResponse: response => this.#channel.settle(response),
      },
      { knownVersion: version, ...(maxLineBytes === undefined ? {} : { maxLineBytes }) },
    );
    const starting = spawnProcess({
      file: program.file,
      args: [...program.args, ...launch.args],
      cwd,
      environment: withFoldersOnPath(launch.environment, program.folders),
      processes,
      onOutput: chunk => reader.output(chunk),
      onOutputEnd: () => this.#outputEnded(),
      onErrorText: text => reader.errorText(text),
    });
    this.#ending.begin(starting);
    const running = await starting.catch(error => {
      throw asStartError(error, program, cwd);
    });
    this.#process = running;
    const abort = (): void => void this.stop();
    signal.addEventListener('abort', abort, { once: true });
    void running.exited.then(exit => {
      signal.removeEventListener('abort', abort);
      reader.end();
      this.#ended({ type: 'exited', ...exit });
    });
    void this.#initialize();
    for (const message of this.#early.splice(0)) {
      this.#write(message);
    }
    if (signal.aborted) {
      abort();
    }
    return (await running.identity()) ?? { pid: running.pid, started: 'unknown' };
  }

  /** The uuid comes back in `messageState`. May be called before `start`; lost only with the process. */
  send(text: string, uuid: string, images: readonly UserImage[] = []): void {
    this.#isWorking = true;
    if (!this.reportsMessages) {
      this.#unconfirmed.add(uuid);
    }
    this.#write(userMessage(text, uuid, images));
  }

  /** False when the ask is not open any more. The first answer wins. */
  answerAsk(requestId: string, answer: ClaudeAnswer): boolean {
    return this.#openAsks.answer(requestId, answer);
  }

  /** Ends the running turn; resolves when Claude Code has taken note. Its `turnEnded` follows. */
  async interrupt(options: { cancelQueued?: boolean } = {}): Promise<void> {
    await this.#request({ subtype: 'interrupt', ...(options.cancelQueued === true ? { cancel_queued: true } : {}) });
  }

  async mcpServers(): Promise<readonly McpServerState[]> {
    const answer: Raw<'mcpServers'> = await this.#request({ subtype: 'mcp_status' });
    return Promise.all(readMcpServers(answer.mcpServers).map(server => this.#withLastWords(server)));
  }

  async reconnectMcpServer(name: string): Promise<void> {
    const { version, launch } = this.#parts;
    if (!launch.capabilities.reconnectServer) {
      throw claudeLacks(version, 'It connects MCP servers only when it starts.');
    }
    await this.#request({ subtype: 'mcp_reconnect', serverName: name });
  }

  async contextUsage(): Promise<ContextUsage | undefined> {
    return this.#parts.launch.capabilities.contextUsage
      ? readContextUsage(await this.#request({ subtype: 'get_context_usage', detail: 'summary' }))
      : undefined;
  }

  /** Of the whole session so far, or undefined from a Claude Code that is too old to be asked. */
  async spent(): Promise<SessionTotals | undefined> {
    return readSpent(await this.#request({ subtype: 'get_usage', skip_behaviors: true }));
  }

  /** Stops one agent or shell command in the background. */
  async stopAgent(agentId: string): Promise<void> {
    const { version, launch } = this.#parts;
    if (!launch.capabilities.stopTask) {
      throw claudeLacks(version, 'It stops what works in the background only together with the task.');
    }
    await this.#request({ subtype: 'stop_task', task_id: agentId });
  }

  /** True when Claude Code had not taken up the message yet, and will not. */
  async recallMessage(uuid: string): Promise<boolean> {
    if (!this.#parts.launch.capabilities.cancelMessage) {
      return false;
    }
    const answer: Raw<'cancelled'> = await this.#request({ subtype: 'cancel_async_message', message_uuid: uuid });
    return answer.cancelled === true;
  }

  /** Nothing more will be sent: Claude Code finishes what it does, background work included, and ends. */
  closeInput(): void {
    this.#process?.closeInput();
  }

  /** Ends an idle process in good order, with the ladder behind it. Resolves with how many could not be ended. */
  close(): Promise<number> {
    return this.#ending.close();
  }

  /**
   * Goes up the ladder until the process and all that it started are gone. Resolves with how many could not be ended.
   * A second call joins the first.
   */
  stop(onStage: (stage: StopStage) => void = () => {}, from: StopStage = 'interrupt'): Promise<number> {
    return this.#ending.stop(onStage, from);
  }

  /** Stops the process, without waiting for its end. */
  dispose(): void {
    void this.stop().finally(() => {
      for (const part of [this.#events, this.#asks, this.#withdrawals, this.#ending]) {
        part.dispose();
      }
    });
  }

  async #initialize(): Promise<void> {
    const { launch, version } = this.#parts;
    const onAnswer = (answer: JsonObject): void => {
      this.#fire(translateInitialized(answer, version));
      for (const option of launch.leftOut) {
        this.#notice(`Claude Code ${version} is too old for this setting, which has no effect: ${option}`, 'warning');
      }
      if ((answer as Raw<'mcp_servers_applied'>).mcp_servers_applied === false) {
        this.#notice('The MCP servers of this task were not taken over. They are not available.');
      }
    };
    try {
      await this.#channel.request(launch.initialize, this.#limits.initialize, onAnswer);
      void this.#tellOfBadSettings();
    } catch (error) {
      if (this.#process?.hasExited === false && error instanceof PanelError) {
        this.#giveUp(claudeNeverStarted(toFailure(error)));
      }
    }
  }

  /** Of one mistake a whole file does not count, and with it the rules that were to protect the user. */
  async #tellOfBadSettings(): Promise<void> {
    if (!this.#parts.launch.capabilities.settingsErrors) {
      return;
    }
    const answer = await this.#request({ subtype: 'get_settings' }).catch(() => ({}));
    for (const [file, why] of readSettingsErrors(answer)) {
      this.#notice(`Nothing in ${file} counts, rules that ask or deny included: ${why}`, 'warning');
    }
  }

  #takeAsk(ask: ClaudeAsk): void {
    this.#openAsks.open(ask);
    if (!this.#asks.hasListeners) {
      this.#openAsks.answer(ask.requestId, answerWithoutPerson(ask));
      return;
    }
    this.#asks.fire(ask);
  }

  #fire(event: ClaudeEvent): void {
    if (event.type === 'userText' && event.uuid !== undefined && this.#unconfirmed.delete(event.uuid)) {
      this.#events.fire({ type: 'messageState', uuid: event.uuid, state: 'started' });
      return;
    }
    if (event.type === 'turnStarted') {
      this.#isWorking = true;
      this.#logged = { id: event.sessionId, cwd: event.cwd, environment: this.#parts.launch.environment };
    } else if (event.type === 'turnEnded') {
      this.#isWorking = false;
    }
    this.#events.fire(event);
  }

  async #withLastWords(server: McpServerState): Promise<McpServerState> {
    const session = this.#logged;
    if (server.status !== 'failed' || session === undefined) {
      return server;
    }
    const lastWords = await lastWordsOf(server.name, this.#parts.launch.mcpServers[server.name], session);
    return lastWords === undefined ? server : { ...server, lastWords };
  }

  #notice(text: string, level: 'warning' | 'error' = 'error'): void {
    this.#fire({ type: 'notice', level, text });
  }

  /** A process that cannot be heard any more is of no use, and would never be seen to end its turn. */
  #outputEnded(): void {
    this.#deafTimer = this.#parts.clock.after(this.#limits.deaf, () => {
      if (this.#process?.hasExited === false) {
        this.#giveUp(claudeClosedOutput());
      }
    });
  }

  /** The process is ended without anybody's wish; how it ends tells nothing about why. */
  #giveUp(error: ClaudeError): void {
    this.#gaveUp ??= toFailure(error);
    this.#notice([error.message, error.detail].filter(Boolean).join(' '));
    void this.stop(undefined, 'terminate');
  }

  #ended(exit: Extract<ClaudeEvent, { type: 'exited' }>): void {
    this.#deafTimer?.dispose();
    this.#channel.close();
    this.#ending.processEnded();
    for (const id of this.#openAsks.withdrawAll()) {
      this.#withdrawals.fire(id);
    }
    this.#fire(this.#gaveUp === undefined ? exit : { ...exit, gaveUp: this.#gaveUp });
  }

  #request(request: JsonObject): Promise<JsonObject> {
    return this.#process === undefined
      ? Promise.reject(sessionEnded())
      : this.#channel.request(request, this.#limits.request);
  }

  #write(message: JsonObject): void {
    if (this.#process === undefined) {
      this.#early.push(message);
      return;
    }
    // What cannot be written is lost with the process, which its end tells.
    this.#process.write(toLine(message)).catch(() => {});
  }
}

function answerWithoutPerson(ask: ClaudeAsk): ClaudeAnswer {
  switch (ask.kind) {
    case 'elicitation':
      return { behavior: 'elicitation', action: 'cancel' };
    case 'hook':
      return { behavior: 'hook', output: {} };
    default:
      return { behavior: 'deny', message: 'Nobody is there to answer.' };
  }
}

function asStartError(error: unknown, program: ClaudeProgram, cwd: string): unknown {
  if (!(error instanceof ProcessError)) {
    return error;
  }
  switch (error.reason) {
    case 'notFound':
      return claudeNotFound([], program.path);
    case 'notExecutable':
      return claudeNotExecutable(program.path, error);
    case 'workingFolderGone':
      return taskFolderGone(cwd, error);
    default:
      return claudeStartFailed(error.detail ?? error.message, error);
  }
}
