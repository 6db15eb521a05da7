import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { toFailure } from '../../base/panelError.ts';
import { conditionsOf } from './chainConditions.ts';
import { timedOut } from './chainErrors.ts';
import type { ChainFact } from './chainFact.ts';
import type { ChainLog } from './chainLog.ts';
import { useOf } from './chainReducer.ts';
import { type ChainRun, isChainOver, type Pursued, type WorkStatus } from './chainRun.ts';
import { scopeOf } from './chainScope.ts';
import { stepOf, stepsOf } from './graph.ts';
import { afterFailure, durationMs } from './retry.ts';
import { type ChainAction, type Conditions, nextActions, type Work } from './schedule.ts';
import { kindOf, type StepExecutors, type StepOutcome, type StepWork } from './stepWork.ts';

export interface ChainRunnerParts {
  readonly log: ChainLog;
  readonly clock: Clock;
  readonly hostId: string;
  readonly executors: StepExecutors;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** What a step says about itself while it runs. */
  readonly onProgress: (progress: StepProgress) => void;
  readonly report: (level: 'info' | 'warn' | 'error', text: string) => void;
}

export interface StepProgress extends Work {
  readonly chainId: string;
  readonly text: string;
}

interface LiveWork extends Work {
  readonly attempt: number;
  readonly startedAt: number;
  readonly stop: AbortController;
  isTimedOut: boolean;
  spent: { readonly costUsd: number; readonly turns: number };
  readonly done: Promise<void>;
}

const NEXT_TRY_MS = 1000;

/** Works on one chain that this process owns: asks the schedule what is next, has it done, and writes down what came of it. */
export class ChainRunner implements Disposable {
  readonly #id: string;
  readonly #parts: ChainRunnerParts;
  readonly #works = new Map<string, LiveWork>();
  readonly #closing = new AbortController();
  readonly #disposables = new DisposableStore();
  readonly #over: Promise<void>;
  #end: () => void = () => undefined;
  #timer: Disposable | undefined;
  #conditions: Conditions | undefined;
  #isLooking = false;
  #lookAgain = false;

  constructor(id: string, parts: ChainRunnerParts) {
    this.#id = id;
    this.#parts = parts;
    this.#over = new Promise(resolve => {
      this.#end = resolve;
    });
  }

  /** Takes up what an earlier owner left, then works until the chain is over or this process closes. */
  async run(): Promise<void> {
    const { log } = this.#parts;
    const command = log.get(this.#id)?.command;
    this.#conditions = command === undefined ? undefined : await conditionsOf(command);
    if (!this.#closing.signal.aborted) {
      this.#disposables.add(log.onDidChange(run => run.id === this.#id && this.#look()));
      this.#guarded(() => this.#takeUp());
      this.#look();
    }
    await this.#over;
    await Promise.all([...this.#works.values()].map(({ done }) => done));
    this.dispose();
  }

  /** Leaves the chain to the next owner. */
  close(): void {
    this.#closing.abort();
    this.#end();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#disposables.dispose();
  }

  /** What ran when the earlier owner went: what it waited for is waited for again, everything else begins anew. */
  #takeUp(): void {
    const run = this.#parts.log.decide(this.#id, known =>
      known === undefined
        ? []
        : runningWork(known).flatMap(({ work, status }): readonly ChainFact[] =>
            canBeTakenUp(known, work, status)
              ? []
              : [{ type: 'claude-panel.chain.stepStarted', data: { ...work, attempt: status.attempt } }],
          ),
    );
    for (const { work } of run === undefined ? [] : runningWork(run)) {
      this.#begin(run, work);
    }
  }

  #look(): void {
    this.#lookAgain = true;
    if (this.#isLooking || this.#closing.signal.aborted) {
      return;
    }
    this.#isLooking = true;
    this.#guarded(() => {
      while (this.#lookAgain) {
        this.#lookAgain = false;
        this.#step();
      }
    });
    this.#isLooking = false;
  }

  #step(): void {
    const { log, clock } = this.#parts;
    let actions = this.#actionsFor(log.get(this.#id));
    const run = actions.every(action => action.kind === 'wait')
      ? log.get(this.#id)
      : log.decide(this.#id, known => {
          actions = this.#actionsFor(known);
          return known === undefined ? [] : actions.flatMap(action => this.#factsOf(known, action));
        });
    if (run === undefined || isChainOver(run.status)) {
      this.#stopAll();
      this.#end();
      return;
    }
    if (!this.#isOwn(run)) {
      // Somebody else took it over, and goes on with what it waits for.
      this.close();
      return;
    }
    this.#stopObsolete(run);
    this.#timer?.dispose();
    for (const action of actions) {
      switch (action.kind) {
        case 'start':
          this.#begin(run, action);
          break;
        case 'stop':
        case 'timeOut':
          this.#stop(action, action.kind === 'timeOut');
          break;
        case 'wait':
          this.#timer = clock.after(Math.max(0, action.until - clock.now()), () => this.#look());
      }
    }
  }

  #actionsFor(run: ChainRun | undefined): readonly ChainAction[] {
    const conditions = this.#conditions;
    return run === undefined || conditions === undefined || !this.#isOwn(run)
      ? []
      : nextActions(run, this.#moment(conditions));
  }

  #isOwn({ status }: ChainRun): boolean {
    return status.state === 'running' && status.owner.hostId === this.#parts.hostId;
  }

  #moment(conditions: Conditions): Parameters<typeof nextActions>[1] {
    const live = [...this.#works.values()].reduce(
      (sum, { spent }) => ({ costUsd: sum.costUsd + spent.costUsd, turns: sum.turns + spent.turns }),
      { costUsd: 0, turns: 0 },
    );
    return { now: this.#parts.clock.now(), conditions, live };
  }

  #factsOf(run: ChainRun, action: ChainAction): readonly ChainFact[] {
    switch (action.kind) {
      case 'start':
        return [{ type: 'claude-panel.chain.stepStarted', data: { ...workOf(action), attempt: action.attempt } }];
      case 'expand':
        return [{ type: 'claude-panel.chain.stepExpanded', data: { stepId: action.stepId, items: action.items } }];
      case 'skip':
        return [{ type: 'claude-panel.chain.stepSkipped', data: { stepId: action.stepId, why: action.why } }];
      case 'succeed':
        return [
          {
            type: 'claude-panel.chain.stepSucceeded',
            data: { stepId: action.stepId, output: action.output, costUsd: 0, turns: 0 },
          },
        ];
      case 'fail':
        return [
          {
            type: 'claude-panel.chain.stepFailed',
            data: { stepId: action.stepId, failure: action.failure, costUsd: 0, turns: 0 },
          },
        ];
      case 'stop':
        // Nothing runs, as between two attempts.
        return this.#works.has(keyOf(action))
          ? []
          : [{ type: 'claude-panel.chain.stepStopped', data: { ...workOf(action), costUsd: 0, turns: 0 } }];
      case 'finish':
        return [finishFact(run, action.outcome)];
      case 'timeOut':
      case 'wait':
        return [];
    }
  }

  #begin(run: ChainRun | undefined, work: Work): void {
    const step = run === undefined ? undefined : stepOf(run, work.stepId);
    const status = run === undefined ? undefined : statusOf(run, work);
    if (run === undefined || step === undefined || status?.state !== 'running') {
      return;
    }
    const key = keyOf(work);
    const before = this.#works.get(key);
    const stop = new AbortController();
    const { attempt, startedAt } = status;
    const live: LiveWork = {
      ...workOf(work),
      attempt,
      startedAt,
      stop,
      isTimedOut: false,
      spent: { costUsd: 0, turns: 0 },
      // An obsolete attempt that still ends must not overlap with the new one.
      done: Promise.resolve(before?.done).then(() => this.#execute(run, live, status)),
    };
    this.#works.set(key, live);
  }

  async #execute(run: ChainRun, live: LiveWork, pursued: Pursued): Promise<void> {
    const { executors } = this.#parts;
    const step = stepOf(run, live.stepId);
    if (step === undefined) {
      return;
    }
    let outcome: StepOutcome;
    try {
      // What was taken over has a task, a question or a chain somewhere, which only its executor can stop.
      const isPursuing = [pursued.taskId, pursued.approvalId, pursued.chainId].some(id => id !== undefined);
      outcome =
        live.stop.signal.aborted && !isPursuing
          ? { kind: 'stopped', costUsd: 0, turns: 0 }
          : await executors[kindOf(step)].execute(this.#stepWork(run, step, live, pursued));
    } catch (error) {
      outcome = live.stop.signal.aborted
        ? { kind: 'stopped', ...live.spent }
        : { kind: 'failed', failure: toFailure(error), isFinal: true, ...live.spent };
    }
    if (this.#works.get(keyOf(live)) === live) {
      this.#works.delete(keyOf(live));
    }
    if (!this.#closing.signal.aborted) {
      this.#settle(live, outcome);
    }
  }

  #settle(live: LiveWork, outcome: StepOutcome): void {
    const settled = this.#guarded(() => {
      this.#parts.log.decide(this.#id, run => {
        const status = run === undefined ? undefined : statusOf(run, live);
        const isSame = status?.state === 'running' && isSameAttempt(status, live);
        return run !== undefined && isSame ? [this.#outcomeFact(run, live, outcome)] : [];
      });
    });
    if (!settled) {
      // The outcome must not be lost with a disk that is full for a moment.
      this.#disposables.add(this.#parts.clock.after(NEXT_TRY_MS, () => this.#settle(live, outcome)));
      return;
    }
    this.#look();
  }

  #outcomeFact(run: ChainRun, live: LiveWork, outcome: StepOutcome): ChainFact {
    const { clock, random } = this.#parts;
    const step = stepOf(run, live.stepId);
    const work = workOf(live);
    const used = { costUsd: outcome.costUsd, turns: outcome.turns };
    if (outcome.kind === 'succeeded') {
      return { type: 'claude-panel.chain.stepSucceeded', data: { ...work, ...used, output: outcome.output } };
    }
    if (outcome.kind === 'stopped' && !live.isTimedOut) {
      return { type: 'claude-panel.chain.stepStopped', data: { ...work, ...used } };
    }
    const failure = outcome.kind === 'failed' ? outcome.failure : toFailure(timedOut(step?.timeout ?? ''));
    const isFinal = outcome.kind === 'failed' && outcome.isFinal;
    const next = afterFailure(step?.retry, { attempt: live.attempt, isFinal }, { now: clock.now(), random });
    return next.kind === 'giveUp'
      ? { type: 'claude-panel.chain.stepFailed', data: { ...work, ...used, failure } }
      : {
          type: 'claude-panel.chain.stepRetrying',
          data: { ...work, ...used, failure, attempt: next.attempt, nextAt: next.nextAt },
        };
  }

  #stepWork(run: ChainRun, step: NonNullable<ReturnType<typeof stepOf>>, live: LiveWork, pursued: Pursued): StepWork {
    const { log, clock, onProgress } = this.#parts;
    const { stepId, item, attempt, startedAt, stop } = live;
    const { taskId, approvalId, chainId } = pursued;
    return {
      run,
      step,
      ...(item === undefined ? {} : { item }),
      attempt,
      scope: scopeOf(run, step, item),
      pursued: {
        ...(taskId === undefined ? {} : { taskId }),
        ...(approvalId === undefined ? {} : { approvalId }),
        ...(chainId === undefined ? {} : { chainId }),
      },
      ...(step.timeout === undefined ? {} : { deadline: startedAt + durationMs(step.timeout) }),
      limits: leftOf(run, clock.now()),
      signal: stop.signal,
      closing: this.#closing.signal,
      pursue: what => {
        log.decide(this.#id, known => {
          const status = known === undefined ? undefined : statusOf(known, live);
          return status?.state === 'running' && isSameAttempt(status, live) ? pursuitFacts(workOf(live), what) : [];
        });
      },
      report: text => onProgress({ chainId: this.#id, stepId, ...(item === undefined ? {} : { item }), text }),
      spend: use => {
        live.spent = use;
        this.#look();
      },
    };
  }

  #stop(work: Work, isTimedOut: boolean): void {
    const live = this.#works.get(keyOf(work));
    if (live !== undefined && !live.stop.signal.aborted) {
      live.isTimedOut = isTimedOut;
      live.stop.abort();
    }
  }

  /** A person ran a step anew: what its followers do now is not wanted any more. */
  #stopObsolete(run: ChainRun): void {
    for (const live of this.#works.values()) {
      const status = statusOf(run, live);
      if (status?.state !== 'running' || !isSameAttempt(status, live)) {
        live.stop.abort();
      }
    }
  }

  #stopAll(): void {
    for (const live of this.#works.values()) {
      live.stop.abort();
    }
  }

  /** A log that cannot be written now (a full disk) must not take the host down; the next second tries again. */
  #guarded(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.#parts.report('warn', `Chain ${this.#id}: ${String(error)}`);
      this.#timer?.dispose();
      this.#timer = this.#parts.clock.after(NEXT_TRY_MS, () => this.#look());
      return false;
    }
  }
}

function workOf({ stepId, item }: Work): Work {
  return { stepId, ...(item === undefined ? {} : { item }) };
}

function keyOf({ stepId, item }: Work): string {
  return `${stepId} ${item ?? ''}`;
}

function statusOf(run: ChainRun, { stepId, item }: Work): WorkStatus | undefined {
  const status = Object.hasOwn(run.steps, stepId) ? run.steps[stepId] : undefined;
  if (status === undefined || status.state === 'skipped') {
    return undefined;
  }
  return item === undefined ? status : status.items?.[item]?.status;
}

type Running = Extract<WorkStatus, { readonly state: 'running' }>;

function isSameAttempt(status: Running, live: LiveWork): boolean {
  return status.attempt === live.attempt && status.startedAt === live.startedAt;
}

/** Steps and items that run; a step with items is none itself. */
function runningWork(run: ChainRun): readonly { readonly work: Work; readonly status: Running }[] {
  return stepsOf(run.command).flatMap(
    ({ id: stepId }): readonly { readonly work: Work; readonly status: Running }[] => {
      const status = run.steps[stepId];
      if (status?.state !== 'running') {
        return [];
      }
      return status.items === undefined
        ? [{ work: { stepId }, status }]
        : status.items.flatMap((entry, item) =>
            entry.status.state === 'running' ? [{ work: { stepId, item }, status: entry.status }] : [],
          );
    },
  );
}

function canBeTakenUp(run: ChainRun, { stepId }: Work, { taskId, approvalId, chainId }: Running): boolean {
  const step = stepOf(run, stepId);
  const pursued = {
    prompt: taskId,
    command: chainId ?? taskId,
    approve: approvalId,
    run: undefined,
    action: undefined,
  };
  return step !== undefined && pursued[kindOf(step)] !== undefined;
}

function pursuitFacts(work: Work, { taskId, approvalId, chainId }: Pursued): readonly ChainFact[] {
  return [
    ...(taskId === undefined ? [] : [{ type: 'claude-panel.chain.stepTask', data: { ...work, taskId } } as const]),
    ...(approvalId === undefined
      ? []
      : [{ type: 'claude-panel.chain.stepAsked', data: { ...work, approvalId } } as const]),
    ...(chainId === undefined ? [] : [{ type: 'claude-panel.chain.stepChain', data: { ...work, chainId } } as const]),
  ];
}

function leftOf(run: ChainRun, now: number): StepWork['limits'] {
  const { usd, turns, minutes } = run.limits;
  const used = useOf(run, now);
  return {
    ...(usd === undefined ? {} : { usd: Math.max(0.01, usd - used.costUsd) }),
    ...(turns === undefined ? {} : { turns: Math.max(1, turns - used.turns) }),
    ...(minutes === undefined ? {} : { minutes: Math.max(0.01, minutes - used.workedMs / 60_000) }),
  };
}

function finishFact(run: ChainRun, outcome: Extract<ChainAction, { kind: 'finish' }>['outcome']): ChainFact {
  switch (outcome.state) {
    case 'succeeded':
      return { type: 'claude-panel.chain.succeeded', data: {} };
    case 'failed':
      return { type: 'claude-panel.chain.failed', data: { failure: outcome.failure } };
    case 'stopped': {
      const by = run.status.state === 'running' ? (run.status.stopping?.by ?? run.by) : run.by;
      return { type: 'claude-panel.chain.stopped', data: { by } };
    }
  }
}
