import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Emitter } from '../../base/event.ts';
import type { NewId } from '../../base/ids.ts';
import { type Failure, toFailure } from '../../base/panelError.ts';
import type { TakenSnapshots } from '../checkpoints/checkpointFact.ts';
import { badKey, claudeSilent } from '../claude/claudeErrors.ts';
import type { ClaudeEvent } from '../claude/claudeEvents.ts';
import type { Actor } from '../events/actor.ts';
import type { ApprovalDesk } from './approvalDesk.ts';
import { ClaudeFacts } from './claudeFacts.ts';
import { readContext } from './contextReading.ts';
import { FactBuffer } from './factBuffer.ts';
import { FollowUpDelivery } from './followUpDelivery.ts';
import { notCarried, reportedTotals } from './forkBaseline.ts';
import type { LiveUpdate } from './liveUpdate.ts';
import type { PanelLog } from './panelLog.ts';
import { RunnerAsks } from './runnerAsks.ts';
import { RunnerSnapshots, type TaskSnapshots } from './runnerSnapshots.ts';
import { type RunnerLimits, RunnerWatch } from './runnerWatch.ts';
import type { PauseCause, StopStage, Task } from './task.ts';
import { type Ending, endingOfExit, endingOfTurn, type LadderEnding } from './taskEnding.ts';
import { noSnapshot } from './taskErrors.ts';
import type { TaskFact } from './taskFact.ts';
import type { TaskRequestBody } from './taskRequest.ts';
import type { OpenSession, TaskSession } from './taskSession.ts';

export interface RunnerParts {
  readonly log: PanelLog;
  readonly desk: ApprovalDesk;
  readonly clock: Clock;
  readonly newApprovalId: NewId;
  readonly newUuid: NewId;
  readonly openSession: OpenSession;
  readonly snapshots: TaskSnapshots;
  readonly live: Emitter<LiveUpdate>;
  readonly product: Actor;
  readonly limits: RunnerLimits;
  readonly approvalDeadlineMs: number | undefined;
  readonly onStoreFailure: (error: unknown) => void;
}

const STOPPED = 'The task was stopped.';
const MCP_PERIOD_MS = 1000;
/** Claude Code writes down what a server said a moment after that has failed, or never. */
const LOOKS_FOR_LAST_WORDS = 3;

/** Runs one task in one Claude Code process, from its lease to a true state with no process left. */
export class TaskRunner implements Disposable {
  readonly taskId: string;
  /** As the log had it when it could be read last. */
  #known: Task;
  readonly #parts: RunnerParts;
  readonly #disposables = new DisposableStore();
  readonly #abort = new AbortController();
  readonly #facts: ClaudeFacts;
  readonly #buffer: FactBuffer;
  readonly #watch: RunnerWatch;
  readonly #snapshots: RunnerSnapshots;
  #session: TaskSession | undefined;
  #asks: RunnerAsks | undefined;
  #delivery: FollowUpDelivery | undefined;
  #ending: Ending | undefined;
  /** The log has what became of the task; only snapshots are still taken. */
  #isTold = false;
  #mcpTimer: Disposable | undefined;
  #looksForLastWords = 0;
  #lastTurn: Extract<ClaudeEvent, { readonly type: 'turnEnded' }> | undefined;
  readonly #ended = Promise.withResolvers<void>();

  constructor(task: Task, parts: RunnerParts) {
    this.taskId = task.id;
    this.#known = task;
    this.#parts = parts;
    this.#facts = new ClaudeFacts(task.id, task.cwd);
    this.#buffer = this.#disposables.add(new FactBuffer(task.id, parts.log, parts.clock, parts.onStoreFailure));
    this.#snapshots = new RunnerSnapshots({
      snapshots: parts.snapshots,
      clock: parts.clock,
      task: () => this.#task(),
      emit: facts => this.#buffer.now(facts),
      hostId: parts.product.hostId,
    });
    this.#watch = this.#disposables.add(
      new RunnerWatch({
        clock: parts.clock,
        limits: parts.limits,
        task: () => this.#task(),
        isWorking: () => this.#facts.isWorking,
        onSilent: since => this.#buffer.add([{ type: 'claude-panel.task.silent', data: { since } }]),
        onIdleLimit: seconds =>
          this.#end({ kind: 'ladder', fact: () => failed(claudeSilent(seconds)), why: 'It was silent for too long.' }),
        onTimeLimit: minutes =>
          this.#end({
            kind: 'ladder',
            fact: () => ({ type: 'claude-panel.task.timedOut', data: { minutes } }),
            why: 'The time limit was reached.',
          }),
        onCostDue: () => void this.#readCost(),
      }),
    );
  }

  /** Resolves when the task is in a true state and its process is gone. Never rejects. */
  async run(): Promise<void> {
    const opening = this.#open().catch((error: unknown) => this.#end({ kind: 'settled', fact: failed(error) }));
    await this.#ended.promise;
    // A stop does not wait for a program that is still being looked for.
    if (this.#session !== undefined) {
      await opening;
    }
    await this.#close(this.#ending ?? { kind: 'settled', fact: failed(new Error('The task ended without a reason.')) });
  }

  request(body: TaskRequestBody, by: Actor): void {
    switch (body.kind) {
      case 'stop':
        this.#stop(by);
        break;
      case 'pause':
        this.#pause(by);
        break;
      case 'deliver':
        this.#delivery?.deliver();
        break;
      case 'recallMessage':
        void this.#delivery?.recall(body.messageId, body.replacement);
        break;
      case 'stopAgent':
        this.#session?.stopAgent(body.agentId).catch((error: unknown) => this.#notice(toFailure(error)));
        break;
      case 'reconnectServer':
        void this.#reconnect(body.server);
        break;
    }
  }

  /** When nothing more can be asked of it. */
  dispose(): void {
    this.#disposables.dispose();
  }

  /** Sets the task aside, because its host closes. Its open questions stay open. */
  suspend(cause: PauseCause): void {
    this.#end({
      kind: 'ladder',
      keepsQuestions: true,
      settlesTurn: true,
      fact: () => ({ type: 'claude-panel.task.paused', data: { cause } }),
      why: 'The window was closed.',
    });
  }

  /** A log that cannot be read now (a disk error) must not end the run, nor keep it from ending. */
  #task(): Task {
    try {
      this.#known = this.#parts.log.tasks.get(this.taskId) ?? this.#known;
    } catch (error) {
      this.#parts.onStoreFailure(error);
    }
    return this.#known;
  }

  async #open(): Promise<void> {
    const task = this.#task();
    const { openSession, log, desk, clock, newApprovalId, newUuid, approvalDeadlineMs, product } = this.#parts;
    const cutOff = task.suspended !== undefined && task.suspended.cause !== 'person';
    const session = await openSession({
      task,
      resume: task.sessionStarted,
      resumeInterruptedTurn: task.sessionStarted && cutOff,
      signal: this.#abort.signal,
    });
    if (this.#ending !== undefined) {
      return;
    }
    this.#session = session;
    const emit = this.#buffer.now.bind(this.#buffer);
    this.#asks = this.#disposables.add(
      new RunnerAsks({
        log,
        desk,
        clock,
        newId: newApprovalId,
        session,
        task: () => this.#task(),
        emit,
        deadlineMs: approvalDeadlineMs,
        product,
        onProblem: this.#parts.onStoreFailure,
      }),
    );
    this.#delivery = this.#disposables.add(
      new FollowUpDelivery({ clock, newUuid, session, task: () => this.#task(), buffer: this.#buffer, product }),
    );
    this.#disposables.add(session.onEvent(event => this.#take(event)));
    this.#disposables.add(session.onAsk(ask => this.#asks?.take(ask)));
    this.#disposables.add(session.onAskWithdrawn(requestId => this.#takeBack(requestId)));
    // Beside the start of Claude Code, which takes longer.
    const before = this.#snapshots.before();
    if (cutOff) {
      // It takes up the turn by itself, without being told anything.
      await before;
    }
    const process = await session.start();
    this.#buffer.now([{ type: 'claude-panel.task.processStarted', data: { process } }]);
    void this.#countOn(task, session);
    // No tool runs before the first message, so nothing else has to be held back.
    this.#checkSnapshot(await before);
    if (this.#ending === undefined) {
      this.#delivery.begin(cutOff);
    }
  }

  /** @throws TaskError `noSnapshot` */
  #checkSnapshot({ snapshots }: TakenSnapshots): void {
    const missing = snapshots.find(({ id }) => id === undefined);
    if (missing !== undefined && this.#task().requiresSnapshot === true && this.#ending === undefined) {
      throw noSnapshot(missing.failure);
    }
  }

  #take(event: ClaudeEvent): void {
    const now = this.#parts.clock.now();
    if (this.#watch.heard(now)) {
      this.#buffer.add([{ type: 'claude-panel.task.heard', data: {} }]);
    }
    const { facts, live } = this.#facts.take(event, now);
    for (const update of live) {
      this.#parts.live.fire(update);
    }
    if (facts.length > 0) {
      this.#buffer.add(facts.map(fact => this.#asks?.withWait(fact) ?? fact));
    }
    this.#react(event);
  }

  #react(event: ClaudeEvent): void {
    switch (event.type) {
      case 'ready':
        this.#delivery?.ready();
        break;
      case 'turnStarted':
        this.#lastTurn = undefined;
        this.#watch.turnStarted();
        this.#delivery?.turnStarted();
        void this.#readMcpServers();
        break;
      case 'messageState':
        this.#delivery?.messageState(event.uuid, event.state);
        break;
      case 'apiRetry':
        if (event.status === 401) {
          this.#end({ kind: 'ladder', fact: () => failed(badKey()), why: 'The account was not accepted.' });
        }
        break;
      case 'turnEnded':
        this.#turnEnded(event);
        break;
      case 'sessionState':
        if (event.state === 'idle') {
          this.#finishIfDone();
        }
        break;
      case 'exited':
        this.#buffer.flush();
        this.#end(endingOfExit(event, this.#lastTurn, this.#task()));
        break;
      default:
        break;
    }
  }

  #turnEnded(event: Extract<ClaudeEvent, { readonly type: 'turnEnded' }>): void {
    this.#lastTurn = event;
    this.#watch.turnEnded();
    this.#asks?.dropCarried('Claude went on without it.');
    this.#buffer.flush();
    // Nothing is told after the final state.
    const tell = (facts: readonly TaskFact[]): void => {
      if (this.#ending === undefined) {
        this.#buffer.add(facts);
      }
    };
    void readContext(this.#session, event, () => this.#task(), tell);
    if (event.outcome.kind === 'failed' || event.outcome.kind === 'limit') {
      this.#buffer.flush();
      this.#end(endingOfTurn(event, this.#task()));
    } else if (this.#session?.reportsIdle === false && event.queuedTurns === 0 && !this.#facts.isWorking) {
      this.#finishIfDone();
    }
  }

  #finishIfDone(): void {
    this.#buffer.flush();
    const turn = this.#lastTurn;
    if (turn === undefined) {
      return;
    }
    if (this.#delivery?.hasOpenMessages() === true) {
      this.#delivery.awaitTurnOfTheirOwn(() => this.#finishIfDone());
      return;
    }
    this.#end(endingOfTurn(turn, this.#task()));
  }

  #stop(by: Actor): void {
    const stop: Ending = {
      kind: 'ladder',
      by,
      fact: leftOver => ({ type: 'claude-panel.task.stopped', data: { by, leftOver } }),
      why: STOPPED,
    };
    if (this.#ending?.kind === 'ladder' && this.#ending.settlesTurn === true) {
      // It was only to be set aside, and would go on one day.
      this.#ending = stop;
      if (this.#isTold) {
        this.#withdrawQuestions(STOPPED);
        this.#buffer.now([stop.fact(0)]);
      } else {
        this.#tellStage('interrupt', by);
      }
    } else {
      this.#end(stop);
    }
  }

  #tellStage(stage: StopStage, by: Actor): void {
    this.#buffer.now([{ type: 'claude-panel.task.stopping', data: { stage, by } }]);
  }

  #pause(by: Actor): void {
    if (this.#ending !== undefined) {
      return;
    }
    this.#buffer.now([{ type: 'claude-panel.task.pausing', data: { by } }]);
    this.#end({
      kind: 'ladder',
      fact: () => ({ type: 'claude-panel.task.paused', data: { cause: 'person', by } }),
      why: 'The task was paused.',
      settlesTurn: true,
    });
  }

  #takeBack(requestId: string): void {
    // While a host closes, the process takes its questions back; for the person they stay open.
    if (!(this.#ending?.kind === 'ladder' && this.#ending.keepsQuestions === true)) {
      this.#asks?.takeBack(requestId);
    }
  }

  /** The first ending wins. A session that is still being opened, or waits for a person, is not waited for. */
  #end(ending: Ending): void {
    if (this.#ending === undefined) {
      this.#ending = ending;
      this.#watch.dispose();
      this.#snapshots.giveUp();
      this.#ended.resolve();
      if (ending.kind === 'ladder' && ending.settlesTurn !== true) {
        this.#tellStage('interrupt', ending.by ?? this.#parts.product);
      }
      if (this.#session === undefined) {
        this.#abort.abort();
      }
    }
  }

  #notice({ message, remedy }: Failure): void {
    const data = { level: 'warning', text: message, ...(remedy === undefined ? {} : { remedy }) } as const;
    this.#buffer.add([{ type: 'claude-panel.task.notice', data }]);
  }

  /** On a full disk the questions stay; ending the process comes first. */
  #withdrawQuestions(why: string): void {
    try {
      for (const { id } of this.#task().pendingApprovals) {
        this.#parts.desk.withdraw(id, why);
      }
    } catch (error) {
      this.#parts.onStoreFailure(error);
    }
  }

  async #close(ending: Ending): Promise<void> {
    const session = this.#session;
    if (ending.kind === 'settled') {
      this.#withdrawQuestions('The task has ended.');
      this.#buffer.now([ending.fact]);
      await session?.close();
    } else {
      if (ending.keepsQuestions !== true) {
        this.#withdrawQuestions(ending.why);
      }
      // What is only set aside may still be stopped meanwhile.
      const current = (): LadderEnding => (this.#ending?.kind === 'ladder' ? this.#ending : ending);
      const onStage = (stage: StopStage): void => {
        const { settlesTurn, by = this.#parts.product } = current();
        if (settlesTurn !== true && stage !== 'interrupt') {
          this.#tellStage(stage, by);
        }
      };
      const leftOver =
        session === undefined
          ? 0
          : await session.stop(onStage, ending.keepsQuestions === true ? 'terminate' : 'interrupt');
      if (current() !== ending) {
        this.#withdrawQuestions(current().why);
      }
      this.#buffer.now([current().fact(leftOver)]);
      this.#isTold = true;
    }
    await this.#snapshots.after();
    this.#abort.abort();
  }

  /** Its first answer comes before any of the model, so nothing is reported that is not counted from the right place. */
  async #countOn(task: Task, session: TaskSession): Promise<void> {
    if (task.sessionStarted || task.forkOf !== undefined) {
      const carried = session.carriesCost ? await session.spent().catch(() => undefined) : { costUsd: 0, models: {} };
      if (carried !== undefined) {
        this.#facts.countOnFrom(notCarried(reportedTotals(task), carried));
      }
    }
  }

  async #readCost(): Promise<void> {
    const reported = await this.#session?.spent().catch(() => undefined);
    const costUsd = reported === undefined ? 0 : this.#facts.wholeCost(reported.costUsd);
    if (this.#ending === undefined && costUsd > this.#task().costUsd) {
      this.#buffer.add([{ type: 'claude-panel.task.cost', data: { costUsd } }]);
    }
  }

  async #reconnect(server: string): Promise<void> {
    await this.#session?.reconnectMcpServer(server).catch((error: unknown) => this.#notice(toFailure(error)));
    await this.#readMcpServers();
  }

  /** Asks until no server is pending any more; one question at a time, and a fact only for what has changed. */
  async #readMcpServers(): Promise<void> {
    const task = this.#task();
    if (this.#mcpTimer !== undefined || Object.keys(task.profile.mcpServers).length === 0) {
      return;
    }
    const mcpServers = await this.#session?.mcpServers().catch(() => undefined);
    if (mcpServers === undefined || this.#ending !== undefined) {
      return;
    }
    if (JSON.stringify(mcpServers) !== JSON.stringify(task.mcpServers)) {
      this.#buffer.add([{ type: 'claude-panel.task.mcpChanged', data: { mcpServers } }]);
    }
    const isPending = mcpServers.some(({ status }) => status === 'pending');
    const isWordless = mcpServers.some(({ status, lastWords }) => status === 'failed' && lastWords === undefined);
    this.#looksForLastWords += isWordless && !isPending ? 1 : 0;
    const mayChange = isPending || (isWordless && this.#looksForLastWords <= LOOKS_FOR_LAST_WORDS);
    if (mayChange && this.#mcpTimer === undefined) {
      this.#mcpTimer = this.#disposables.add(
        this.#parts.clock.after(MCP_PERIOD_MS, () => {
          this.#mcpTimer = undefined;
          void this.#readMcpServers();
        }),
      );
    }
  }
}

function failed(error: unknown): TaskFact {
  return { type: 'claude-panel.task.failed', data: { failure: toFailure(error) } };
}
